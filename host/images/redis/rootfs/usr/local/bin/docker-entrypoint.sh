#!/bin/sh
# Starts redis-server for "redis-server …", "--option …" or "some.conf …", and anything else as it is.
set -eu
case ${1:-} in
  -* | *.conf) set -- redis-server "$@" ;;
esac
if [ "$1" = redis-server ]; then
  # Reachable from other hosts, as in the official image, unless a configuration file decides.
  case ${2:-} in
    *.conf) ;;
    *) shift; set -- redis-server --protected-mode no "$@" ;;
  esac
  if [ "$(id -u)" = 0 ]; then
    chown redis:redis .
    set -- setpriv --reuid=redis --regid=redis --clear-groups "$@"
  fi
fi
exec "$@"
