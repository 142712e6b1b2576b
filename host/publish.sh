# shellcheck shell=bash
# Puts images into the registry by its HTTP interface: no engine sees them before a test pulls them.

readonly TYPE_INDEX=application/vnd.oci.image.index.v1+json
readonly TYPE_MANIFEST=application/vnd.oci.image.manifest.v1+json
readonly TYPE_CONFIG=application/vnd.oci.image.config.v1+json
readonly TYPE_LAYER=application/vnd.oci.image.layer.v1.tar+gzip

# publish_blob REPOSITORY FILE TYPE: prints its descriptor.
publish_blob() {
  local repository=$1 file=$2 digest upload
  digest=sha256:$(sha256sum "$file" | cut -d' ' -f1)
  if ! curl -fsI "http://$REGISTRY/v2/$repository/blobs/$digest" >/dev/null 2>&1; then
    upload=$(curl -fsS -X POST -o /dev/null -D - "http://$REGISTRY/v2/$repository/blobs/uploads/" |
      tr -d '\r' | sed -n 's/^Location: //Ip')
    curl -fsS -T "$file" -H 'Content-Type: application/octet-stream' "$upload&digest=$digest"
  fi
  descriptor "$3" "$digest" "$(stat -c %s "$file")"
}

# publish_manifest REPOSITORY REFERENCE FILE TYPE: prints its descriptor.
publish_manifest() {
  local digest
  digest=sha256:$(sha256sum "$3" | cut -d' ' -f1)
  curl -fsS -T "$3" -H "Content-Type: $4" "http://$REGISTRY/v2/$1/manifests/${2:-$digest}"
  descriptor "$4" "$digest" "$(stat -c %s "$3")"
}

descriptor() { jq -nc --arg t "$1" --arg d "$2" --argjson s "$3" '{mediaType: $t, digest: $d, size: $s}'; }

# publish_image REPOSITORY PLATFORM CONFIG LAYER_DIRECTORY…: one platform's image; prints its index entry.
publish_image() {
  local repository=$1 platform=$2 config=$3 work directory
  shift 3
  work=$(mktemp -d "$STATE/publish.XXXXXX")
  for directory; do
    publish_blob "$repository" "$directory/layer.tar.gz" "$TYPE_LAYER"
  done >"$work/layers"
  image_config "$platform" "$config" "$@" >"$work/config"
  publish_blob "$repository" "$work/config" "$TYPE_CONFIG" >"$work/config-descriptor"
  jq -nc --arg t "$TYPE_MANIFEST" --slurpfile c "$work/config-descriptor" --slurpfile l "$work/layers" \
    '{schemaVersion: 2, mediaType: $t, config: $c[0], layers: $l}' >"$work/manifest"
  publish_manifest "$repository" "" "$work/manifest" "$TYPE_MANIFEST" |
    jq -c --argjson p "$(platform_json "$platform")" '. + {platform: $p}'
  rm -rf "$work"
}

image_config() {
  local platform=$1 config=$2
  shift 2
  cat "${@/%//diff-id}" | jq -Rnc --argjson p "$(platform_json "$platform")" --argjson c "$config" '
    {created: "1970-01-01T00:00:00Z"} + $p + {
      config: ($c + {Labels: {"org.opencontainers.image.description":
        "made from Debian 12 packages by ForeignArch\u0027s host scripts; not the official image"}}),
      rootfs: {type: "layers", diff_ids: [inputs | "sha256:" + .]}}'
}

# linux/arm/v7 → {"os":"linux","architecture":"arm","variant":"v7"}
platform_json() {
  jq -nc --arg p "$1" '$p / "/" | {os: .[0], architecture: .[1]} + if .[2] then {variant: .[2]} else {} end'
}

# publish_index REPOSITORY TAG <INDEX_ENTRIES
publish_index() {
  local file
  file=$(mktemp "$STATE/publish.XXXXXX")
  jq -sc --arg t "$TYPE_INDEX" '{schemaVersion: 2, mediaType: $t, manifests: .}' >"$file"
  publish_manifest "$1" "$2" "$file" "$TYPE_INDEX"
  rm -f "$file"
}
