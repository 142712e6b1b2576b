package dev.foreignarch.engines;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Image;
import com.github.dockerjava.api.model.Network;
import dev.foreignarch.image.PlatformImages;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an engine has at a moment.
 *
 * @param containers IDs and commands of containers, running or not
 * @param volumes names of volumes and networks
 * @param tags IDs of images by their tags
 */
record EngineState(Set<String> containers, Set<String> volumes, Map<String, String> tags) {

    static EngineState of(DockerClient client) {
        Set<String> containers = new TreeSet<>();
        for (Container container : client.listContainersCmd().withShowAll(true).exec()) {
            containers.add(container.getId() + " " + container.getCommand());
        }
        Set<String> volumes = new TreeSet<>();
        client.listVolumesCmd().exec().getVolumes().forEach(volume -> volumes.add("volume " + volume.getName()));
        for (Network network : client.listNetworksCmd().exec()) {
            volumes.add("network " + network.getName());
        }
        Map<String, String> tags = new TreeMap<>();
        for (Image image : client.listImagesCmd().exec()) {
            tags(image).forEach(tag -> tags.put(tag, image.getId()));
        }
        return new EngineState(containers, volumes, tags);
    }

    private static Stream<String> tags(Image image) {
        String[] tags = image.getRepoTags();
        return tags == null || tags.length == 0 ? Stream.of(image.getId()) : Arrays.stream(tags);
    }

    /** Return what is here, was not there, and has no name of ours that the README tells; and each tag that has moved. */
    Set<String> strangersSince(EngineState before) {
        return Stream.of(
                        containers.stream().filter(it -> !before.containers.contains(it)),
                        volumes.stream().filter(it -> !before.volumes.contains(it)),
                        tags.entrySet().stream()
                                .filter(it -> !it.getValue().equals(before.tags.get(it.getKey())))
                                .map(Map.Entry::getKey)
                                .filter(tag -> !tag.startsWith(PlatformImages.PRIVATE_REPOSITORY))
                                .map(tag -> "image " + tag))
                .flatMap(stream -> stream)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
