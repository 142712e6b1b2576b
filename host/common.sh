# shellcheck shell=bash disable=SC2034
# What every other file here stands on: where things are kept, how to speak, how to fail, how to be alone.

readonly STATE=/var/lib/foreignarch       # survives a restart of the machine: downloads, images, logs
readonly RUNTIME=/run/foreignarch         # about the running system: process ids, sockets, the lock
readonly LOGS=$STATE/log
readonly ENV_FILE=$STATE/env
readonly BOOT_ID_FILE=/proc/sys/kernel/random/boot_id

say() { printf '[host] %s\n' "$*"; }

# die WHAT REMEDY…: says what is wrong, then what the reader can do about it.
die() {
  printf '[host] ERROR: %s\n' "$1" >&2
  shift
  printf '[host]        %s\n' "$@" >&2
  exit 1
}

# step TEXT LOG COMMAND…: runs a slow command, its output in a log file; shows the time it took,
# or the end of the log if it failed.
step() {
  local text=$1 log=$LOGS/$2.log started=$SECONDS
  shift 2
  say "$text …"
  # In the background, because bash ignores `set -e` in whatever is tested by `if` or `||`.
  (set -e; "$@") </dev/null >"$log" 2>&1 &
  if ! wait $!; then
    tail -n 15 "$log" | sed 's/^/       | /' >&2
    die "Failed: $text." "The whole output is in $log. After fixing the cause, run the same command again."
  fi
  say "$text: done in $((SECONDS - started)) s"
}

# retry SECONDS COMMAND…: until it succeeds, ten times a second.
retry() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < deadline)) || return 1
    sleep 0.1
  done
}

# within SECONDS COMMAND…: fails if it takes longer. macOS has no command for that; there it may take as long as it likes.
within() { if command -v timeout >/dev/null; then timeout "$@"; else "${@:2}"; fi; }

# Some machines keep /run on disk. What it says about an earlier boot is wrong.
prepare_directories() {
  mkdir -p "$STATE" "$LOGS" "$RUNTIME"
  if [[ $(<"$BOOT_ID_FILE") != $(cat "$RUNTIME/boot-id" 2>/dev/null) ]]; then
    find "$RUNTIME" -mindepth 1 -delete
    cat "$BOOT_ID_FILE" >"$RUNTIME/boot-id"
  fi
}

# Only one process at a time changes the host. The lock is file descriptor 9; daemons must not inherit it.
take_lock() {
  exec 9>"$STATE/lock"
  flock -n 9 && return
  say "Another run is changing this host; waiting for it …"
  flock -w 900 9 || die "Waited 15 minutes for the other run." "See who holds $STATE/lock: fuser -v $STATE/lock"
}

require_root() {
  ((EUID == 0)) || die "$1 needs root." "Run it as root, or start a Docker engine that your user can reach and try again."
}
