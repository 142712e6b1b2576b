# shellcheck shell=bash disable=SC2034,SC2154
# One static program that is a whole userland.
image=busybox:1.36                # Debian 12 has 1.35
base=
architectures=("${WIDE[@]}")
packages=(busybox-static)
config='{"Cmd": ["sh"], "Env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]}'

finish() {
  local root=$1 native_debian native
  # The machine's own build knows the names of all applets; the image's can't run here.
  native_debian=$(native_architecture)
  native=$(foreign_closure "$native_debian" busybox-static | foreign_download "$native_debian")
  mkdir "$root/../native"
  layer_unpack "$native" "$root/../native"
  "$root/../native/bin/busybox" --list | perl -ne 'BEGIN { chdir shift } chomp; symlink "busybox", $_' "$root/bin"
  rm -rf "$root/../native"
  mkdir -p "$root"/{dev,etc,home,proc,root,sys}
  mkdir -m 1777 "$root/tmp"
  echo 'root:x:0:0:root:/root:/bin/sh' >"$root/etc/passwd"
  echo 'root:x:0:' >"$root/etc/group"
}
