# shellcheck shell=bash disable=SC2034,SC2154
# Container images for foreign architectures, made from Debian 12's packages and published in the local
# registry under the official images' names, so that tests name the images that they would name anywhere.
# What is in an image is written in images/NAME/recipe.sh; images/NAME/rootfs holds files of our own.

readonly RECIPES=$here/images
readonly IMAGES=$STATE/images             # per recipe: index entries, and the key of what is published
readonly LAYERS=$STATE/layers
readonly WIDE=(amd64 arm64 armhf armel i386 ppc64el s390x mips64el)
readonly NARROW=(amd64 arm64 armhf ppc64el s390x)
readonly -A PLATFORMS=([amd64]=linux/amd64 [arm64]=linux/arm64/v8 [armhf]=linux/arm/v7 [armel]=linux/arm/v5
  [i386]=linux/386 [ppc64el]=linux/ppc64le [s390x]=linux/s390x [mips64el]=linux/mips64le)

# images_up RECIPE…: a recipe's base must come before it.
images_up() {
  local -a stale
  local recipe
  mapfile -t stale < <(for recipe; do image_is_published "$recipe" || echo "$recipe"; done)
  ((${#stale[@]})) || return 0
  mkdir -p "$IMAGES" "$LAYERS"
  rm -rf "$STATE"/publish.*                              # left by a run that was killed
  step "Making images from Debian's packages (${stale[*]})" images images_make "${stale[@]}"
}

image_is_published() { [[ $(cat "$IMAGES/$1/key" 2>/dev/null) == "$(image_key "$1")" ]]; }

# Whatever can change an image changes the key; a newer package in Debian does not.
image_key() {
  local base
  base=$(recipe_load "$1" && echo "$base")
  {
    find "$RECIPES/$1" ${base:+"$RECIPES/$base"} -type f -exec sha256sum {} + | sort
    sha256sum "$here"/{images,layers,publish,foreign-packages}.sh
  } | sed "s| $here| |" | sha256sum | cut -d' ' -f1
}

# Sets image, base, architectures, packages, config, omit and the function finish, in the caller's subshell.
recipe_load() {
  omit='^$'
  # shellcheck source=/dev/null
  . "$RECIPES/$1/recipe.sh"
}

# The architectures are independent of each other: as many at a time as there are processors.
images_make() {
  local debian recipe failed=0
  for recipe; do
    mkdir -p "$IMAGES/$recipe"
    image_key "$recipe" >"$IMAGES/$recipe/key.new"        # now: a recipe may be edited while we build
  done
  foreign_apt_prepare "$(native_architecture)"           # first: busybox's recipe asks it, whatever it builds for
  for debian in "${WIDE[@]}"; do
    while (($(jobs -pr | wc -l) >= $(nproc))); do wait -n || failed=1; done
    (set -e; architecture_make "$debian" "$@") &
  done
  while (($(jobs -p | wc -l) > 0)); do wait -n || failed=1; done
  ((failed == 0)) || return 1
  for recipe; do (set -e; image_publish_index "$recipe"); done
  (set -e; images_publish_wrong)
}

architecture_make() {
  local debian=$1 recipe
  local -a wanted
  mapfile -t wanted < <(for recipe in "${@:2}"; do ! image_is_for "$recipe" "$debian" || echo "$recipe"; done)
  ((${#wanted[@]})) || return 0
  [[ $debian == "$(native_architecture)" ]] || foreign_apt_prepare "$debian"
  for recipe in "${wanted[@]}"; do (set -e; image_make "$recipe" "$debian"); done
}

image_is_for() (recipe_load "$1" && [[ " ${architectures[*]} " == *" $2 "* ]])

image_make() {
  local recipe=$1 debian=$2 own=$LAYERS/$1-$2 base_own
  local -a files layers=("$own")
  recipe_load "$recipe"
  base_own=$LAYERS/$base-$debian
  foreign_closure "$debian" "${packages[@]}" | grep -vE "$omit" >"$own.all"
  if [[ -n $base ]]; then
    layers=("$base_own" "$own")
    comm -23 "$own.all" "$base_own.packages" >"$own.packages"
  else
    cp "$own.all" "$own.packages"
  fi
  foreign_download "$debian" <"$own.packages" >"$own.files"
  mapfile -t files <"$own.files"
  layer_build "$recipe" "$debian" "$own" "$base_own" "${files[@]}"
  publish_image "library/${image%:*}" "${PLATFORMS[$debian]}" "$config" "${layers[@]}" >"$IMAGES/$recipe/$debian.json"
  echo "$image for ${PLATFORMS[$debian]}: $(stat -c %s "$own/layer.tar.gz") bytes"
}

image_publish_index() {
  recipe_load "$1"
  local -a entries=("${architectures[@]/#/$IMAGES/$1/}")
  cat "${entries[@]/%/.json}" | publish_index "library/${image%:*}" "${image#*:}"
  mv "$IMAGES/$1/key.new" "$IMAGES/$1/key"
}

# Images that are wrong on purpose, for tests of what a user is told. Their layers are busybox's.
images_publish_wrong() {
  recipe_load busybox
  wrong_image amd64-only linux/amd64 linux/amd64 amd64
  wrong_image mislabeled linux/arm64 linux/arm/v7 armhf
  wrong_image v6-only linux/arm/v6 linux/arm/v6 armhf
}

# wrong_image NAME PLATFORM_IN_INDEX PLATFORM_IN_CONFIG CONTENT
wrong_image() {
  publish_image "foreignarch-test/$1" "$3" "$config" "$LAYERS/busybox-$4" |
    jq -c --argjson p "$(platform_json "$2")" '.platform = $p' |
    publish_index "foreignarch-test/$1" 1
}
