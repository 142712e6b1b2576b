#!/bin/bash
# Compiles the samples' programs for foreign architectures, into sample-tests/target/programs/ARCHITECTURE/NAME: those in C
# with Debian's cross compilers, and those in Go (go-NAME) with Debian's Go, which compiles for all of them. What is newer
# than its source is kept.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly here
for part in common binfmt packages; do
  # shellcheck source=/dev/null
  . "$here/$part.sh"
done

readonly SOURCES=$here/../sample-tests/src/main/c
readonly GO_SOURCES=$here/../sample-tests/src/main/go
readonly GO_PACKAGE=golang-1.19-go GO=/usr/lib/go-1.19/bin/go
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

# Docker's name, and what Go calls it.
readonly GO_TARGETS='
arm32v5   GOARCH=arm GOARM=5
arm32v6   GOARCH=arm GOARM=6
arm32v7   GOARCH=arm GOARM=7
arm64v8   GOARCH=arm64
i386      GOARCH=386
mips64le  GOARCH=mips64le
ppc64le   GOARCH=ppc64le
riscv64   GOARCH=riscv64
s390x     GOARCH=s390x
'

for_each_compiler() {
  local -a row
  while read -r -a row; do
    ((${#row[@]})) && "$@" "${row[@]}" </dev/null
  done < <(printf '%s\n' "$COMPILERS" | grep .)
}

for_each_go_target() {
  local -a row
  while read -r -a row; do
    ((${#row[@]})) && "$@" "${row[@]}" </dev/null
  done < <(printf '%s\n' "$GO_TARGETS" | grep .)
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
  local -a sources
  mkdir -p "$PROGRAMS/$name"
  mapfile -t sources < <(outdated "$name")
  for source in "${sources[@]}"; do
    "$compiler" -std=gnu11 -O2 -Wall -Wextra -Werror -static "${@:5}" "$source" \
      -o "$PROGRAMS/$name/$(basename "$source" .c)"
  done
}

outdated_go() {
  local source
  for source in "$GO_SOURCES"/*/; do
    source=${source%/}
    [[ $PROGRAMS/$1/go-${source##*/} -nt $source/main.go ]] || printf '%s\n' "$source"
  done
}

# Go compiles its own library for each architecture, too. Nothing of that is needed again: the cache goes away with it.
compile_go() {
  local name=$1 source
  local -a sources
  mkdir -p "$PROGRAMS/$name"
  mapfile -t sources < <(outdated_go "$name")
  for source in "${sources[@]}"; do
    env "${@:2}" CGO_ENABLED=0 GO111MODULE=off GOCACHE="$PROGRAMS/go-cache" \
      "$GO" build -trimpath -ldflags='-s -w' -o "$PROGRAMS/$name/go-${source##*/}" "$source"/*.go
  done
  rm -rf "$PROGRAMS/go-cache"
}

compile_all() {
  for_each_compiler compile
  for_each_go_target compile_go
}

[[ -n $(for_each_compiler outdated; for_each_go_target outdated_go) ]] || exit 0
mapfile -t packages < <(for_each_compiler package_names | sort -u; echo "$GO_PACKAGE")
mapfile -t missing < <(packages_missing "${packages[@]}")
if ((${#missing[@]})); then
  require_root "Installing cross compilers"
  prepare_directories
  take_lock
  packages_up "${packages[@]}"
fi
compile_all
say "Compiled the samples' programs into $PROGRAMS"
