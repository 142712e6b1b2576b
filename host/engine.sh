# shellcheck shell=bash
# The main container engine: the user's own if one answers, else a Docker that we start.

readonly SOCKET=/var/run/docker.sock

# An engine may accept connections and say nothing.
engine_answers() { within 10 docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

engine_is_users() { { [[ -n ${DOCKER_HOST:-} ]] || ! daemon_running docker; } && engine_answers; }

# Whoever names an engine means that one.
engine_may_be_ours() {
  [[ -z ${DOCKER_HOST:-} ]] || die "DOCKER_HOST is $DOCKER_HOST, but no engine answers there." \
    "Start that engine, or unset DOCKER_HOST to have one set up here."
}

# Cheap signs first; only an engine that has never pulled anything needs to ask Docker Hub.
engine_has_images() {
  within 10 docker image inspect busybox:1.36 >/dev/null 2>&1 || within 30 docker manifest inspect busybox:1.36 >/dev/null 2>&1
}

engine_report_users() {
  say "Using the container engine that is already here: $(docker version --format '{{.Server.Version}}'), ${DOCKER_HOST:-unix://$SOCKET}"
  engine_has_images || say "WARNING: it has no busybox:1.36 and can't reach Docker Hub. Log in, configure a registry mirror," \
    "or load the images that the tests name (docker load)."
}

engine_up() {
  if daemon_running docker && engine_answers; then return; fi
  say "Starting Docker on unix://$SOCKET …"
  # Not docker0: any other Docker daemon deletes it when it starts without a bridge.
  bridge_up fa-docker 10.213.0.1/24
  engine_start docker -H "unix://$SOCKET" --bridge fa-docker
  daemon_await docker 60 engine_answers
}

# engine_start NAME DOCKERD_ARGUMENT…: a dockerd with its own data and runtime folders.
# The pid file inside the runtime folder is dockerd's own; a stale one, left by a crash, would stop it.
engine_start() {
  local name=$1
  shift
  daemon_running "$name" || rm -f "$RUNTIME/$name/dockerd.pid"
  mkdir -p "$RUNTIME/$name"
  daemon_start "$name" dockerd --data-root "$STATE/$name" --exec-root "$RUNTIME/$name" \
    --pidfile "$RUNTIME/$name/dockerd.pid" --registry-mirror "http://$REGISTRY" "$@"
}

engine_down() {
  daemon_stop docker
  # Docker mounts its data folder onto itself; a killed one leaves its containers' mounts, too.
  mounts_remove "$STATE/docker"
  mounts_remove "$RUNTIME/docker"
  bridge_down fa-docker
}

# bridge_up NAME ADDRESS
# Without a hardware address of its own a bridge takes one of its members', and another one when that container goes: the
# others then talk to an address that is gone, and wait 13 s until they ask again.
bridge_up() {
  ip link show "$1" >/dev/null 2>&1 && return
  local numbers
  IFS=. read -r -a numbers <<<"${2%/*}"
  ip link add "$1" address "$(printf '02:fa:%02x:%02x:%02x:%02x' "${numbers[@]}")" type bridge
  ip address add "$2" dev "$1"
  ip link set "$1" up
}

bridge_down() {
  if ip link show "$1" >/dev/null 2>&1; then ip link delete "$1"; fi
}

# Deepest first. What a process still uses is out of the way at once, and gone when that process is.
mounts_remove() {
  local mount
  awk -v top="$1" '$2 == top || index($2, top "/") == 1 { print $2 }' /proc/mounts | sort -r |
    while read -r mount; do umount "$mount" 2>/dev/null || umount --lazy "$mount"; done
}
