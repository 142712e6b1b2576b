#!/usr/bin/env bash
# Builds the helper and the runner for every architecture that an engine may run on, byte for byte the same each time.
# The results are committed, since who works on the Java code needs no cross compilers.
#
#   build.sh           builds them into the resources
#   build.sh --check   builds them elsewhere, and fails if the committed ones differ
#
# Exit status: 0 done, 1 the committed ones differ, 69 compilers are missing (it says which).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

resources=../resources/dev/foreignarch
# Where the binaries of each program are; its source is the name of the last folder.
programs=(emulation/helper program/runner)
release=12  # of Debian, whose gcc and binutils define the bytes

# Docker's name of the architecture, GNU's, Debian's, compiler options
architectures='
amd64    x86_64-linux-gnu         amd64    -fcf-protection=none
arm64v8  aarch64-linux-gnu        arm64
arm32v7  arm-linux-gnueabihf      armhf
ppc64le  powerpc64le-linux-gnu    ppc64el
riscv64  riscv64-linux-gnu        riscv64
s390x    s390x-linux-gnu          s390x
'

# Nothing of a C library: no start files, no stack protector, no loops replaced by calls of memset (ours is one).
compile=(-std=gnu11 -Os -Wall -Wextra -Werror -ffreestanding -fno-tree-loop-distribute-patterns
         -fno-stack-protector -fno-asynchronous-unwind-tables -fomit-frame-pointer -fno-pie -fno-ident)
# One small file at a fixed address. libgcc only lends what the compiler itself calls (register saving on ppc64le).
link=(-nostdlib -static -no-pie -lgcc -Wl,--build-id=none -Wl,-z,noseparate-code -Wl,-z,noexecstack -Wl,--strip-all
      -Wl,--fatal-warnings)

main() {
    case "${1-}" in
        '') require_compilers; build_all "$resources" ;;
        --check) require_compilers; check ;;
        *) echo "usage: build.sh [--check]" >&2; exit 64 ;;
    esac
}

# Calls a function with each row of the table above.
for_each_architecture() {
    local row
    while read -r -a row; do
        [ "${#row[@]}" = 0 ] || "$@" "${row[@]}" </dev/null
    done <<<"$architectures"
}

require_compilers() {
    local missing=()
    for_each_architecture look_for_compiler
    [ "${#missing[@]}" = 0 ] || {
        echo "build.sh: compilers or kernel headers are missing. On Debian $release:" >&2
        echo "  apt-get install --no-install-recommends ${missing[*]}" >&2
        exit 69
    }
}

look_for_compiler() {
    local gnu=$2 debian=$3 host
    host=$(dpkg --print-architecture 2>/dev/null) || host=unknown
    if ! echo '#include <asm/unistd.h>' | "$gnu-gcc" -ffreestanding -E - >/dev/null 2>&1; then
        if [ "$debian" = "$host" ]; then
            missing+=(gcc linux-libc-dev)
        else
            missing+=("gcc-${gnu//_/-}" "linux-libc-dev-$debian-cross")
        fi
    fi
}

build_all() {
    local program
    for program in "${programs[@]}"; do
        mkdir -p "$1/$program"
        for_each_architecture build "$1/$program"
    done
}

build() {
    local folder=$1 name=$2 gnu=$3 options=("${@:5}")
    "$gnu-gcc" "${compile[@]}" "${options[@]}" "${folder##*/}.c" "${link[@]}" -o "$folder/$name"
    "$gnu-strip" --remove-section=.comment "$folder/$name"
    chmod 755 "$folder/$name"
}

check() {
    local different=()
    fresh=$(mktemp -d)
    trap 'rm -rf "$fresh"' EXIT
    build_all "$fresh"
    for_each_architecture compare
    [ "${#different[@]}" = 0 ] || {
        echo "build.sh: not what the source gives: ${different[*]}" >&2
        echo "  If a C source, a header or build.sh changed, run build.sh and commit its results." >&2
        echo "  If not, the compiler did: the committed ones come from Debian $release's gcc, this is" \
             "$(x86_64-linux-gnu-gcc --version | head -n 1)." >&2
        exit 1
    }
    echo "build.sh: all binaries are what the source gives"
}

compare() {
    local program
    for program in "${programs[@]}"; do
        cmp -s "$fresh/$program/$1" "$resources/$program/$1" || different+=("$program/$1")
    done
}

main "$@"
