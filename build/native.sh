#!/usr/bin/env bash
# Compiles processes to native programs: a GraalVM or Mandrel for JDK 25 in GRAALVM_HOME, or its native-image on the path. One process takes ten
# minutes and more on two cores, and some 5 GB; they are compiled one after the other.
# usage: native.sh [COMPONENT...]      all of them when none is named; leaves <module>/target/<component>-<version>-runner
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source build/toolchain.sh

if [ -z "${GRAALVM_HOME:-}" ] && command -v native-image >/dev/null; then
  GRAALVM_HOME=$(dirname "$(dirname "$(readlink -f "$(command -v native-image)")")")
fi
if [ ! -x "${GRAALVM_HOME:-}/bin/native-image" ]; then
  echo "make native needs a GraalVM or Mandrel for JDK 25: set GRAALVM_HOME to one, or put its native-image on the path." >&2
  exit 1
fi
export GRAALVM_HOME

for component in "${@:-gateway identity payments transit tourism healthcare sandbox}"; do
  for name in $component; do
    module=services/$name
    [ "$name" = gateway ] && module=gateway
    start=$SECONDS
    "${MVN:-mvn}" ${MVN_FLAGS:---batch-mode} --quiet package --projects "$module" --also-make -Dfast -Dmaven.test.skip=true \
      -Dquarkus.native.enabled=true -Dquarkus.package.jar.enabled=false -Dquarkus.package.output-name="$name"
    program=$module/target/$name-runner
    printf '  %s: %d MB after %d s\n' "$program" "$(($(stat -c %s "$program") / 1048576))" "$((SECONDS - start))"
  done
done
