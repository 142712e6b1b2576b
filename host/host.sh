#!/bin/bash
# Gives this machine what foreign-architecture tests need, and takes it away again. See `./run host help`.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly here
for part in common daemons packages binfmt registry engine foreign-packages layers publish images debian-roots \
  newer-engines engines; do
  # shellcheck source=/dev/null
  . "$here/$part.sh"
done

usage() {
  cat <<END
usage: ./run host up [engines] [jvm] [modules] [browser]
                          use the container engine that answers, or set one up here (Debian 12, root);
                          engines: eleven more, for the extension's own tests; jvm: images with a Java runtime;
                          modules: images of more servers; browser: Chromium, for the test of the report
       ./run host status  what is there
       ./run host down [--purge]
                          stop and undo what 'up' started; --purge deletes images and downloads, too
END
}

up() {
  local extra
  for extra; do [[ $extra == @(engines|jvm|modules|browser) ]] || { usage >&2; exit 2; }; done
  if engine_is_users; then
    engine_report_users
    forget_environment
    binfmt_switch_on
    if [[ " $* " == *" browser "* ]]; then browser_up; fi
    return
  fi
  engine_may_be_ours
  require_root "Setting up a container engine"
  prepare_directories
  take_lock
  binfmt_up
  packages_up "${BASE_PACKAGES[@]}"
  registry_up
  engine_up
  images_up busybox debian redis postgres
  for extra; do
    case $extra in
      engines) engines_up ;;
      jvm) images_up eclipse-temurin ;;
      modules) images_up rabbitmq ;;
      browser) browser_up ;;
    esac
  done
  write_environment
  say "Ready after $SECONDS s"
}

# What tests on this host need to know; `run` reads it. A user's own engine needs none.
write_environment() {
  local engine
  {
    # The container that cleans up after Testcontainers needs an image from Docker Hub.
    echo "TESTCONTAINERS_RYUK_DISABLED=true"
    for engine in "${ENGINES[@]}"; do
      daemon_running "$engine" || continue
      echo "FOREIGNARCH_ENGINE_${engine^^}=$(engine_address "$engine")"
      echo "FOREIGNARCH_PORTS_${engine^^}=$(engine_ports "$engine")"
    done
  } >"$ENV_FILE.new"
  mv "$ENV_FILE.new" "$ENV_FILE"
}

# What was found out for an engine of ours that is gone, for example after a restart, would mislead tests on the user's.
forget_environment() {
  daemon_running docker || [[ ! -e $ENV_FILE ]] || rm -f "$ENV_FILE" ||
    say "WARNING: $ENV_FILE is about an engine that does not run anymore. Remove it."
}

down() {
  [[ ${1:---purge} == --purge ]] || { usage >&2; exit 2; }
  [[ -d $STATE || -d $RUNTIME ]] || { say "Nothing was set up here."; return; }
  require_root "Taking down"
  prepare_directories
  take_lock
  engines_down
  engine_down
  daemon_stop registry
  binfmt_down
  remove_our_policy
  rm -f "$ENV_FILE"
  if [[ ${1:-} == --purge ]]; then
    find "$STATE" -mindepth 1 -maxdepth 1 ! -name lock -exec rm -rf --one-file-system {} +
    say "Down, and nothing of ours is left but the installed packages."
  else
    say "Down. Installed packages stay; $STATE keeps images and downloads (--purge deletes them)."
  fi
}

status() {
  local daemon
  if engine_answers; then
    say "engine       answers: $(docker version --format '{{.Server.Version}}'), $(engine_is_users && echo "your own" || echo "ours")"
  else
    say "engine       none answers"
  fi
  for daemon in registry docker "${ENGINES[@]}"; do
    say "$(printf '%-20s %s' "$daemon" "$(daemon_running "$daemon" && echo "runs, process $(daemon_pid "$daemon")" || echo "not running")")"
  done
  binfmt_status
  say "images       $(cd "$IMAGES" 2>/dev/null && echo ./*/key | sed 's|\./||g; s|/key||g; s|\*|none|')"
}

main() {
  case ${1:-help} in
    up) up "${@:2}" ;;
    down) down "${@:2}" ;;
    status) status ;;
    help | -h | --help) usage ;;
    *) usage >&2; exit 2 ;;
  esac
}

main "$@"
exit                                # bash would go on reading a file that was edited meanwhile
