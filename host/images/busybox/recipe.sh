# shellcheck shell=bash disable=SC2034,SC2154
# One static program that is a whole userland.
image=busybox:1.36                # Debian 12 has 1.35
base=
architectures=("${WIDE[@]}")
packages=(busybox-static)
config='{"Cmd": ["sh"], "Env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]}'

finish() {
  local root=$1 native applet
  native=$(echo busybox-static | foreign_download "$(dpkg --print-architecture)")
  dpkg-deb --fsys-tarfile "$native" | tar -x -C "$root/.." ./bin/busybox
  # The machine's own build knows the names of all applets; the image's can't run here.
  for applet in $("$root/../bin/busybox" --list); do
    [[ -e $root/bin/$applet ]] || ln -s busybox "$root/bin/$applet"
  done
  mkdir -p "$root"/{dev,etc,home,proc,root,run,sys,var}
  mkdir -m 1777 "$root/tmp"
  echo 'root:x:0:0:root:/root:/bin/sh' >"$root/etc/passwd"
  echo 'root:x:0:' >"$root/etc/group"
}
