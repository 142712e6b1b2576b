# shellcheck shell=bash
# A container registry on this machine, which our Docker asks before Docker Hub.

readonly REGISTRY=127.0.0.1:5000

registry_answers() { curl -fsS -m 5 "http://$REGISTRY/v2/"; }

registry_up() {
  daemon_running registry && return
  if registry_answers >/dev/null 2>&1; then
    die "Port ${REGISTRY#*:} is taken by another program." "Stop it (ss -ltnp shows which it is) and try again."
  fi
  mkdir -p "$STATE/registry"
  cat >"$STATE/registry.yml" <<END
version: 0.1
storage: {filesystem: {rootdirectory: $STATE/registry}}
http: {addr: $REGISTRY}
END
  say "Starting a registry on $REGISTRY …"
  daemon_start registry docker-registry serve "$STATE/registry.yml"
  daemon_await registry 20 registry_answers
}
