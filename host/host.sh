#!/bin/bash
# Gives this machine what foreign-architecture tests need, and takes it away again. See `./run host help`.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly here
for part in common daemons packages binfmt registry engine foreign-packages layers publish images; do
  # shellcheck source=/dev/null
  . "$here/$part.sh"
done

usage() {
  cat <<END
usage: ./run host up      use the container engine that answers, or set one up here (Debian 12, root)
       ./run host status  what is there
       ./run host down [--purge]
                          stop and undo what 'up' started; --purge deletes images and downloads, too
END
}

up() {
  if engine_is_users; then
    engine_report_users
    return
  fi
  require_root "Setting up a container engine"
  prepare_directories
  take_lock
  binfmt_up
  packages_up "${BASE_PACKAGES[@]}"
  registry_up
  engine_up
  images_up busybox debian redis postgres
  write_environment
  say "Ready after $SECONDS s"
}

# What tests on this host need to know; `run` reads it. A user's own engine needs none.
write_environment() {
  # The container that cleans up after Testcontainers needs an image from Docker Hub.
  echo "TESTCONTAINERS_RYUK_DISABLED=true" >"$ENV_FILE.new"
  mv "$ENV_FILE.new" "$ENV_FILE"
}

down() {
  [[ -d $STATE || -d $RUNTIME ]] || { say "Nothing was set up here."; return; }
  require_root "Taking down"
  prepare_directories
  take_lock
  daemon_stop docker
  daemon_stop registry
  binfmt_down
  remove_our_policy
  rm -f "$ENV_FILE"
  say "Down. Installed packages stay; $STATE keeps images and downloads."
}

status() { binfmt_status; }

case ${1:-help} in
  up) up "${@:2}" ;;
  down) down "${@:2}" ;;
  status) status ;;
  help | -h | --help) usage ;;
  *) usage >&2; exit 2 ;;
esac
