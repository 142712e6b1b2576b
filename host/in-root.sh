#!/bin/bash
# Runs a daemon in a folder of unpacked packages, which may be another Debian release's, in namespaces of its own. When it
# ends, its mounts, its containers and its network are gone, too.
set -euo pipefail

usage() {
  cat <<'END'
usage: in-root.sh NAME ROOT [OPTION…] -- COMMAND…
  --bind DIRECTORY    this folder of the machine is seen in there, at the same place; nothing may be mounted below it
  --network ADDRESS   a network of its own, which has this address; the machine has the one before. The registry of the
                      machine is at port 5000 of localhost in there, too
  --own-table         a table of foreign programs (binfmt_misc) of its own, empty and not mounted
  --user NUMBER       the command is run as this user, who gets a control group to himself
END
}

readonly BINFMT=/proc/sys/fs/binfmt_misc
readonly REGISTRY_SOCKET=${REGISTRY_SOCKET:?}

main() {
  name=$1 root=$2 network='' own_table=false user=0
  binds=()
  shift 2
  while (($# > 0)); do
    case $1 in
      --bind) binds+=("$2"); shift ;;
      --network) network=$2; shift ;;
      --own-table) own_table=true ;;
      --user) user=$2; shift ;;
      --) shift; break ;;
      *) usage >&2; exit 2 ;;
    esac
    shift
  done
  if [[ ${IN_ROOT_INSIDE:-} == yes ]]; then inside "$@"; else outside; fi
}

# ---- Outside

outside() {
  local -a namespaces=(--mount --pid --fork --kill-child)
  local outer init=
  [[ -z $network ]] || namespaces+=(--net)
  ! $own_table || namespaces+=(--user)
  control_group_up
  # Bash counts as root in there, and keeps root's capabilities, only if it is started after the id maps are written.
  # shellcheck disable=SC2016 # expanded by the inner bash
  IN_ROOT_INSIDE=yes setpriv --pdeathsig KILL unshare "${namespaces[@]}" \
    bash -c 'for i in {1..500}; do read -r </proc/self/uid_map && exec "$@"; sleep 0.01; done' - \
    bash "${BASH_SOURCE[0]}" "${arguments[@]}" &
  outer=$!
  until [[ -n $init ]]; do
    sleep 0.01
    init=$(cat "/proc/$outer/task/$outer/children")
  done
  init=${init% }
  # shellcheck disable=SC2064 # that process, whatever the variable is then
  trap "kill -TERM $init" TERM
  # Every user and group of the machine means the same in there.
  ! $own_table || { echo "0 0 4294967295" >"/proc/$init/gid_map"; echo "0 0 4294967295" >"/proc/$init/uid_map"; }
  [[ -z $network ]] || network_up "$init"
  # The signal ends the first wait; the daemon ends after it.
  wait "$outer" || wait "$outer" || true
  control_group_down
}

# Both ends of the link are gone when the inner one's network is.
network_up() {
  local subnet=${network%.*} enter=(nsenter --net --target "$1") here link
  here=$subnet.$((${network##*.} - 1)) link=fa-net${subnet##*.}
  # One that was killed just now may have left its network to the kernel, which takes its time.
  ip link delete "$link" 2>/dev/null || true
  ip link add "$link" type veth peer name eth0 netns "$1"
  ip address add "$here/30" dev "$link"
  ip link set "$link" up
  "${enter[@]}" ip link set lo up
  "${enter[@]}" ip address add "$network/30" dev eth0
  "${enter[@]}" ip link set eth0 up
  "${enter[@]}" ip route add default via "$here"
}

# Where both versions of control groups are mounted, the second one is in a folder of its own.
control_groups() { if [[ -d /sys/fs/cgroup/unified ]]; then echo /sys/fs/cgroup/unified; else echo /sys/fs/cgroup; fi; }

control_group_up() {
  local group
  group=$(control_groups)/foreignarch-$name
  mkdir -p "$group/daemon"
  chown -R "$user" "$group"
  echo $$ >"$group/daemon/cgroup.procs"
}

control_group_down() {
  echo $$ >"$(control_groups)/cgroup.procs"
  find "$(control_groups)/foreignarch-$name" -depth -type d -exec rmdir {} +
}

# ---- Inside: the first process of the new pid namespace

inside() {
  local directory
  mount --bind "$root" "$root"
  cd "$root"
  mount -t proc proc proc
  if $own_table; then
    # Once mounted, a user namespace has a table of its own for ever.
    mount -t binfmt_misc binfmt_misc ".$BINFMT"
    umount ".$BINFMT"
  elif [[ -e $BINFMT/register ]]; then
    mount --bind "$BINFMT" ".$BINFMT"
  fi
  mount --rbind /dev dev
  mount --bind tun dev/net/tun                       # which everybody may use, as udev would have it
  mount --rbind /sys sys
  # Newer engines refuse to work where both versions of control groups are mounted.
  [[ ! -d /sys/fs/cgroup/unified ]] || mount --bind /sys/fs/cgroup/unified sys/fs/cgroup
  mount -t tmpfs -o mode=755 tmpfs run
  for directory in "${binds[@]}"; do
    mkdir -p ".$directory"
    mount --bind "$directory" ".$directory"
  done
  directory=${REGISTRY_SOCKET%/*}
  mkdir -p ".$directory"
  mount --bind "$directory" ".$directory"
  # Not chroot: a program that is run in a container later would see the root of this namespace.
  pivot_root . host
  umount --lazy /host
  mount --make-rshared /
  if [[ -n $network ]]; then
    socat TCP-LISTEN:5000,bind=127.0.0.1,reuseaddr,fork "UNIX-CONNECT:$REGISTRY_SOCKET" &
  fi
  if ((user)); then set -- setpriv --reuid "$user" --regid "$user" --clear-groups "$@"; fi
  exec tini-static -- "$@"
}

# ----

(($# >= 3)) || { usage >&2; exit 2; }
((EUID == 0)) || { echo "in-root: needs root" >&2; exit 1; }
arguments=("$@")
main "$@"
exit
