# shellcheck shell=bash disable=SC2034
# Debian packages for this machine. The machine's own apt configuration stays as it is: sources, pin and
# lists are ours, kept under $STATE/apt.

readonly APT=$STATE/apt
readonly KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg
readonly POLICY=/usr/sbin/policy-rc.d

# Debian 12's own Docker, 20.10, sets no platform on imported images and is old; Debian 13's runs on 12.
readonly ENGINE_PACKAGES=(docker.io/trixie docker-cli/trixie iptables iproute2)
readonly BASE_PACKAGES=("${ENGINE_PACKAGES[@]}" docker-registry qemu-user-static curl jq)

packages_up() {
  local -a missing
  mapfile -t missing < <(packages_missing "$@")
  ((${#missing[@]})) || return 0
  require_debian
  step "Installing ${missing[*]}" apt binfmt_unchanged_by packages_install "${missing[@]}"
}

# Whatever Chromium is there will do.
browser_up() {
  command -v chromium google-chrome chromium-browser >/dev/null ||
    { require_root "Installing a browser"; prepare_directories; packages_up chromium fonts-dejavu-core; }
}

packages_missing() {
  local name status version package
  local -A installed=()
  while read -r name status version; do
    [[ $status != installed ]] || installed[$name]=$version
  done < <(dpkg-query -W -f '${Package} ${db:Status-Status} ${Version}\n' "${@%/*}" 2>/dev/null)
  if dpkg --compare-versions "${installed[docker.io]:-26}" lt 26; then unset 'installed[docker.io]'; fi
  for package; do
    [[ -n ${installed[${package%/*}]:-} ]] || printf '%s\n' "$package"
  done
}

require_debian() {
  local release
  release=$(. /etc/os-release && printf '%s %s' "$ID" "${VERSION_ID:-}")
  [[ $release == "debian 12" ]] || die "No container engine answers, and this is $release: it can only be set up on Debian 12." \
    "Install Docker (or Podman with DOCKER_HOST set), start it, and try again."
}

packages_install() {
  write_apt_configuration
  local -x APT_CONFIG=$APT/apt.conf DEBIAN_FRONTEND=noninteractive
  dpkg --configure -a                                   # heals an install that was killed
  apt-get update
  without_starting_services apt-get install -y --no-install-recommends \
    -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confold -o Dpkg::Options::=--force-unsafe-io "$@"
}

write_apt_configuration() {
  mkdir -p "$APT/lists/partial"
  cat >"$APT/apt.conf" <<END
Dir::Etc::SourceList "$APT/sources.list";
Dir::Etc::SourceParts "/dev/null";
Dir::Etc::Preferences "$APT/preferences";
Dir::Etc::PreferencesParts "/dev/null";
Dir::State::Lists "$APT/lists";
END
  local mirror
  mirror=$(debian_mirror)
  printf 'deb [signed-by=%s] %s %s main\n' "$KEYRING" "$mirror" bookworm "$KEYRING" "$mirror" trixie >"$APT/sources.list"
  # Below every installed and every Debian 12 version: only what is asked for by name comes from 13.
  printf 'Package: *\nPin: release n=trixie\nPin-Priority: 100\n' >"$APT/preferences"
}

# The mirror that this machine already uses.
debian_mirror() {
  local mirror
  # shellcheck disable=SC2016  # apt's variables
  mirror=$(apt-get indextargets --format '$(CODENAME) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
    awk '$1 == "bookworm" { print $2; exit }')
  [[ -n $mirror ]] || mirror=$(awk '/^URIs:/ && $2 !~ /security/ { print $2; exit }
      $1 == "deb" && / bookworm / { for (i = 2; i <= NF; i++) if ($i ~ /^https?:/) { print $i; exit } }' \
    /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null)
  [[ -n $mirror ]] || die "apt knows no source of Debian 12 (bookworm)." "Add one to /etc/apt/sources.list and try again."
  printf '%s\n' "$mirror"
}

# Debian starts a service as soon as it is installed, unless a policy forbids it. We start our own.
without_starting_services() {
  if [[ -e $POLICY ]]; then "$@"; return; fi
  printf '#!/bin/sh\n# Made by ForeignArch while it installs packages; may be removed.\nexit 101\n' >"$POLICY"
  chmod +x "$POLICY"
  trap remove_our_policy EXIT
  "$@"
  remove_our_policy
}

remove_our_policy() {
  if grep -qs 'Made by ForeignArch' "$POLICY"; then rm -f "$POLICY"; fi
}
