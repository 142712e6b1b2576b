# shellcheck shell=bash
# Engines newer than the machine's Debian, and such as run without root: each in an unpacked root (debian-roots.sh) and
# namespaces of its own (in-root.sh).

# The registry, for those who have another localhost. They are given the folder: who has a socket itself keeps that one, also
# when there is a new one of its name.
readonly REGISTRY_SOCKET=$RUNTIME/registry-socket.d/socket
readonly DOCKER28_ADDRESS=10.213.4.2
readonly PODMAN5_ADDRESS=10.213.5.2
readonly DIND=foreignarch-dind                      # an image, and the container

readonly TRIXIE=(podman crun catatonit netavark aardvark-dns nftables passt uidmap docker.io rootlesskit slirp4netns iptables
  iproute2 mount util-linux bash dash coreutils grep sed socat libc-bin)
readonly SID=(docker.io iptables iproute2 mount util-linux bash dash coreutils grep sed socat libc-bin)
readonly -A ENGINES_IN_ROOT=(
  [sid]="docker28 dind"
  [trixie]="podman5 rootless_docker rootless_docker_bare rootless_podman rootless_podman_bare")

registry_socket_up() {
  if daemon_running registry-socket && [[ -S $REGISTRY_SOCKET ]]; then return; fi
  daemon_stop registry-socket
  mkdir -p "${REGISTRY_SOCKET%/*}"
  rm -f "$REGISTRY_SOCKET"
  daemon_start registry-socket socat "UNIX-LISTEN:$REGISTRY_SOCKET,fork,mode=666" "TCP:$REGISTRY"
  daemon_await registry-socket 10 test -S "$REGISTRY_SOCKET"
}

# rooted_start NAME SUITE USER [OPTION…] -- COMMAND…: its data in $STATE/NAME, its socket $RUNTIME/NAME/engine.sock.
rooted_start() {
  local name=$1 suite=$2 user=$3
  shift 3
  daemon_running "$name" && return
  rm -rf "${RUNTIME:?}/$name"
  install -d -o "$user" -g "$user" -m 700 "$RUNTIME/$name"
  install -d -o "$user" -g "$user" "$STATE/$name"
  daemon_start "$name" env REGISTRY_SOCKET="$REGISTRY_SOCKET" "$here/in-root.sh" "$name" "$ROOTS/$suite" \
    --user "$user" --bind "$RUNTIME/$name" --bind "$STATE/$name" "$@"
}

# With the image store that Docker 29 has by default, and with the least that Docker 29 understands.
engine_up_docker28() {
  root_up sid "${SID[@]}"
  mkdir -p "$STATE/docker28"
  echo '{"features": {"containerd-snapshotter": true}}' >"$STATE/docker28/daemon.json"
  rooted_start docker28 sid 0 --network "$DOCKER28_ADDRESS" -- \
    env DOCKER_MIN_API_VERSION=1.44 dockerd --config-file "$STATE/docker28/daemon.json" \
    --data-root "$STATE/docker28/data" --exec-root "$RUNTIME/docker28/exec" --pidfile "$RUNTIME/docker28/pid" \
    --registry-mirror "http://$REGISTRY" -H "$(engine_address docker28)"
}

engine_up_podman5() {
  root_up trixie "${TRIXIE[@]}"
  podman_start podman5 0 --network "$PODMAN5_ADDRESS"
}

engine_up_rootless_podman() { rootless_podman_start rootless_podman; }
engine_up_rootless_podman_bare() { rootless_podman_start rootless_podman_bare --own-table; }
engine_up_rootless_docker() { rootless_docker_start rootless_docker; }
engine_up_rootless_docker_bare() { rootless_docker_start rootless_docker_bare --own-table; }

rootless_podman_start() {
  root_up trixie "${TRIXIE[@]}"
  podman_start "$1" "$ROOTLESS_USER" "${@:2}"
}

# podman_start NAME USER [OPTION…]
podman_start() {
  local name=$1 user=$2 home=$STATE/$1
  shift 2
  podman_configuration "$home"
  rooted_start "$name" trixie "$user" "$@" -- \
    env HOME="$home" XDG_RUNTIME_DIR="$RUNTIME/$name" CONTAINERS_CONF="$home/containers.conf" \
    CONTAINERS_REGISTRIES_CONF="$home/registries.conf" \
    podman --root "$home/storage" --runroot "$RUNTIME/$name/containers" --cgroup-manager cgroupfs \
    --events-backend file system service --time=0 "$(engine_address "$name")"
}

# Docker's own script for it, with its usual network. In there localhost is another one.
rootless_docker_start() {
  local name=$1 home=$STATE/$1
  root_up trixie "${TRIXIE[@]}"
  mkdir -p "$home"
  cat >"$home/dockerd" <<END
#!/bin/sh
socat TCP-LISTEN:${REGISTRY#*:},bind=127.0.0.1,reuseaddr,fork UNIX-CONNECT:$REGISTRY_SOCKET &
exec dockerd "\$@"
END
  chmod 755 "$home/dockerd"
  rooted_start "$name" trixie "$ROOTLESS_USER" "${@:2}" -- \
    env HOME="$home" XDG_RUNTIME_DIR="$RUNTIME/$name" DOCKERD="$home/dockerd" \
    /usr/share/docker.io/contrib/dockerd-rootless.sh --data-root "$home/data" --registry-mirror "http://$REGISTRY" \
    -H "$(engine_address "$name")"
}

# Debian's unstable moves on: what was true of Docker 28 may not be of its successor.
sid_docker_tell() {
  local version
  version=$(within 10 docker -H "$(engine_address "$1")" version --format '{{.Server.Version}}') || return 0
  [[ $version == 28.* ]] ||
    say "WARNING: $1 is Docker $version, which is what Debian's unstable has now. ForeignArch was last adapted to Docker 28:" \
      "if tests fail on $1 only, see what has changed in Docker since."
}

# Docker in a privileged container of the main engine, reached by its address there, as CI services have it. With
# the image store that Docker 28 has by default, whichever has its successor.
engine_up_dind() {
  daemon_running dind && return
  root_up sid "${SID[@]}"
  dind_removed
  tar -c -C "$ROOTS/sid" --exclude=./usr/?* . | docker import - "$DIND" >/dev/null
  # shellcheck disable=SC2016
  daemon_start dind docker run --rm --name "$DIND" --privileged --volume "$ROOTS/sid/usr:/usr:ro" \
    --volume "${REGISTRY_SOCKET%/*}:/registry" --volume /var/lib/docker "$DIND" bash -euc '
      mkdir -p /etc/docker
      echo "{\"features\": {\"containerd-snapshotter\": false}}" >/etc/docker/daemon.json
      socat "TCP-LISTEN:${1#*:},bind=127.0.0.1,reuseaddr,fork" "UNIX-CONNECT:/registry/$2" &
      exec tini-static -- dockerd --registry-mirror "http://$1" -H tcp://0.0.0.0:2375 --tls=false' - "$REGISTRY" \
    "${REGISTRY_SOCKET##*/}"
  daemon_await dind 20 dind_address
}

dind_address() {
  local address
  address=$(within 10 docker inspect --format '{{.NetworkSettings.IPAddress}}' "$DIND" 2>/dev/null) && [[ -n $address ]] &&
    echo "$address"
}

dind_removed() {
  engine_answers || return 0
  docker rm --force --volumes "$DIND" >/dev/null 2>&1 || true
  docker rmi --force "$DIND" >/dev/null 2>&1 || true
}

# What a killed one may have left.
rooted_forgotten() {
  find /sys/fs/cgroup -depth -type d \( -path "*/foreignarch-$1" -o -path "*/foreignarch-$1/*" \) \
    -exec rmdir {} + 2>/dev/null || true
}
