# shellcheck shell=bash disable=SC2034,SC2154
# PostgreSQL, with the official image's interface: environment, init scripts, log lines, command line.
image=postgres:15
base=debian
architectures=("${NARROW[@]}")
packages=(postgresql-15)
config='{"Entrypoint": ["docker-entrypoint.sh"], "Cmd": ["postgres"], "StopSignal": "SIGINT",
  "ExposedPorts": {"5432/tcp": {}},
  "Env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/lib/postgresql/15/bin",
    "LANG=C.UTF-8", "PG_MAJOR=15", "PGDATA=/var/lib/postgresql/data"]}'
# The just-in-time compiler: 30 MB, and of no use for tests. Without it PostgreSQL interprets.
omit='^(libllvm14|libz3-4|locales|libc-l10n|ssl-cert|openssl|postgresql(-client)?-common)='

finish() {
  local root=$1 base_directory=$3 share=$1/usr/share/postgresql/15
  rm -rf "$root"/usr/lib/postgresql/15/lib/{bitcode,llvmjit*} "$root/etc/init.d" "$root/lib/systemd"
  echo "listen_addresses = '*'" >>"$share/postgresql.conf.sample"
  add_user "$root" "$base_directory" postgres /var/lib/postgresql
  install -d -o 999 -g 999 "$root/var/lib/postgresql" "$root/run/postgresql" "$root/docker-entrypoint-initdb.d"
}
