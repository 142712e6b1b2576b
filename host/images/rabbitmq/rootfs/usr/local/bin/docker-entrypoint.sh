#!/bin/sh
# Starts rabbitmq-server as the user rabbitmq, with the first user that the environment names; anything else as it is.
set -eu
if [ "$1" = rabbitmq-server ]; then
  {
    echo "loopback_users.guest = false"
    echo "default_user = ${RABBITMQ_DEFAULT_USER:-guest}"
    echo "default_pass = ${RABBITMQ_DEFAULT_PASS:-guest}"
    echo "default_vhost = ${RABBITMQ_DEFAULT_VHOST:-/}"
  } >/etc/rabbitmq/conf.d/10-defaults.conf
  if [ "$(id -u)" = 0 ]; then
    set -- setpriv --reuid=rabbitmq --regid=rabbitmq --clear-groups "$@"
  fi
fi
exec "$@"
