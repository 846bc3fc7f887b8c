#!/usr/bin/env bash
# Runs the images for real and plays a citizen's day against them: every process from its image, as a user without a name, on a root file
# system that cannot be written, without capabilities, in 512 MB. Needs podman and runc (Debian: apt-get install podman runc) and root.
# usage: verify-images.sh       of the archives in TO (target/images), made by make images; its data are in DATA and begin anew unless KEEP=yes
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source build/toolchain.sh

readonly folder=${TO:-target/images} data=${DATA:-target/verify-images}
for program in podman runc; do
  command -v "$program" >/dev/null || { echo "make verify-images needs $program (Debian: apt-get install podman runc)." >&2; exit 1; }
done

tag=
for archive in "$folder"/*.tar; do
  [ "$(basename "$archive")" = base.tar ] && continue
  name=$(podman load --quiet --input "$archive" | sed -nE 's/^Loaded image: *//p')
  user=$(podman image inspect --format '{{.Config.User}}' "$name")
  printf '  %s, user %s, %s\n' "$name" "$user" "$(podman image inspect --format '{{.Size}}' "$name" | numfmt --to=si --suffix=B)"
  [ "$user" = 10001:10001 ] || { echo "$name runs as '$user', not as 10001:10001" >&2; exit 1; }
  tag=${name##*:}
done
[ -n "$tag" ] || { echo "There are no images in $folder: make images first." >&2; exit 1; }

[ "${KEEP:-no}" = yes ] || rm -rf "$data"
java -Xmx128m -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -cp services/standalone/target/standalone.jar io.liangjiang.standalone.run.Demo \
  --form "docker.io/liangjiang:$tag" --data "$data" --port 18080 --port-offset 10000
