#!/usr/bin/env bash
# Tries every verb of the committed helpers and runners for real: this machine's own ones on the kernel, the others
# under QEMU. Handlers are registered in private binfmt_misc tables (user namespaces, Linux 6.7), never in the machine's.
#
#   test.sh            all groups, side by side (some wait for time limits)
#   test.sh GROUP      one of those below, or another architecture (arm64v8, …)
#
# Exit status: 0 all good, 1 something is not, 69 it can't be tried on this machine.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

resources=$PWD/../resources/dev/foreignarch
helper=$resources/emulation/helper/amd64
runner=$resources/program/runner/amd64
# The other architectures, and what QEMU calls them
declare -A foreign=([arm64v8]=aarch64 [arm32v7]=arm [ppc64le]=ppc64le [riscv64]=riscv64 [s390x]=s390x)
groups=(probe session limits version digest emulator table write register hold keep turn note run signal serve rest
        "${!foreign[@]}")

elf='\x7fELF\x01\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\x28\x00'
mask='\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff'

main() {
    require
    if [ $# = 0 ]; then
        all_groups
    elif [ "${INSIDE-}" = yes ]; then
        one_group "$1"
    else
        INSIDE=yes exec unshare -Urm "./$(basename "$0")" "$1"
    fi
}

require() {
    [ "$(uname -m)" = x86_64 ] || unable "runs on an amd64 machine only"
    local tool
    for tool in python3 unshare nsenter pgrep $(printf 'qemu-%s-static ' "${foreign[@]}"); do
        command -v "$tool" >/dev/null \
            || unable "$tool is missing. On Debian 12: apt-get install --no-install-recommends python3 util-linux procps qemu-user-static"
    done
    [ "${INSIDE-}" = yes ] || unshare -Urm sh -c 'mount -t binfmt_misc none /proc/sys/fs/binfmt_misc' 2>/dev/null \
        || unable "no private binfmt_misc table here: it takes Linux 6.7 and user namespaces that are not restricted"
}

unable() {
    echo "test.sh: $1" >&2
    exit 69
}

all_groups() {
    local group failed=0
    logs=$(mktemp -d)
    trap 'rm -rf "$logs"' EXIT
    for group in "${groups[@]}"; do
        "./$(basename "$0")" "$group" >"$logs/$group" 2>&1 &
        eval "pid_$group=$!"
    done
    for group in "${groups[@]}"; do
        eval "wait \$pid_$group" || failed=1
        cat "$logs/$group"
    done
    [ $failed = 0 ] || { echo "test.sh: FAILED, see above" >&2; exit 1; }
    echo "test.sh: all good"
}

one_group() {
    group=$1 checks=0 failures=0
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    mkdir "$work/table"
    mount -t binfmt_misc none "$work/table"
    make_programs
    if [ -n "${foreign[$group]-}" ]; then
        test_foreign "$group" "qemu-${foreign[$group]}-static"
    else
        "test_$group"
    fi
    umount "$work/table"
    echo "$group: $checks checks, $failures failed"
    [ "$failures" = 0 ] && [ "$checks" -gt 0 ]
}

# is WHAT EXPECTED ACTUAL
is() {
    checks=$((checks + 1))
    [ "$2" != "$3" ] || return 0
    failures=$((failures + 1))
    printf 'FAILED: %s %s\n' "$group" "$1"
    diff <(echo "$2") <(echo "$3") | sed 's/^</    expected:/; s/^>/    actual:  /; /^[0-9-]/d'
}

# What a command prints, and its exit status in a last line.
outcome() {
    "$@" 2>/dev/null
    echo "status $?"
}

# took FROM TO COMMAND...: like outcome, and says so when it took less than FROM or more than TO milliseconds.
# Upper limits are generous, for busy machines: they only have to tell "soon" from "after its time".
took() {
    local from=$1 to=$2 start time
    start=$(milliseconds)
    outcome "${@:3}"
    time=$(($(milliseconds) - start))
    ((time >= from && time <= to)) || echo "took $time ms, not $from to $to"
}

milliseconds() {
    date +%s%3N
}

# eventually COMMAND...: tries for 10 s or, on a busy machine, longer.
eventually() {
    local try
    for ((try = 0; try < 200; try++)); do
        ! "$@" || return 0
        sleep 0.05
    done
    return 1
}

make_programs() {
    python3 - "$work" <<'PYTHON'
import os, struct, sys

def program(name, wide, machine, flags, base, code):
    """A static executable of one segment, whose code follows the headers (facts/binfmt.md, section 8)."""
    address, headers = ('Q', 120) if wide else ('I', 84)
    size = headers + len(code)
    elf = b'\x7fELF' + bytes([2 if wide else 1, 1, 1]) + bytes(9) + struct.pack('<HHI', 2, machine, 1)
    elf += struct.pack('<3' + address, base + headers, 64 if wide else 52, 0)
    elf += struct.pack('<I6H', flags, 64 if wide else 52, 56 if wide else 32, 1, 0, 0, 0)
    elf += struct.pack('<II6Q', 1, 5, 0, base, base, size, size, 4096) if wide else \
           struct.pack('<8I', 1, 0, base, base, size, size, 5, 4096)
    write(name, elf + code)

def write(name, content):
    path = os.path.join(sys.argv[1], name)
    with open(path, 'wb') as file:
        file.write(content)
    os.chmod(path, 0o755)

def amd64(name, code):
    program(name, True, 62, 0, 0x400000, bytes.fromhex(code))

pause = 'b822000000 0f05 ebf7'                       # for ever
amd64('exits-42', 'bf2a000000 b83c000000 0f05')
amd64('crashes', '31c0 8800')                        # writes to address 0
amd64('hangs', pause)
# An emulator of sorts: ends with 7, but hangs when its first argument starts with '-', as in --version.
amd64('hangs-at-version', '488b442410 80382d 7509' + pause + 'bf07000000 b83c000000 0f05')
program('arm', False, 40, 0x05000200, 0x10000, struct.pack('<3I', 0xe3a0002a, 0xe3a07001, 0xef000000))
write('text', b'Just a text.\n')
write('talks', b'#!/bin/sh\necho one; echo; echo two >&2; cat; printf unfinished; exit 3\n')
write('talks-too-much', b'#!/bin/sh\nhead -c 2000 /dev/zero | tr "\\0" a; echo; head -c 100000 /dev/zero | tr "\\0" b\n')
write('shows-its-mask', b'#!/usr/bin/python3\nimport signal\nprint("blocked:", signal.pthread_sigmask(signal.SIG_BLOCK, []))\n')
write('leaves-a-child', b'#!/bin/sh\nsleep 66 &\necho gone\n')
write('kills-itself', b'#!/bin/sh\nkill -TERM $$\n')
write('hangs-with-child', b'#!/bin/sh\necho waiting\nsleep 77 &\necho $! >$0.child\nwait\n')
PYTHON
}

register() {
    printf '%s' ":$1:M::$elf:$mask:$2:F" >"$work/table/register"
}

shell=$(readlink -f /bin/sh)
version=$(qemu-arm-static --version | head -n 1)

test_probe() {
    is "a native program" "probe $work/exits-42
exited 42
status 0" "$(outcome "$helper" probe "$work/exits-42")"

    is "a native program by another name" "probe $work/../${work##*/}/exits-42
exited 42
status 0" "$(outcome "$helper" probe "$work/../${work##*/}/exits-42")"

    is "programs that don't start, and one after them" "probe /nowhere
refused 2
probe $work/text
refused 8
probe $work
refused 13
probe $work/exits-42
exited 42
status 0" "$(outcome "$helper" probe /nowhere "$work/text" "$work" "$work/exits-42")"

    is "a crash" "probe $work/crashes
signaled 11
status 0" "$(outcome "$helper" probe "$work/crashes")"

    is "a signal" "probe $work/kills-itself
interpreter $shell
signaled 15
status 0" "$(outcome "$helper" probe "$work/kills-itself")"

    is "output of both kinds, with an input that is not ours" "probe $work/talks
interpreter $shell
output one
output 
output two
output unfinished
exited 3
status 0" "$(outcome "$helper" probe "$work/talks" <<<'not for the program')"

    is "no signal is blocked" "probe $work/shows-its-mask
interpreter $(readlink -f /usr/bin/python3)
version $(/usr/bin/python3 --version)
output blocked: set()
exited 0
status 0" "$(outcome "$helper" probe "$work/shows-its-mask")"

    is "only 2 KiB of the output, but all of it is read" "probe $work/talks-too-much
interpreter $shell
output $(printf 'a%.0s' {1..2000})
output $(printf 'b%.0s' {1..47})
exited 0
status 0" "$(outcome "$helper" probe "$work/talks-too-much")"

    is "no waiting for a grandchild that keeps the output open" "probe $work/leaves-a-child
interpreter $shell
output gone
exited 0
status 0" "$(took 0 30000 "$helper" probe "$work/leaves-a-child")"

    is "no handler" "probe $work/arm
refused 8
status 0" "$(outcome "$helper" probe "$work/arm")"

    is "no file" "status 64" "$(outcome "$helper" probe)"
    is "no verb" "status 64" "$(outcome "$helper")"
    is "an unknown verb" "status 64" "$(outcome "$helper" prob "$work/exits-42")"
}

test_limits() {
    local slow=$work/slow-version fast
    took 2900 30000 with_slow_version >"$slow" &
    fast=$(took 9900 40000 "$helper" probe "$work/hangs-with-child" "$work/exits-42")
    is "a program that hangs" "probe $work/hangs-with-child
interpreter $shell
output waiting
timeout
probe $work/exits-42
exited 42
status 0" "$fast"
    is "its child, which was killed too" "" "$(ps -o stat= -p "$(cat "$work/hangs-with-child.child")" | grep -v Z)"
    wait
    is "an emulator that hangs when asked for its version" "probe $work/arm
interpreter $work/hangs-at-version
exited 7
status 0" "$(cat "$slow")"
}

with_slow_version() {
    register slow "$work/hangs-at-version"
    "$helper" probe "$work/arm"
}

test_session() {
    local signal
    open_input
    for signal in TERM INT; do
        start_first "$helper" session "$work/exits-42"
        release_first exited
        eventually is_resting
        kill -$signal "$holder"
        await_holder
        is "SIG$signal" "status 0" "$ended"
    done
    start_first "$helper" session "$work/exits-42" /nowhere
    release_first refused
    echo 'not for us' >&7
    sleep 31
    is "that it stays" alive "$(kill -0 "$holder" && echo alive)"
    is "what it prints, and an empty line after half a minute" "session
probe $work/exits-42
exited 42
probe /nowhere
refused 2

." "$(cat "$work/holder"; echo .)"
    exec 7>&-
    await_holder
    is "the end of the input" "status 0" "$ended"
    is "no file and no input" "session
status 0" "$(outcome "$helper" session </dev/null)"
}

test_digest() {
    local length
    for length in 0 1 55 56 63 64 65 119 120 128 200000; do
        head -c "$length" /usr/bin/qemu-arm-static >"$work/$length"
        is "a file of $length bytes" "digest $(sha256sum <"$work/$length" | cut -d ' ' -f 1) $work/$length
status 0" "$(outcome "$helper" digest "$work/$length")"
    done
    is "what can't be read" "unreadable 2 /nowhere
unreadable 21 $work
digest e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 $work/0
status 0" "$(outcome "$helper" digest /nowhere "$work" "$work/0")"
    is "no file" "status 64" "$(outcome "$helper" digest)"
}

test_version() {
    printf '#!/bin/sh\necho "$1 of me"; echo more\n' >"$work/emulator"
    chmod +x "$work/emulator"
    is "emulators" "emulator /usr/bin/qemu-arm-static
version $version
emulator $work/emulator
version --version of me
status 0" "$(outcome "$helper" version /usr/bin/qemu-arm-static "$work/emulator")"

    is "programs that tell none" "emulator $work/exits-42
emulator $work/crashes
emulator $work/text
emulator /nowhere
status 0" "$(outcome "$helper" version "$work/exits-42" "$work/crashes" "$work/text" /nowhere)"

    is "an emulator that hangs" "emulator $work/hangs
status 0" "$(took 2900 30000 "$helper" version "$work/hangs")"

    is "no file" "status 64" "$(outcome "$helper" version)"
}

test_emulator() {
    register qemu-arm /usr/bin/qemu-arm-static
    is "a foreign program" "probe $work/arm
interpreter /usr/bin/qemu-arm-static
version $version
exited 42
probe $work/exits-42
exited 42
status 0" "$(outcome "$helper" probe "$work/arm" "$work/exits-42")"

    cp /usr/bin/qemu-arm-static "$work/emulator"
    register deleted "$work/emulator"
    rm "$work/emulator"
    is "a foreign program whose emulator's file is gone" "probe $work/arm
interpreter $work/emulator (deleted)
version $version
exited 42
status 0" "$(outcome "$helper" probe "$work/arm")"

    register wrong /usr/bin/qemu-s390x-static
    is "an emulator of another architecture" "probe $work/arm
interpreter /usr/bin/qemu-s390x-static
version ${version/arm/s390x}
output qemu-s390x-static: $work/arm: Invalid ELF image for this architecture
exited 255
status 0" "$(outcome "$helper" probe "$work/arm")"
}

test_table() {
    is "no such folder" "namespace
missing
status 0" "$(outcome "$helper" table /nowhere)"
    is "a file" "namespace
missing
status 0" "$(outcome "$helper" table "$work/text")"
    is "an ordinary folder" "namespace
unmounted
status 0" "$(outcome "$helper" table "$work")"
    is "a machine's first user namespace" "missing" "$(in_namespace 0 0 4294967295 "$helper" table /nowhere)"
    is "a part of the machine's ids" "namespace missing" "$(in_namespace 0 0 65536 "$helper" table /nowhere | xargs)"
    is "other numbers" "namespace missing" "$(in_namespace 0 1 4294967294 "$helper" table /nowhere | xargs)"
    is "an empty table" "namespace
mounted
entry 6 8
status
enabled

status 0" "$(outcome "$helper" table "$work/table")"

    register 'qemu arm' /usr/bin/qemu-arm-static
    is "a handler, read byte for byte" "status=enabled|, qemu arm=$(tr '\n' '|' <"$work/table/qemu arm")" "$(entries)"

    local number
    for ((number = 0; number < 200; number++)); do
        register "handler-number-$number" /usr/bin/qemu-arm-static
    done
    is "more handlers than one read of the folder gives" 202 "$(entries | tr ',' '\n' | wc -l)"

    (for ((number = 0; number < 5000; number++)); do
        printf '%s' -1 >"$work/table/come-and-go"
        register come-and-go /usr/bin/qemu-arm-static
    done) 2>/dev/null &
    for ((number = 0; number < 4; number++)); do
        entries | tr ',' '\n' | grep -vc come-and-go
    done >"$work/counts"
    kill $! 2>/dev/null && wait
    is "every other handler while one comes and goes" "      4 202" "$(uniq -c "$work/counts")"

    is "no folder" "status 64" "$(outcome "$helper" table)"
    is "two folders" "status 64" "$(outcome "$helper" table "$work" "$work")"
}

# in_namespace FIRST OUTSIDE COUNT COMMAND...: where the kernel shows this map of ids
in_namespace() {
    printf '%10s %10s %10s\n' "${@:1:3}" >"$work/map"
    unshare --mount sh -c 'mount --bind "$0" /proc/$$/uid_map && exec "$@"' "$work/map" "${@:4}"
}

# The table as Java reads it: name=content, with | for a newline
entries() {
    "$helper" table "$work/table" | python3 -c '
import sys
answer, found = sys.stdin.buffer, []
assert answer.readline() == b"namespace\n"
assert answer.readline() == b"mounted\n"
for line in iter(answer.readline, b""):
    word, name, content = line.split()
    assert word == b"entry"
    found.append(answer.read(int(name) + 1)[:-1] + b"=" + answer.read(int(content) + 1)[:-1])
print(b", ".join(sorted(found, key=lambda e: not e.startswith(b"status"))).replace(b"\n", b"|").decode())'
}

test_write() {
    local line=":mine:M::$elf:$mask:/usr/bin/qemu-arm-static:OCF" table=$work/table
    is "a handler, the same again, nonsense, no emulator, no file" "wrote 0
wrote 17
wrote 22
wrote 2
wrote 2
status 0" "$(outcome "$helper" write "$table/register" "$line" "$table/register" "$line" "$table/register" nonsense \
        "$table/register" "${line//\/usr\/bin/\/nowhere}" "$table/absent" 1)"
    is "what was registered" "magic 7f454c4601010100000000000000000002002800" "$(grep magic "$table/mine")"
    is "switching it off" "wrote 0
disabled
status 0" "$(outcome sh -c '"$0" write "$1" 0 && head -n 1 "$1"' "$helper" "$table/mine")"
    is "removing it" "wrote 0
status 0" "$(outcome "$helper" write "$table/mine" -1)"
    is "that it is gone" "register status" "$(ls "$table" | xargs)"

    printf 'before' >"$work/file"
    is "an ordinary file" "wrote 0
status 0" "$(outcome "$helper" write "$work/file" 'a\x00')"
    is "that it was neither cut nor interpreted" 'a\x00e' "$(cat "$work/file")"
    is "a folder" "wrote 21
status 0" "$(outcome "$helper" write "$work" x)"
    is "a full device" "wrote 28
status 0" "$(outcome "$helper" write /dev/full x)"
    is "that no file is made" "wrote 2
no" "$("$helper" write "$work/new" x; [ -e "$work/new" ] || echo no)"
    is "nothing" "status 64" "$(outcome "$helper" write)"
    is "half a pair" "status 64" "$(outcome "$helper" write "$work/file")"
}

test_register() {
    local line=":mine:M::$elf:$mask:/usr/bin/qemu-arm-static:OCF" table=$work/table
    is "a handler, the same again, no emulator" "wrote 0
wrote 17
wrote 2
status 0" "$(outcome "$helper" register "$table" "$line" /usr/bin/qemu-arm-static "$line" /usr/bin/qemu-arm-static \
        "${line//\/usr\/bin/\/nowhere}" /nowhere/qemu-arm-static)"
    is "that it works" "probe $work/arm
interpreter /usr/bin/qemu-arm-static
version $version
exited 42" "$("$helper" probe "$work/arm")"
    is "no table" "wrote 2
status 0" "$(outcome "$helper" register /nowhere "$line" /usr/bin/qemu-arm-static)"
    is "nothing" "status 64" "$(outcome "$helper" register "$table")"
    is "half a pair" "status 64" "$(outcome "$helper" register "$table" "$line")"
}

# As in a container: process 1 of a pid namespace
container=(unshare -Urmpf --kill-child --mount-proc)

test_hold() {
    mkdir "$work/held" "$work/none" "$work/notes"
    touch "$work/notes/qemu-arm"

    # A table that is mounted elsewhere too, as outside of a container that an engine runs in
    register_ours
    register not-noted /usr/bin/qemu-arm-static
    is "what is noted" "holding
not-noted register status" "$("$helper" hold "$work/held" 0 "$work/notes"; ls "$work/table" | xargs)"
    umount "$work/held"
    printf '%s' -1 >"$work/table/not-noted"

    is "nobody comes" "holding
status 0" "$(took 900 30000 "${container[@]}" "$helper" hold "$work/held" 1 "$work/none")"

    is "no folder" "mount 2
status 1" "$(outcome "${container[@]}" "$helper" hold /nowhere 1 "$work/none")"
    is "no privilege" "mount 1
status 1" "$(outcome unshare -U "$helper" hold "$work/held" 1 "$work/none")"
    is "no time" "status 64" "$(outcome "$helper" hold "$work/held")"
    is "no place of the notes" "status 64" "$(outcome "$helper" hold "$work/held" 1)"
    is "a time that is no number" "status 64" "$(outcome "$helper" hold "$work/held" 1s "$work/none")"
    is "lease of something" "status 64" "$(outcome "$helper" lease x)"

    local signal
    for signal in TERM INT; do
        start_first "$helper" hold "$work/held" 60 "$work/none"
        release_first holding
        kill -$signal "$holder"
        await_holder
        is "SIG$signal" "status 0" "$ended"
    done

    start_first "$helper" hold "$work/held" 2 "$work/none"
    start_lease
    release_first holding
    "${inside[@]}" sh -c 'sleep 0.1 &'   # an orphan
    sleep 3
    is "a lease" leased "$(cat "$work/lease")"
    is "that it stays for the lease" alive "$(kill -0 "$holder" && echo alive)"
    is "that the orphan was buried" "" "$(ps -o stat= --ppid "$holder")"
    is "that handlers live in it" "wrote 0
probe $work/arm
interpreter /usr/bin/qemu-arm-static
version $version
exited 42" "$("${inside[@]}" "$helper" write "$work/held/register" ":held:M::$elf:$mask:/usr/bin/qemu-arm-static:F"
              "${inside[@]}" "$helper" probe "$work/arm")"
    is "that handlers live in it only" "probe $work/arm
refused 8" "$("$helper" probe "$work/arm")"
    exec 7>&-
    wait "$lease"
    is "a lease that ends" 0 $?
    await_holder
    is "that it ends after the lease" "status 0" "$ended"

    # A process that ended in the container, but whose parent outside doesn't bury it. It can't keep the holder waiting
    # for SECONDS, only, as the kernel wants it, from vanishing.
    start_first "$helper" hold "$work/held" 1 "$work/none"
    start_lease
    release_first holding
    eventually pgrep -P "$lease" >/dev/null
    kill -STOP "$lease"
    exec 7>&-
    is "that a zombie doesn't count" yes "$(eventually is_ending "$holder" && echo yes)"
    kill -CONT "$lease"
    await_holder
    is "that it vanishes after the zombie" "status 0" "$ended"
}

# A process that is about to end has no program any more.
is_ending() {
    ! readlink "/proc/$1/exe" >/dev/null
}

# start_first COMMAND...: sets $outer, a container as seen from here, $holder, its process 1, and $inside, by which
# commands run in the container. The command does not begin before release_first: what must be there before it can be
# there, so that a busy machine can't make it come too late.
start_first() {
    rm -f "$work/gate"
    : >"$work/holder"
    "${container[@]}" sh -c 'until [ -e "$0" ]; do sleep 0.05; done; exec "$@"' "$work/gate" "$@" \
        <"${input-/dev/null}" 7>&- >"$work/holder" &
    outer=$!
    eventually pgrep -P "$outer" >/dev/null
    holder=$(pgrep -P "$outer")
    inside=(nsenter -t "$holder" --user --mount --pid --preserve-credentials)
}

# release_first [GREETING]: returns when it was printed.
release_first() {
    touch "$work/gate"
    [ $# = 0 ] || eventually grep -q "$1" "$work/holder"
}

# start_lease [EMULATOR]: sets $lease; file descriptor 7 is the other end of its stdin.
start_lease() {
    [ -p "$work/stdin" ] || mkfifo "$work/stdin"
    : >"$work/lease"
    "${inside[@]}" ${1-} "$helper" lease <"$work/stdin" >"$work/lease" &
    lease=$!
    exec 7>"$work/stdin"
    eventually grep -q . "$work/lease"
}

# await_holder: sets $ended. A holder that doesn't end by itself is killed.
await_holder() {
    eventually has_ended "$outer" || kill -KILL "$holder"
    wait "$outer"
    ended="status $?"
}

has_ended() {
    ! kill -0 "$1" 2>/dev/null
}

test_keep() {
    mkdir "$work/notes"
    touch "$work/notes/"{qemu-arm,of-others,absent}
    register of-others /usr/bin/qemu-arm-static
    register not-noted /usr/bin/qemu-arm-static

    register_ours
    is "nobody comes" "keeping
status 0" "$(took 900 30000 "${container[@]}" "$helper" keep "$work/table" 1 "$work/notes")"
    is "that only what is noted and ours was removed" "not-noted of-others register status" "$(ls "$work/table" | xargs)"

    register_ours
    start_first "$helper" keep "$work/table" 2 "$work/notes"
    start_lease
    release_first keeping
    sleep 3
    is "that it stays for the lease, and all handlers with it" "alive, not-noted of-others qemu-arm register status" \
        "$(kill -0 "$holder" && echo alive), $(ls "$work/table" | xargs)"
    exec 7>&-
    await_holder
    is "that it ends after the lease" "status 0, not-noted of-others register status" \
        "$ended, $(ls "$work/table" | xargs)"

    register_ours
    start_first "$helper" keep "$work/table" 60 "$work/notes"
    release_first keeping
    kill -TERM "$holder"
    await_holder
    is "SIGTERM" "status 0, not-noted of-others register status" "$ended, $(ls "$work/table" | xargs)"

    is "no notes" "keeping
status 71" "$(outcome "$helper" keep "$work/table" 0 /nowhere)"
    is "no table" "keeping
status 71" "$(outcome "$helper" keep /nowhere 0 "$work/notes")"
    is "no place of the notes" "status 64" "$(outcome "$helper" keep "$work/table" 1)"
    is "a time that is no number" "status 64" "$(outcome "$helper" keep "$work/table" 1s "$work/notes")"
}

# A handler that looks like ours. Without the flag F, the kernel does not ask for its emulator.
register_ours() {
    printf '%s' ":qemu-arm:M::$elf:$mask:/foreignarch/qemu-arm-static:" >"$work/table/register"
}

test_turn() {
    take_turn one 5
    eventually grep -q turn "$work/one"
    is "the first" turn "$(cat "$work/one")"
    take_turn two 6
    take_turn three 7
    sleep 0.5
    is "that the others wait" "" "$(cat "$work/two" "$work/three")"
    exec 5>&-
    eventually grep -q turn "$work/two" "$work/three"
    local next=two
    ! grep -q turn "$work/three" || next=three
    is "that only one of them is next" "turn" "$(cat "$work/two" "$work/three")"
    kill -KILL "${turns[$next]}"
    wait "${turns[$next]}" 2>/dev/null
    is "that a killed one blocks nobody" "yes" "$(eventually both_had_their_turn && echo yes)"
    exec 6>&- 7>&-
    wait

    is "no such file" "status 71" "$(outcome "$helper" turn /nowhere)"
    is "no file" "status 64" "$(outcome "$helper" turn)"
    is "two files" "status 64" "$(outcome "$helper" turn "$work/text" "$work/text")"
}

both_had_their_turn() {
    [ "$(cat "$work/two" "$work/three" | xargs)" = "turn turn" ]
}

# take_turn NAME DESCRIPTOR: the descriptor is the other end of its stdin.
declare -A turns
take_turn() {
    mkfifo "$work/$1.stdin"
    "$helper" turn "$work/text" <"$work/$1.stdin" >"$work/$1" 5>&- 6>&- 7>&- &
    turns[$1]=$!
    eval "exec $2>\"\$work/$1.stdin\""
}

test_note() {
    mkdir "$work/notes"
    is "handlers" "noted
qemu-arm qemu-s390x
status 0" "$(outcome sh -c '"$0" note "$1" qemu-arm qemu-s390x && ls "$1" | xargs' "$helper" "$work/notes")"
    is "one that is noted already" "noted
status 0" "$(outcome "$helper" note "$work/notes" qemu-arm)"
    is "no folder" "status 71" "$(outcome "$helper" note /nowhere qemu-arm)"
    is "a name that no file can have" "status 71" "$(outcome "$helper" note "$work/notes" "$(printf 'a%.0s' {1..300})")"
    is "no handler" "status 64" "$(outcome "$helper" note "$work/notes")"
    is "nothing" "status 64" "$(outcome "$helper" note)"
}

# run MILLISECONDS INPUT DIRECTORY PROGRAM...: what the program prints, and then the runner's words, with the number of
# its child as PID. (As they come, the program's may be faster.)
run() {
    $runner run T0KEN "$@" 2>"$work/words"
    sed 's/^\(T0KEN started\) [0-9]*$/\1 PID/' "$work/words"
}

test_run() {
    is "a program" "T0KEN started PID
T0KEN exited 42" "$(run 0 none / "$work/exits-42")"
    is "a crash" "T0KEN started PID
T0KEN killed 11" "$(run 0 none / "$work/crashes")"
    is "an exit status that looks like a crash" "T0KEN started PID
T0KEN exited 139" "$(run 0 none / /bin/sh -c 'exit 139')"
    is "no program" "T0KEN refused 2" "$(run 0 none / /nowhere)"
    is "a text" "T0KEN refused 8" "$(run 0 none / "$work/text")"

    is "arguments, environment, no blocked signals, no cores" "one  two
ada
blocked: set()
0
T0KEN started PID
T0KEN exited 0" "$(NAME=ada run 0 none / /bin/sh -c 'echo "$@"; echo $NAME; "$0"; ulimit -c' "$work/shows-its-mask" 'one ' two)"
    is "a directory that is made" "$work/new/of/mine
T0KEN started PID
T0KEN exited 0" "$(run 0 none "$work/new/of/mine" /bin/pwd)"
    is "a directory that is none" "T0KEN nowhere 20" "$(run 0 none "$work/text" "$work/exits-42")"

    is "output, untouched" "one

from here, unfinished" "$("$runner" run T0KEN 0 none / "$work/talks" 2>"$work/words" <<<'from here, ' | xargs -0 printf %s \
        | sed 's/, $/, unfinished/; /^unfinished$/d')"
    is "its errors, among the runner's words" "T0KEN exited 3
T0KEN started PID
two" "$(sed 's/started [0-9]*$/started PID/' "$work/words" | sort)"

    is "input in parts" "one, two
T0KEN started PID
T0KEN exited 0" "$(printf '5\none, 4\ntwo\n0\nnot for the program' | run 0 parts / /bin/cat)"
    is "much binary input in parts" "$(many_bytes | sha256sum)" \
        "$(many_bytes | in_parts | "$runner" run T0KEN 0 parts / /bin/cat 2>/dev/null | sha256sum)"
    is "parts that nobody reads" "T0KEN started PID
T0KEN exited 42" "$(many_bytes | in_parts | run 0 parts / "$work/exits-42")"

    is "a time limit" "waiting
T0KEN started PID
T0KEN overdue" "$(took 400 30000 run 500 none / "$work/hangs-with-child" | grep -v ^status)"
    is "its child, which was killed too" "" "$(ps -o stat= -p "$(cat "$work/hangs-with-child.child")" | grep -v Z)"
    is "no waiting for a child that is left behind" "gone
T0KEN started PID
T0KEN exited 0" "$(took 0 30000 run 0 none / "$work/leaves-a-child" | grep -v ^status)"

    is "nothing" "status 64" "$(outcome "$runner")"
    is "no program named" "status 64" "$(outcome "$runner" run T0KEN 0 none /)"
}

many_bytes() { python3 -c 'import sys; sys.stdout.buffer.write(bytes(range(256)) * 4096 + b"the end")'; }

in_parts() {
    python3 -c '
import sys
bytes, size = sys.stdin.buffer.read(), 0
while bytes:
    size = size * 3 % 70001 + 1
    part, bytes = bytes[:size], bytes[size:]
    sys.stdout.buffer.write(b"%d\n" % len(part) + part)
sys.stdout.buffer.write(b"0\n")' 2>/dev/null
}

test_signal() {
    "$runner" run T0KEN 0 none / "$work/hangs-with-child" >/dev/null 2>"$work/words" &
    eventually grep -q started "$work/words"
    eventually test -s "$work/hangs-with-child.child"
    local program
    program=$(sed 's/.* //' "$work/words")
    is "a signal" "status 0" "$(outcome "$runner" signal 15 "$program")"
    wait $!
    is "what it did" "T0KEN killed 15" "$(tail -n 1 "$work/words")"
    is "that it was for the children too" "" "$(ps -o stat= -p "$(cat "$work/hangs-with-child.child")" | grep -v Z)"
    is "a program that is gone" "status 3" "$(outcome "$runner" signal 15 99999999)"
    is "no program" "status 64" "$(outcome "$runner" signal 15)"
}

# request ID ARGUMENTS WORD...: the first words are arguments, the others variables.
request() {
    printf '%s %s %s\n' "$1" "$(printf '%s\0' "${@:3}" | wc -c)" "$2"
    printf '%s\0' "${@:3}"
}

# serve FILE [ID]: what the runner answers to the requests in a file. Its input stays open until that command has ended.
serve() {
    local served
    rm -f "$work/requests"
    mkfifo "$work/requests"
    $runner serve <"$work/requests" >"$work/answers" &
    served=$!
    exec 7>"$work/requests"
    cat "$1" >&7
    eventually grep -aq "^${2-1} end 0" "$work/answers"
    exec 7>&-
    wait "$served" || echo "status $?"
    cat "$work/answers"
}

test_serve() {
    request 1 3 /bin/sh -c 'echo one; exec >&-; sleep 0.1; printf two >&2' >"$work/file"
    is "a command" "0 end 0
1 out 4
one
1 err 3
two1 end 0" "$(serve "$work/file")"

    request 1 1 /nowhere >"$work/file"
    is "no program" "0 end 0
1 end 0" "$(serve "$work/file")"

    request 1 4 /bin/sh -c 'cat; echo "$0, $NAME, $FROM"' 'an argument' NAME=ada >"$work/file"
    is "arguments, variables, an empty input" "0 end 0
1 out 26
an argument, ada, outside
1 end 0" "$(NAME=bob FROM=outside serve "$work/file")"
    request 1 1 /usr/bin/env NAME=ada NAMES=2 >"$work/file"
    is "that a variable is there once" "NAME=ada NAMES=2 FROM=outside" \
        "$(NAME=bob FROM=outside serve "$work/file" | grep -aE '^(NAME|NAMES|FROM)=' | xargs)"

    { request 1 3 /bin/sh -c 'sleep 0.5; echo one'; request 2 2 /bin/echo two; request 3 2 /bin/sleep 1; } >"$work/file"
    is "commands side by side" "0 end 0
2 out 4
two
2 end 0
1 out 4
one
1 end 0
3 end 0" "$(serve "$work/file" 3)"

    local number
    for number in {1..99}; do
        request "$number" 3 /bin/sh -c "sleep 0.1; echo number $number"
    done >"$work/file"
    request 100 2 /bin/sleep 2 >>"$work/file"
    is "more than it serves at once" "99 100" \
        "$(serve "$work/file" 100 >/dev/null; grep -ac '^number' "$work/answers") $(grep -ac '^[1-9][0-9]* end 0' "$work/answers")"

    many_bytes >"$work/many"
    request 1 2 /bin/cat "$work/many" >"$work/file"
    is "much binary output" "$(sha256sum <"$work/many")" "$(serve "$work/file" >/dev/null; output_of 1 <"$work/answers" | sha256sum)"

    { request 1 3 /bin/sh -c 'exit 3'; cut -c 1-7 <<<"2 9999 1 unfinished"; } >"$work/file"
    is "a request that never ends" "0 end 0
1 end 0" "$("$runner" serve < <(cat "$work/file"; sleep 1))"
    is "no input at all" "0 end 0
status 0" "$(outcome "$runner" serve </dev/null)"
    is "a word too many" "status 64" "$(outcome "$runner" serve 1)"
}

# output_of ID: what the command of this ID has written, of the answers on the input.
output_of() {
    python3 -c '
import sys
answers = sys.stdin.buffer
for line in answers:
    number, what, length = line.split()
    content = answers.read(int(length))
    if number == sys.argv[1].encode() and what == b"out":
        sys.stdout.buffer.write(content)' "$1"
}

test_rest() {
    local signal
    open_input
    for signal in TERM INT; do
        start_first "$runner" rest
        release_first
        eventually is_resting
        "${inside[@]}" sh -c 'sleep 0.1 &'   # an orphan
        is "that an orphan is buried" yes "$(eventually no_child && echo yes)"
        kill -$signal "$holder"
        await_holder
        is "SIG$signal" "status 0" "$ended"
    done
    start_first "$runner" rest
    release_first
    eventually is_resting
    echo 'not for us' >&7
    sleep 0.3
    is "that input is read" alive "$(kill -0 "$holder" && echo alive)"
    exec 7>&-
    await_holder
    is "the end of the input" "status 0" "$ended"
    is "a word too many" "status 64" "$(outcome "$runner" rest 1)"
}

# open_input: what start_first starts has an input from now on, which ends when 7 is closed.
open_input() {
    input=$work/input
    mkfifo "$input"
    exec 7<>"$input"
}

is_resting() {
    grep -q '^271 ' "/proc/$holder/syscall"
}

no_child() {
    [ -z "$(ps -o pid= --ppid "$holder")" ]
}

# test_foreign ARCHITECTURE QEMU: what can be seen of another architecture's programs under QEMU, which has no ptrace.
test_foreign() {
    local native=$helper qemu=$2
    helper=$resources/emulation/helper/$1
    runner=$resources/program/runner/$1
    mkdir "$work/held" "$work/none"
    register qemu-arm /usr/bin/qemu-arm-static

    is "probe" "probe $work/exits-42
exited 42
probe $work/arm
exited 42
probe /nowhere
refused 2
probe $work/text
refused 8
probe $work/crashes
signaled 11
probe $work/talks
output one
output 
output two
output unfinished
exited 3
status 0" "$(outcome "$qemu" "$helper" probe "$work/exits-42" "$work/arm" /nowhere "$work/text" "$work/crashes" \
        "$work/talks")"

    is "table" "$("$native" table "$work/table")" "$("$qemu" "$helper" table "$work/table")"
    is "no table" "namespace
unmounted
namespace
missing" "$("$qemu" "$helper" table "$work"; "$qemu" "$helper" table /nowhere)"

    printf 'before' >"$work/file"
    is "write" "wrote 0
wrote 2
wrote 17
a\x00e" "$("$qemu" "$helper" write "$work/file" 'a\x00' /nowhere x \
        "$work/table/register" ":qemu-arm:M::$elf:$mask:/usr/bin/qemu-arm-static:F"; cat "$work/file")"

    is "register" "wrote 17
status 0" "$(outcome "$qemu" "$helper" register "$work/table" \
        ":qemu-arm:M::$elf:$mask:/usr/bin/qemu-arm-static:F" /usr/bin/qemu-arm-static)"

    is "hold without a folder" "mount 2
status 1" "$(outcome "$qemu" "$helper" hold /nowhere 1 "$work/none")"

    start_first "$qemu" "$helper" hold "$work/held" 60 "$work/none"
    release_first holding
    kill -TERM "$holder"
    await_holder
    is "hold, SIGTERM" "holding status 0" "$(cat "$work/holder") $ended"

    start_first "$qemu" "$helper" hold "$work/held" 2 "$work/none"
    start_lease "$qemu"
    release_first holding
    sleep 3
    is "lease" "leased, holder alive" "$(cat "$work/lease"), holder $(kill -0 "$holder" && echo alive)"
    exec 7>&-
    await_holder
    is "the end of lease and holder" "status 0" "$ended"

    mkdir "$work/notes"
    is "note" "noted
qemu-arm" "$("$qemu" "$helper" note "$work/notes" qemu-arm; ls "$work/notes")"
    printf '%s' -1 >"$work/table/qemu-arm"
    register_ours
    is "keep" "keeping
register status" "$("$qemu" "$helper" keep "$work/table" 0 "$work/notes"; ls "$work/table" | xargs)"
    is "turn" "turn
status 0" "$(outcome "$qemu" "$helper" turn "$work/text" </dev/null)"
    is "version" "emulator /usr/bin/qemu-arm-static
version $version
status 0" "$(outcome "$qemu" "$helper" version /usr/bin/qemu-arm-static)"
    is "session" "session
probe $work/exits-42
exited 42
status 0" "$(outcome "$qemu" "$helper" session "$work/exits-42" </dev/null)"
    head -c 200001 "$(command -v "$qemu")" >"$work/odd"
    is "digest" "digest $(sha256sum <"$work/odd" | cut -d ' ' -f 1) $work/odd
status 0" "$(outcome "$qemu" "$helper" digest "$work/odd")"
    is "wrong usage" "status 64" "$(outcome "$qemu" "$helper")"

    is "run" "one, two
T0KEN started PID
T0KEN exited 0
T0KEN started PID
T0KEN killed 11
T0KEN started PID
T0KEN overdue
T0KEN refused 2
T0KEN nowhere 20" "$(runner="$qemu $runner"
        printf '5\none, 4\ntwo\n0\n' | run 0 parts / /bin/cat
        run 0 none "$work/new" "$work/crashes"
        run 200 none / "$work/hangs"
        run 0 none / /nowhere
        run 0 none "$work/text" /bin/cat)"
    request 1 3 /bin/sh -c 'printf $NAME' NAME=ada >"$work/file"
    is "serve" "0 end 0
1 out 3
ada1 end 0" "$(runner="$qemu $runner" serve "$work/file")"
    is "rest" "status 64" "$(outcome "$qemu" "$runner" rest 1)"
    is "signal" "status 3" "$(outcome "$qemu" "$runner" signal 15 99999999)"
}

main "$@"
