# shellcheck shell=bash
# Makes an image layer (a file tree) out of unpacked packages. No program of the image ever runs.

# layer_build RECIPE DEBIAN DIRECTORY BASE_DIRECTORY PACKAGE_FILE… : into DIRECTORY/layer.tar.gz and
# DIRECTORY/diff-id. The recipe's function `finish ROOT DEBIAN BASE_DIRECTORY` adds what the packages'
# install scripts would have made.
layer_build() {
  local recipe=$1 debian=$2 directory=$3 base_directory=$4 root=$3/root package
  shift 4
  rm -rf "$directory"
  mkdir -p "$root"
  layer_skeleton "$root"
  for package; do layer_unpack "$package" "$root"; done
  finish "$root" "$debian" "$base_directory"
  if [[ -d $RECIPES/$recipe/rootfs ]]; then cp -a --no-preserve=ownership "$RECIPES/$recipe/rootfs/." "$root"; fi
  layer_pack "$root" "$directory"
  rm -rf "$root"
}

# Debian 12 has /bin -> usr/bin and so on, but its packages still contain /bin: follow the links.
layer_unpack() {
  dpkg-deb --fsys-tarfile "$1" | tar -x --keep-directory-symlink -C "$2" \
    --exclude='./usr/share/doc/*' --exclude='./usr/share/man/*' \
    --exclude='./usr/share/locale/*' --exclude='./usr/share/lintian/*'
}

layer_skeleton() {
  local name
  for name in bin sbin lib lib64; do
    mkdir -p "$1/usr/$name"
    ln -s "usr/$name" "$1/$name"
  done
  mkdir -p "$1"/{run/lock,var}
  ln -s ../run "$1/var/run"               # relative: an absolute link would lead out of the tree while unpacking
  ln -s ../run/lock "$1/var/lock"
}

# The same tree gives the same layer, so that a registry stores it once.
layer_pack() {
  tar -C "$1" --sort=name --mtime=@0 --numeric-owner -cf "$2/layer.tar" .
  sha256sum "$2/layer.tar" | cut -d' ' -f1 >"$2/diff-id"
  gzip -n -1 "$2/layer.tar"
}

# add_user ROOT BASE_DIRECTORY NAME HOME: user and group 999, beside those of the base layer.
add_user() {
  tar -xzf "$2/layer.tar.gz" -C "$1" ./etc/passwd ./etc/group
  echo "$3:x:999:999::$4:/bin/sh" >>"$1/etc/passwd"
  echo "$3:x:999:" >>"$1/etc/group"
}
