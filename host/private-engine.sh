#!/bin/bash
# A Docker engine that has the kernel's table of foreign programs (binfmt_misc) to itself, so that tests can
# fill, break and lose that table without touching the machine's, or each other's.
#
# Since Linux 6.7 every user namespace can have a table of its own. So the engine runs in a new user namespace.
# All ids mean the same in it as outside: to its clients this is an ordinary rootful engine on a machine of its own.
# It also has a mount namespace (to mount the table or not, and to hide the machine's sockets in /run) and a pid
# namespace (whose first process takes everything along when it ends). The network is the machine's, so that the
# registry on localhost can be reached; containers must do without one (`--network none`, also the default).
set -euo pipefail

usage() {
  cat <<'END'
usage: private-engine.sh start NAME [OPTION…] [-- DOCKERD-OPTION…]   prints the address, for DOCKER_HOST
       private-engine.sh enter NAME COMMAND…      runs a command where the engine runs: its table, its files
       private-engine.sh stop NAME                ends the engine; nothing of it remains

The machine that the engine sees. Without any of these: binfmt_misc is mounted, the table empty.
  --no-binfmt-mount   binfmt_misc isn't mounted; the table is empty, and is lost with its last mount
  --inherit           not mounted, and no table yet: the machine's handlers work until somebody mounts one. Has a part
                      of the machine's ids, as user namespaces usually do
  --nested            no user namespace: the machine's own table, which isn't mounted here (Docker in Docker)
  --forbid-mount      not mounted, the table is empty, and a container that mounts it gets EPERM
                      (as in a user namespace before Linux 6.7)
  --no-binfmt         a kernel without binfmt_misc: nothing at that path, a container's mount gets ENODEV
The engine:
  --containerd-store  images are kept in containerd's store
  --docker20          Docker 20.10, as `./run host up engines` unpacks it, without a capability that it wants to give
                      to privileged containers: it refuses them
  --rootless          `dockerd --rootless`, run by a user without any privilege; sees what --inherit sees
  --podman            Podman, whose containers' files are served by fuse-overlayfs, as it does by itself in a user
                      namespace on machines whose kernel or file system has no better way
END
}

readonly ENGINES=${PRIVATE_ENGINES:-/var/lib/foreignarch/engines}
readonly DOCKER20=${PRIVATE_ENGINE_DOCKER20:-/var/lib/foreignarch/docker20}
readonly BINFMT=/proc/sys/fs/binfmt_misc
readonly ROOTLESS_IDS=1000000       # a rootless engine's root is this user outside; no such user need exist
readonly FIRST_NAMESPACE=4026531837 # number of the machine's own user namespace, in the kernel's sources
readonly SOME_IDS=65536
readonly ALL_IDS=4294967294         # but the last one: with all of them runc takes itself for free to do everything
readonly EPERM=1 ENODEV=19
readonly START_LIMIT=${PRIVATE_ENGINE_START_LIMIT:-60} # seconds

die() {
  printf 'private-engine: %s\n' "$*" >&2
  exit 1
}

# ---- Outside

start() {
  local table=mounted first_id=0 ids=$ALL_IDS store=false rootless=() old=false engine=docker
  while (($# > 0)); do
    case $1 in
      --no-binfmt-mount) table=unmounted ;;
      --inherit) table=inherited ids=$SOME_IDS ;;
      --nested)
        [[ $(readlink /proc/self/ns/user) != "user:[$FIRST_NAMESPACE]" ]] || die "--nested is for engines inside another one"
        table=inherited ids=0
        ;;
      --forbid-mount) table=forbidden ;;
      --no-binfmt) table=missing ;;
      --containerd-store) store=true ;;
      --docker20) old=true ;;
      --rootless) table=machines first_id=$ROOTLESS_IDS ids=$SOME_IDS rootless=(--rootless) ;;
      --podman) engine=podman ;;
      --) shift; break ;;
      *) usage >&2; exit 2 ;;
    esac
    shift
  done
  ! alive || die "$name runs already"
  stop # removes what a killed engine or a restart of the machine left
  mkdir -p "$ENGINES"
  mkdir "$dir" "$dir"/{data,bin,machines-table}
  if $old; then old_docker; fi
  # An explicit file, or else dockerd would read the machine's /etc/docker/daemon.json.
  printf '{"features": {"containerd-snapshotter": %s}}\n' "$store" >"$dir/daemon.json"
  chown -R "$first_id:$first_id" "$dir"
  in_new_namespaces "$first_id" "$ids" "$table" "$engine" "${rootless[@]}" "$@"
  local deadline=$((SECONDS + START_LIMIT))
  until timeout 10 docker -H "unix://$dir/docker.sock" version >"$dir/version" 2>&1; do
    alive || fail_start "$name did not start"
    ((SECONDS < deadline)) || fail_start "$name did not answer within $START_LIMIT s"
    sleep 0.05
  done
  printf 'unix://%s/docker.sock\n' "$dir"
}

fail_start() {
  tail -n 20 "$dir/log" >&2
  stop
  die "$1, its last words are above"
}

# A new user namespace has all capabilities: one is dropped in there.
old_docker() {
  ln -s "$DOCKER20"/usr/bin/{containerd,containerd-shim-runc-v2,runc,docker-init} "$dir/bin/"
  printf '#!/bin/bash\nexec setpriv --bounding-set -sys_resource %q "$@"\n' "$DOCKER20/usr/sbin/dockerd" >"$dir/bin/dockerd"
  chmod +x "$dir/bin/dockerd"
}

# Bash counts as root in there only with the id maps, and has root's capabilities only after the exec that
# follows. setsid: Ctrl-C in the caller's terminal isn't meant for the engine.
in_new_namespaces() {
  local first_id=$1 ids=$2 outer inner=
  local -a user=(--user)
  shift 2
  ((ids > 0)) || user=()
  cp "${BASH_SOURCE[0]}" "$dir/private-engine.sh" # where a rootless engine's user can read it
  # shellcheck disable=SC2016 # expanded by the inner bash
  setsid setpriv --reuid "$first_id" --regid "$first_id" --clear-groups \
    unshare "${user[@]}" --mount --ipc --pid --fork \
    bash -c 'for i in {1..500}; do read -r </proc/self/uid_map && exec "$@"; sleep 0.01; done' - \
    bash "$dir/private-engine.sh" inside "$name" "$@" </dev/null >"$dir/log" 2>&1 &
  outer=$!
  until [[ -n $inner ]]; do
    sleep 0.01
    inner=$(cat "/proc/$outer/task/$outer/children" 2>/dev/null) || die "no new namespaces: $(<"$dir/log")"
  done
  inner=${inner% }
  echo "$inner $(readlink "/proc/$inner/ns/pid")" >"$dir/init"
  ((ids > 0)) || return 0
  echo "0 $first_id $ids" >"/proc/$inner/gid_map"
  echo "0 $first_id $ids" >"/proc/$inner/uid_map"
}

# alive: also sets `init`, the first process of the engine's pid namespace. Its number alone could be another
# process's by now.
alive() {
  local namespace
  read -r init namespace 2>/dev/null <"$dir/init" && [[ -n $namespace ]] &&
    [[ $(readlink "/proc/$init/ns/pid") == "$namespace" ]]
}

enter() {
  local -a user=(--user)
  alive || die "$name doesn't run"
  # Nobody can enter where he is: --nested.
  [[ $(readlink "/proc/$init/ns/user") != $(readlink /proc/self/ns/user) ]] || user=()
  exec nsenter --target "$init" "${user[@]}" --mount --ipc --pid -- "$@"
}

stop() {
  if alive; then
    kill -KILL "$init"
    while alive; do sleep 0.02; done
  fi
  find /sys/fs/cgroup -depth -type d \( -path "*/private-engine-$name" -o -path "*/private-engine-$name/*" \) \
    -exec rmdir {} + 2>/dev/null || true
  rm -rf "$dir"
}

# ---- Inside: the first process of the engine's pid namespace

inside() {
  local table=$1 engine=$2
  shift 2
  (($$ == 1)) || die "only for the first process of a new pid namespace: it mounts over /proc and /run"
  export HOME=$dir PATH=$dir/bin:$PATH
  [[ $table != machines || ! -e $BINFMT/register ]] || mount --bind "$BINFMT" "$dir/machines-table"
  mount -t proc proc /proc # without the machine's mount of binfmt_misc
  mount -t tmpfs tmpfs /run
  "table_$table"
  "run_$engine" "$@" &
  # Not exec: somebody must collect the zombies of this pid namespace.
  wait $!
}

# Listens at the usual place, too, for containers that are given that socket, and for `enter NAME docker …`.
run_docker() {
  dockerd --config-file "$dir/daemon.json" --data-root "$dir/data" \
    -H "unix://$dir/docker.sock" -H unix:///var/run/docker.sock --log-level warn \
    --bridge none --iptables=false --ip6tables=false \
    --exec-opt native.cgroupdriver=cgroupfs --cgroup-parent "/private-engine-${dir##*/}" "$@"
}

# runc and no limits, for the same reasons as the Podman of `./run host up engines`.
run_podman() {
  printf '[containers]\ndefault_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]\n' >"$dir/containers.conf"
  CONTAINERS_CONF=$dir/containers.conf podman --root "$dir/data" --runroot /run/containers --storage-driver overlay \
    --storage-opt overlay.mount_program=/usr/bin/fuse-overlayfs --runtime runc --cgroup-manager cgroupfs \
    --events-backend file system service --time=0 "unix://$dir/docker.sock" "$@"
}

table_mounted() { mount -t binfmt_misc binfmt_misc "$BINFMT"; }

# Once mounted, a user namespace has its own table for ever.
table_unmounted() {
  table_mounted
  umount "$BINFMT"
}

table_inherited() { :; }

table_forbidden() {
  table_unmounted
  containers_cannot_mount "$EPERM"
}

table_missing() {
  table_unmounted
  mount -t tmpfs -o mode=555 tmpfs "${BINFMT%/*}"
  containers_cannot_mount "$ENODEV"
}

# What an unprivileged user sees of the machine's own table: everything, but may not write.
table_machines() {
  ! mountpoint -q "$dir/machines-table" || mount --move "$dir/machines-table" "$BINFMT"
}

# containers_cannot_mount ERRNO: a runc that comes first in the PATH, and gives every container, privileged or
# not, a seccomp filter under which mounting fails. ("replaced" is a field that nobody knows or reads.)
containers_cannot_mount() {
  local filter='{"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["mount", "fsopen"], '
  filter+='"action": "SCMP_ACT_ERRNO", "errnoRet": '$1'}]}'
  cat >"$dir/bin/runc" <<END
#!/bin/bash
for ((i = 1; i < \$#; i++)); do
  [[ \${!i} != --bundle ]] || bundle=\${*:i+1:1}
done
[[ -z \${bundle-} ]] || sed -i 's/"seccomp":/"replaced":/; s/"linux":{/&"seccomp":$filter,/' "\$bundle/config.json"
exec $(command -v runc) "\$@"
END
  chmod +x "$dir/bin/runc"
}

# ----

(($# >= 2)) || { usage >&2; exit 2; }
command=$1 name=$2 dir=$ENGINES/$2
shift 2
((EUID == 0)) || die "needs root"
[[ $name =~ ^[A-Za-z0-9][A-Za-z0-9_.-]*$ ]] || die "not a name: $name"
case $command in
  start | enter | stop | inside) "$command" "$@" ;;
  *) usage >&2; exit 2 ;;
esac
