# shellcheck shell=bash disable=SC2034,SC2154
# Enough of Debian to run dynamic programs and shell scripts; the base of the images below.
image=debian:bookworm-slim
base=
architectures=("${WIDE[@]}")
packages=(base-files base-passwd bash coreutils dash debianutils diffutils findutils grep gzip hostname
  libc-bin libstdc++6 mawk procps sed tar util-linux zlib1g)
config='{"Cmd": ["bash"], "Env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]}'

finish() {
  local root=$1
  cp "$root/usr/share/base-passwd/passwd.master" "$root/etc/passwd"
  cp "$root/usr/share/base-passwd/group.master" "$root/etc/group"
  ln -sf dash "$root/bin/sh"
  ln -s mawk "$root/usr/bin/awk"
  mkdir -p "$root"/{dev,proc,sys}
}
