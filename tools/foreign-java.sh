#!/bin/sh
# Makes a directory with a program named "java" that runs a JVM of a foreign architecture on this machine's files, so
# that Maven Surefire can run a whole module's tests with it and nothing needs to be changed:
#
#   java=$(tools/foreign-java.sh linux/s390x)
#   mvn test -Djvm="$java"
#
# usage: foreign-java.sh PLATFORM [IMAGE]
# Needs a local engine, since files are mounted, and a kernel that runs the platform's programs.
set -eu

platform=$1
image=${2:-eclipse-temurin:17-jre}
directory=$(mktemp -d)/bin
mkdir "$directory"
cat >"$directory/java" <<END
#!/bin/sh
# Files keep their paths and owners. Surefire speaks with the JVM through standard input and output, or a local port.
exec docker run --rm --interactive --platform $platform --network host \\
  --user "\$(id -u):\$(id -g)" --env HOME="\$HOME" \\
  --volume "\$HOME:\$HOME" --volume "\$PWD:\$PWD" --volume /tmp:/tmp --workdir "\$PWD" \\
  --entrypoint java $image -XX:+UseSerialGC -XX:TieredStopAtLevel=1 "\$@"
END
chmod +x "$directory/java"
echo "$directory/java"
