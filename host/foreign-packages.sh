# shellcheck shell=bash
# Debian packages of other architectures, resolved and downloaded by the machine's apt, but never installed:
# each architecture has an apt of its own, with an empty dpkg status and without the machine's sources.

native_architecture() { dpkg --print-architecture; }

foreign_apt() {
  local -x APT_CONFIG=$APT/$1/apt.conf
  shift
  # Debian's container images switch off the package cache and compress the lists; without that, apt is faster.
  apt-get -o Acquire::Retries=3 -o Acquire::GzipIndexes=false -o Dir::Cache::pkgcache=pkgcache.bin "$@"
}

# Once per run: its package list is as fresh as the run.
foreign_apt_prepare() {
  local debian=$1 home=$APT/$1
  mkdir -p "$home/lists/partial" "$home/cache/archives/partial" "$home/debs"
  cat >"$home/apt.conf" <<END
APT::Architecture "$debian";
APT::Architectures { "$debian"; };
APT::Install-Recommends "false";
APT::Sandbox::User "root";
Dir::State "$home";
Dir::State::status "/dev/null";
Dir::Cache "$home/cache";
Dir::Etc::SourceList "$home/sources.list";
Dir::Etc::SourceParts "/dev/null";
Dir::Etc::Preferences "/dev/null";
Dir::Etc::PreferencesParts "/dev/null";
END
  printf 'deb [signed-by=%s] %s bookworm main\n' "$KEYRING" "$(debian_mirror)" >"$home/sources.list"
  foreign_apt "$debian" update
}

# Packages that only install scripts need: nothing is installed in our images, only unpacked.
readonly INSTALL_TIME_ONLY='^(adduser|debconf|dpkg|init-system-helpers|libpam-modules.*|libpam-runtime|lib(semanage|sepol).*|lib.*perl.*|lsb-base|passwd|perl.*|sensible-utils|sysvinit-utils|ucf|usrmerge)='

# foreign_closure DEBIAN PACKAGE…: the packages and what they depend on, as name=version, one a line.
foreign_closure() {
  foreign_apt "$1" -s install "${@:2}" | sed -n 's/^Inst \([^ ]*\) (\([^ ]*\) .*/\1=\2/p' |
    grep -vE "$INSTALL_TIME_ONLY" | sort
}

# foreign_download DEBIAN <NAMES_AND_VERSIONS: prints the path of each package's file.
foreign_download() {
  local directory=$APT/$1/debs package
  local -a packages
  mapfile -t packages
  ((${#packages[@]})) || return 0
  (cd "$directory" && foreign_apt "$1" download "${packages[@]}") >&2
  for package in "${packages[@]/=/_}"; do
    printf '%s\n' "$directory/${package//:/%3a}"_*.deb
  done
}
