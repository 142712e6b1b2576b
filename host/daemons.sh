# shellcheck shell=bash
# Background processes without an init system: start, find again, stop. Only those that we started.

# A process id alone may belong to somebody else by now; with its start time and the boot it is unique.
process_identity() {
  local stat
  { stat=$(<"/proc/$1/stat"); } 2>/dev/null || return 1
  stat=${stat##*) }                                  # the name before may contain blanks
  local -a fields
  read -ra fields <<<"$stat"
  [[ ${fields[0]} != Z ]] || return 1
  printf '%s %s %s\n' "$1" "${fields[19]}" "$(<"$BOOT_ID_FILE")"
}

daemon_pid() {
  local pid
  { read -r pid _ <"$RUNTIME/$1.pid"; } 2>/dev/null && printf '%s\n' "$pid"
}

daemon_running() {
  local pid
  pid=$(daemon_pid "$1") && [[ $(process_identity "$pid") == "$(<"$RUNTIME/$1.pid")" ]]
}

# daemon_start NAME COMMAND…: does nothing if it runs.
# The process writes its own identity down before it becomes the daemon, so that none is ever lost.
daemon_start() {
  local name=$1
  shift
  daemon_running "$name" && return
  (
    process_identity "$BASHPID" >"$RUNTIME/$name.pid"
    exec setsid "$@"
  ) </dev/null >>"$LOGS/$name.log" 2>&1 9>&- &
  disown
}

# daemon_await NAME SECONDS COMMAND…: until the command says that the daemon is ready.
daemon_await() {
  local name=$1 seconds=$2
  shift 2
  retry "$seconds" "$@" && return
  tail -n 15 "$LOGS/$name.log" | sed 's/^/       | /' >&2
  die "$name does not answer." "Its log is $LOGS/$name.log. Stop what is in its way, then try again."
}

daemon_stop() {
  local name=$1 pid
  if daemon_running "$name"; then
    pid=$(daemon_pid "$name")
    kill -TERM "$pid"
    retry 20 daemon_stopped "$name" || kill -KILL "$pid"
    say "$name: stopped"
  fi
  rm -f "$RUNTIME/$name.pid"
}

daemon_stopped() { ! daemon_running "$1"; }
