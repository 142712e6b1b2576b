#!/bin/bash
# Checks the extension's C programs: the committed binaries are what the sources give, and do what they should.
# On Debian 12, as root, it installs the compilers and tools that this takes.
# Exit status: 69 if they are missing and can't be installed here; it says so.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly here
for part in common binfmt packages; do
  # shellcheck source=/dev/null
  . "$here/$part.sh"
done

readonly SOURCES=$here/../extension/src/main/c
readonly PACKAGES=(
  gcc linux-libc-dev
  gcc-aarch64-linux-gnu linux-libc-dev-arm64-cross
  gcc-arm-linux-gnueabihf linux-libc-dev-armhf-cross
  gcc-powerpc64le-linux-gnu linux-libc-dev-ppc64el-cross
  gcc-riscv64-linux-gnu linux-libc-dev-riscv64-cross
  gcc-s390x-linux-gnu linux-libc-dev-s390x-cross
  python3-minimal procps util-linux qemu-user-static
)

install_missing() {
  local -a missing
  mapfile -t missing < <(packages_missing "${PACKAGES[@]}")
  ((${#missing[@]})) || return 0
  if ((EUID != 0)) || [[ $(. /etc/os-release && printf '%s %s' "$ID" "${VERSION_ID:-}") != "debian 12" ]]; then
    return 0                          # the scripts below find out what is really missing, and say it
  fi
  prepare_directories
  take_lock
  packages_up "${PACKAGES[@]}"
}

install_missing
"$SOURCES/build.sh" --check
"$SOURCES/test.sh"
