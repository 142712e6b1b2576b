# shellcheck shell=bash disable=SC2034,SC2154
# Redis, with the official image's interface: port, working folder, command line.
image=redis:7
base=debian
architectures=("${NARROW[@]}")
packages=(redis-server redis-tools)
config='{"Entrypoint": ["docker-entrypoint.sh"], "Cmd": ["redis-server"], "WorkingDir": "/data",
  "ExposedPorts": {"6379/tcp": {}},
  "Env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]}'

finish() {
  local root=$1 base_directory=$3
  rm -rf "$root/etc/init.d" "$root/lib/systemd" "$root/etc/default"
  add_user "$root" "$base_directory" redis /data
  install -d -o 999 -g 999 "$root/data"
}
