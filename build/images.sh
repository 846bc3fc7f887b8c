#!/usr/bin/env bash
# Packages the processes and makes container images of them: no daemon, no Dockerfile (module images, by Jib).
# usage: images.sh [COMPONENT...]     all of them when none is named
#   BASE   Java 25 runtime: a name in a registry (best with @sha256:...), or the tar of an image (make base-image)
#   TO     folder of the archives (target/images)
#   PUSH   registry and prefix, for example registry.city.cn/liangjiang: pushes instead of writing archives
#   FORM   jvm; or native, of what make native has compiled (then BASE needs glibc and zlib, and no Java)
#   TAG    the project's version when not set
#   PACKAGE  no: of what is packaged already, whose caches fit nothing else
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source build/toolchain.sh

readonly log=target/images.log modules=images,gateway,cityctl,services/sandbox,services/standalone
mkdir -p target
[ "${PACKAGE:-}" = no ] || echo "Packaging the city (log: $log)"
if [ "${PACKAGE:-}" != no ] && ! "${MVN:-mvn}" ${MVN_FLAGS:---batch-mode} package --projects "$modules" --also-make -Dmaven.test.skip=true -Dcontract.check.skip -Djacoco.skip >"$log" 2>&1; then
  grep -E '^\[ERROR\]' "$log" | head -n 30 >&2
  exit 1
fi
# PostgreSQL's programs and the data of a fresh server, for the trial's database; made once, so that its image keeps its digest.
java -Xmx128m -cp services/standalone/target/standalone.jar io.liangjiang.standalone.trial.TrialTemplate target/database
exec java -Xmx512m -Dbase="${BASE:-}" -Dto="${TO:-}" -Dpush="${PUSH:-}" -Dtag="${TAG:-}" -Dcaches="${CACHES:-}" -Dform="${FORM:-jvm}" \
  -cp "images/target/classes:$(cat images/target/classpath)" io.liangjiang.images.Images "$@"
