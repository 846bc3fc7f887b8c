#!/usr/bin/env bash
# Trains ahead-of-time caches (JDK 25): runs every process from an image that notes what it loads, through a citizen's day, leaves them in
# target/images/aot and makes the images again with them. They fit the base and the build that they were made with, and no other.
# Needs what make verify-images needs. Settings: BASE, as for make images.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly folder=target/training caches=target/images/aot
rm -rf "$folder"
FORM=training TAG=training TO=$folder CACHES=$folder/none bash build/images.sh
# Twice, and what the second run notes is taken: the first finds empty databases and loads what migrates them, which other starts do without.
TO=$folder DATA=$folder/city bash build/verify-images.sh
KEEP=yes TO=$folder DATA=$folder/city bash build/verify-images.sh
mkdir -p "$caches"
# What was noted becomes a cache in the very image, with more memory than the process itself has.
for scratch in "$folder"/city/tmp/*/; do
  component=$(basename "$scratch")
  podman --runtime=runc run --rm --read-only --cap-drop=all --memory=1g --ulimit=nofile=20000:20000 --ulimit=nproc=20000:20000 --volume="$(realpath "$scratch"):/tmp:U" --entrypoint=java \
    "docker.io/liangjiang/$component:training" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -XX:AOTMode=create -XX:AOTConfiguration=/tmp/app.aotconf -XX:AOTCache=/tmp/app.aot -jar launcher.jar >"$folder/$component.log" 2>&1
  cp "$scratch/app.aot" "$caches/$component.aot"
  printf '  %s: %d MB\n' "$caches/$component.aot" "$(($(stat -c %s "$scratch/app.aot") / 1048576))"
done
PACKAGE=no bash build/images.sh
