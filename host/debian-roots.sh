# shellcheck shell=bash
# Folders of unpacked Debian packages, for engines of another release than the machine's: nothing is installed, and no
# install script runs.

readonly ROOTS=$STATE/roots
readonly ROOTLESS_USER=60000              # of the engines that run without root
readonly ROOTLESS_IDS=2000000

# root_up SUITE PACKAGE…: into $ROOTS/SUITE. Made anew if other packages are wanted; the engines that run in the old one are
# stopped then, and not before there is a new one.
root_up() {
  local engine
  [[ $(cat "$ROOTS/$1/packages" 2>/dev/null) != "${*:2}" ]] || return 0
  step "Unpacking engines of Debian $1" "root-$1" root_make "$@"
  for engine in ${ENGINES_IN_ROOT[$1]}; do engine_stop "$engine"; done
  rm -rf "${ROOTS:?}/$1"
  mv "$ROOTS/$1.new" "$ROOTS/$1"
}

root_make() {
  local suite=$1 root=$ROOTS/$1.new
  shift
  suite_prepare "$suite"
  rm -rf "$root"
  root_unpack "$suite" "$root" "$@"
  ln -sf xtables-nft-multi "$root/usr/sbin/iptables"
  ln -sf xtables-nft-multi "$root/usr/sbin/ip6tables"
  mkdir -p "$root"/{proc,sys,dev,host}
  mknod -m 666 "$root/tun" c 10 200
  echo "rootless:x:$ROOTLESS_USER:$ROOTLESS_USER::/:/bin/sh" >>"$root/etc/passwd"
  echo "rootless:x:$ROOTLESS_USER:" >>"$root/etc/group"
  echo "rootless:$ROOTLESS_IDS:65536" | tee "$root/etc/subuid" >"$root/etc/subgid"
  echo "$*" >"$root/packages"
}

# An apt of its own for another release, beside that of the machine's.
suite_prepare() {
  local native home=$APT/$1
  native=$(native_architecture)
  [[ -e $APT/$native/apt.conf ]] || foreign_apt_prepare "$native"
  mkdir -p "$home/lists/partial" "$home/cache/archives/partial" "$home/debs"
  sed "s|$APT/$native|$home|" "$APT/$native/apt.conf" >"$home/apt.conf"
  sed "s| bookworm | $1 |" "$APT/$native/sources.list" >"$home/sources.list"
  foreign_apt "$1" update
}

# root_unpack APT ROOT PACKAGE…: those and what they depend on, by that one of our apts.
root_unpack() {
  local apt=$1 root=$2 file
  shift 2
  mkdir -p "$root"
  layer_skeleton "$root"
  { foreign_closure "$apt" "$@"; needed_by_uidmap "$@"; } | foreign_download "$apt" >"$root.files"
  while read -r file; do layer_unpack "$file" "$root"; done <"$root.files"
  rm "$root.files"
  ln -sf dash "$root/bin/sh"
  install -d -m 1777 "$root/tmp" "$root/var/tmp"
  echo 'root:x:0:0:root:/root:/bin/sh' >"$root/etc/passwd"
  printf 'root:x:0:\ndocker:x:998:\n' >"$root/etc/group"
  cp /etc/resolv.conf /etc/hosts "$root/etc/"
}

# The closure leaves them out as needed by install scripts only.
needed_by_uidmap() {
  [[ " $* " != *" uidmap "* ]] || printf '%s\n' libsemanage2 libsemanage-common libsepol2
}
