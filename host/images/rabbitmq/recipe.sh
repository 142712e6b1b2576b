# shellcheck shell=bash disable=SC2034,SC2154
# RabbitMQ, with the official image's interface: environment, ports, command line, log on the console.
image=rabbitmq:3
base=debian
architectures=(amd64 s390x)             # where Erlang has a compiler of its own, QEMU 7.2 dies: arm64
packages=(rabbitmq-server)
omit='^(cron.*|logrotate|.*python3.*|media-types|openssl|socat|lib(gssapi|k5crypto|krb5|keyutils|nsl|tirpc|sqlite3|ffi|expat1|readline|db5|gdbm|popt|wrap|com-err).*|readline-common|procps)='
config='{"Entrypoint": ["docker-entrypoint.sh"], "Cmd": ["rabbitmq-server"],
  "ExposedPorts": {"4369/tcp": {}, "5671/tcp": {}, "5672/tcp": {}, "15691/tcp": {}, "15692/tcp": {}, "25672/tcp": {}},
  "Env": ["PATH=/usr/lib/rabbitmq/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "LANG=C.UTF-8", "HOME=/var/lib/rabbitmq", "RABBITMQ_LOGS=-"]}'

finish() {
  local root=$1 base_directory=$3
  rm -rf "$root"/{etc/init.d,etc/logrotate.d,lib/systemd,usr/sbin/rabbitmq*}
  add_user "$root" "$base_directory" rabbitmq /var/lib/rabbitmq
  mkdir -p "$root"/{var/lib/rabbitmq,var/log/rabbitmq,etc/rabbitmq/conf.d}
  chown -R 999:999 "$root"/{var/lib,var/log,etc}/rabbitmq
}
