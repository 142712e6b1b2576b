# shellcheck shell=bash
# Further engines, for ForeignArch's own tests: what differs between engines is tried on real ones.
# Each has its data under $STATE/NAME and its socket under $RUNTIME. Two Docker daemons that share docker0 or the
# firewall's rules break each other: each has a bridge of its own, where its containers' ports are reached through Docker's
# userland proxy, which needs no firewall rules, or a network of its own (newer-engines.sh).

readonly ENGINES=(containerd docker20 podman tcp docker28 dind podman5 rootless_docker rootless_docker_bare
  rootless_podman rootless_podman_bare)
readonly ENGINE_TCP_PORT=2375
readonly CONTAINERD_NETWORKS=10.213.16.0/20     # for networks that tests make on that engine
readonly FURTHER_ENGINE_PACKAGES=(socat podman catatonit netavark aardvark-dns fuse-overlayfs)

engines_up() {
  local engine
  packages_up "${FURTHER_ENGINE_PACKAGES[@]}"
  registry_socket_up
  for engine in "${ENGINES[@]}"; do
    daemon_running "$engine" || say "Starting the engine $engine …"
    "engine_up_$engine"
    daemon_await "$engine" 60 within 10 docker -H "$(engine_address "$engine")" version
    if [[ " ${ENGINES_IN_ROOT[sid]} " == *" $engine "* ]]; then sid_docker_tell "$engine"; fi
  done
}

engine_address() {
  case $1 in
    tcp) echo "tcp://127.0.0.1:$ENGINE_TCP_PORT" ;;
    dind) echo "tcp://$(dind_address):2375" ;;
    docker28 | podman5 | rootless_*) echo "unix://$RUNTIME/$1/engine.sock" ;;
    *) echo "unix://$RUNTIME/$1.sock" ;;
  esac
}

# engine_ports NAME: the host on which its containers' ports are reached. Testcontainers would ask the engine for its
# bridge where this machine looks like a container, and take localhost elsewhere.
engine_ports() {
  case $1 in
    docker28) echo "$DOCKER28_ADDRESS" ;;
    podman5) echo "$PODMAN5_ADDRESS" ;;
    dind) dind_address ;;
    *) echo localhost ;;
  esac
}

# Docker 26 with the image store that holds several platforms under one tag.
engine_up_containerd() {
  bridge_up fa-containerd 10.213.1.1/24
  networks_may_talk "$CONTAINERD_NETWORKS"
  jq -n --arg networks "$CONTAINERD_NETWORKS" '{"features": {"containerd-snapshotter": true},
    "default-address-pools": [{"base": $networks, "size": 24}]}' >"$STATE/containerd.json"
  engine_start containerd --config-file "$STATE/containerd.json" -H "$(engine_address containerd)" \
    --bridge fa-containerd --iptables=false --ip6tables=false
}

# The main engine's firewall also stops what containers of one bridge of another engine say to each other.
networks_may_talk() {
  iptables -C DOCKER-USER -s "$1" -d "$1" -j ACCEPT 2>/dev/null || iptables -I DOCKER-USER -s "$1" -d "$1" -j ACCEPT
}

networks_forgotten() { iptables -D DOCKER-USER -s "$1" -d "$1" -j ACCEPT 2>/dev/null || true; }

# Debian 12's own Docker: an old API, and on some machines no privileged containers. It must not be installed
# beside the newer one, so it runs in a folder of unpacked packages.
engine_up_docker20() {
  [[ -e $STATE/docker20/bin/sh ]] || step "Unpacking Docker 20.10" docker20 docker20_unpack
  daemon_running docker20 && return
  bridge_up fa-docker20 10.213.2.1/24
  rm -f "$RUNTIME/docker20.pidfile"
  # A mount namespace of its own: its mounts end with it.
  # shellcheck disable=SC2016
  daemon_start docker20 unshare --mount --propagation slave bash -euc '
    root=$1 runtime=$2
    shift 2
    mount --bind "$root" "$root"                # importing an image fails without it
    for directory in /proc /sys /dev "$runtime"; do
      mkdir -p "$root$directory"
      mount --rbind "$directory" "$root$directory"
    done
    # Not chroot alone: a program that is run in a container later would see the root of this namespace.
    mkdir -p "$root/host"
    cd "$root"
    pivot_root . host
    exec dockerd "$@"' - "$STATE/docker20" "$RUNTIME" \
    --exec-root "$RUNTIME/docker20" --pidfile "$RUNTIME/docker20.pidfile" --registry-mirror "http://$REGISTRY" \
    -H "$(engine_address docker20)" --bridge fa-docker20 --iptables=false --ip6tables=false
}

docker20_unpack() {
  local debian
  debian=$(native_architecture)
  foreign_apt_prepare "$debian"
  rm -rf "$STATE/docker20.new"
  root_unpack "$debian" "$STATE/docker20.new" docker.io dash libc-bin
  mv "$STATE/docker20.new" "$STATE/docker20"
}

engine_up_podman() {
  podman_configuration "$STATE/podman"
  daemon_start podman env CONTAINERS_CONF="$STATE/podman/containers.conf" \
    CONTAINERS_REGISTRIES_CONF="$STATE/podman/registries.conf" \
    podman "${PODMAN_OPTIONS[@]}" system service --time=0 "$(engine_address podman)"
}

podman_configuration() {
  mkdir -p "$1"
  cat >"$1/registries.conf" <<END
unqualified-search-registries = ["docker.io"]
[[registry]]
location = "docker.io"
[[registry.mirror]]
location = "$REGISTRY"
insecure = true
[[registry]]
location = "$REGISTRY"
insecure = true
END
  # Podman would give its containers the highest limits there are, which not every machine's root may do; and limit their
  # processes, which takes the second version of control groups, whole.
  printf '[containers]\ndefault_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]\npids_limit = 0\n' >"$1/containers.conf"
}

# runc, because crun refuses to work with both versions of cgroups mounted.
readonly PODMAN_OPTIONS=(--root "$STATE/podman/storage" --runroot "$RUNTIME/podman" --storage-driver overlay
  --runtime runc --cgroup-manager cgroupfs --events-backend file --network-config-dir "$STATE/podman/networks")

# The main engine by network, as if it were another machine's. Only this machine can reach it.
engine_up_tcp() {
  daemon_start tcp socat -t 60 "TCP-LISTEN:$ENGINE_TCP_PORT,bind=127.0.0.1,reuseaddr,fork" "UNIX-CONNECT:$SOCKET"
}

engine_stop() {
  daemon_stop "$1"
  rooted_forgotten "$1"
  if [[ $1 == dind ]]; then dind_removed; fi
}

engines_down() {
  local engine
  # Podman's containers outlive its service.
  if daemon_running podman; then podman "${PODMAN_OPTIONS[@]}" rm --all --force --time 0 >/dev/null 2>&1 || true; fi
  for engine in "${ENGINES[@]}"; do
    engine_stop "$engine"
    # Podman's storage is mounted onto itself, and a killed engine leaves more: --purge could not delete that.
    mounts_remove "$STATE/$engine"
    mounts_remove "$RUNTIME/$engine"
  done
  daemon_stop registry-socket
  for engine in fa-containerd fa-docker20 podman0; do bridge_down "$engine"; done
  networks_forgotten "$CONTAINERD_NETWORKS"
}
