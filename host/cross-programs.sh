#!/bin/bash
# Compiles the samples' C programs for foreign architectures, with Debian's cross compilers, into
# sample-tests/target/programs/ARCHITECTURE/NAME. What is newer than its source is kept.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly here
for part in common binfmt packages; do
  # shellcheck source=/dev/null
  . "$here/$part.sh"
done

readonly SOURCES=$here/../sample-tests/src/main/c
readonly PROGRAMS=${PROGRAMS:-$here/../sample-tests/target/programs}

# Docker's name, the compiler, its package, the C library's package, options.
# Debian has no C library for version 6 with floating-point hardware: arm32v6 has version 5's.
readonly COMPILERS='
arm32v5   arm-linux-gnueabi-gcc        gcc-arm-linux-gnueabi        libc6-dev-armel-cross    -march=armv5te -marm
arm32v6   arm-linux-gnueabi-gcc        gcc-arm-linux-gnueabi        libc6-dev-armel-cross    -march=armv6 -marm
arm32v7   arm-linux-gnueabihf-gcc      gcc-arm-linux-gnueabihf      libc6-dev-armhf-cross    -march=armv7ve+vfpv3-d16
arm64v8   aarch64-linux-gnu-gcc        gcc-aarch64-linux-gnu        libc6-dev-arm64-cross
i386      i686-linux-gnu-gcc           gcc-i686-linux-gnu           libc6-dev-i386-cross
mips64le  mips64el-linux-gnuabi64-gcc  gcc-mips64el-linux-gnuabi64  libc6-dev-mips64el-cross
ppc64le   powerpc64le-linux-gnu-gcc    gcc-powerpc64le-linux-gnu    libc6-dev-ppc64el-cross
riscv64   riscv64-linux-gnu-gcc        gcc-riscv64-linux-gnu        libc6-dev-riscv64-cross
s390x     s390x-linux-gnu-gcc          gcc-s390x-linux-gnu          libc6-dev-s390x-cross
'

for_each_compiler() {
  local -a row
  while read -r -a row; do
    ((${#row[@]})) && "$@" "${row[@]}" </dev/null
  done < <(printf '%s\n' "$COMPILERS" | grep .)
}

package_names() { printf '%s\n' "$3" "$4"; }

outdated() {
  local source
  for source in "$SOURCES"/*.c; do
    [[ $PROGRAMS/$1/$(basename "$source" .c) -nt $source ]] || printf '%s\n' "$source"
  done
}

compile() {
  local name=$1 compiler=$2 source
  mkdir -p "$PROGRAMS/$name"
  for source in $(outdated "$name"); do
    "$compiler" -std=gnu11 -O2 -Wall -Wextra -Werror -static "${@:5}" "$source" \
      -o "$PROGRAMS/$name/$(basename "$source" .c)"
  done
}

compile_all() { for_each_compiler compile; }

[[ -n $(for_each_compiler outdated) ]] || exit 0
mapfile -t packages < <(for_each_compiler package_names | sort -u)
mapfile -t missing < <(packages_missing "${packages[@]}")
if ((${#missing[@]})); then
  require_root "Installing cross compilers"
  prepare_directories
  take_lock
  packages_up "${packages[@]}"
fi
compile_all
say "Compiled the samples' programs into $PROGRAMS"
