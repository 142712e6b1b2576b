#!/bin/bash
# Creates the database cluster on the first start, as the environment says, then becomes the server.
set -euo pipefail

: "${POSTGRES_USER:=postgres}" "${POSTGRES_DB:=$POSTGRES_USER}" "${POSTGRES_INITDB_ARGS:=}"
: "${POSTGRES_PASSWORD:=}" "${POSTGRES_HOST_AUTH_METHOD:=}"

# from_file NAME: a secret may come in a file, named by NAME_FILE.
from_file() {
  local file=$1_FILE
  if [[ -n ${!file:-} ]]; then printf -v "$1" %s "$(<"${!file}")"; fi
}

become_postgres() {
  install -d -o postgres -g postgres -m 700 "$PGDATA"
  chown -R postgres:postgres "$PGDATA" /run/postgresql
  exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
}

create_cluster() {
  if [[ -z $POSTGRES_PASSWORD && $POSTGRES_HOST_AUTH_METHOD != trust ]]; then
    echo "Error: set POSTGRES_PASSWORD, or POSTGRES_HOST_AUTH_METHOD=trust to allow connections without one." >&2
    exit 1
  fi
  local -a options=()
  eval "options=($POSTGRES_INITDB_ARGS)"        # the official image allows quotes in it
  initdb --username="$POSTGRES_USER" --pwfile=<(printf '%s\n' "$POSTGRES_PASSWORD") "${options[@]}"
  echo "host all all all ${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}" >>"$PGDATA/pg_hba.conf"
}

psql_local() { PGPASSWORD=$POSTGRES_PASSWORD psql -v ON_ERROR_STOP=1 --no-psqlrc --no-password -U "$POSTGRES_USER" "$@"; }

create_database() {
  [[ $POSTGRES_DB == postgres ]] || psql_local -d postgres -v db="$POSTGRES_DB" <<<'CREATE DATABASE :"db";'
}

run_init_scripts() {
  local script
  for script in /docker-entrypoint-initdb.d/*; do
    case $script in
      *.sh)
        echo "$0: running $script"
        # shellcheck source=/dev/null
        if [[ -x $script ]]; then "$script"; else . "$script"; fi
        ;;
      *.sql)
        echo "$0: running $script"
        psql_local -d "$POSTGRES_DB" -f "$script"
        ;;
      *.sql.gz)
        echo "$0: running $script"
        gunzip -c "$script" | psql_local -d "$POSTGRES_DB"
        ;;
    esac
  done
}

case ${1:-} in -*) set -- postgres "$@" ;; esac
if [[ ${1:-} != postgres ]]; then exec "$@"; fi
if ((EUID == 0)); then become_postgres "$@"; fi

if [[ ! -s $PGDATA/PG_VERSION ]]; then
  from_file POSTGRES_PASSWORD
  create_cluster
  # No other host may connect before the cluster is complete.
  # An emulated server on a busy machine may take longer than pg_ctl's minute.
  pg_ctl -w -t 600 start -o "$(printf '%q ' "${@:2}" -c listen_addresses=)"
  create_database
  export POSTGRES_USER POSTGRES_DB POSTGRES_PASSWORD
  run_init_scripts
  pg_ctl -m fast -w -t 600 stop
  echo
  echo "PostgreSQL init process complete; ready for start up."
  echo
fi
exec "$@"
