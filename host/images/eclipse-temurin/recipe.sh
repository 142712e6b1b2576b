# shellcheck shell=bash disable=SC2034,SC2154
# A Java 17 runtime where the official image has it. It is Debian's OpenJDK, not Temurin.
image=eclipse-temurin:17-jre
base=debian
architectures=("${NARROW[@]}")
packages=(openjdk-17-jre-headless)
omit='^(ca-certificates.*|openssl|fonts-.*|fontconfig-config|libasound2.*|libavahi.*|libcups2|libdbus.*|libpcsclite1)='
config='{"Cmd": ["bash"],
  "Env": ["PATH=/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "JAVA_HOME=/opt/java/openjdk", "LANG=C.UTF-8"]}'

finish() {
  local root=$1 debian=$2
  mkdir -p "$root/opt/java"
  ln -s "/usr/lib/jvm/java-17-openjdk-$debian" "$root/opt/java/openjdk"
}
