#!/usr/bin/env bash
# Packages the city for `make run` and `make demo`: no tests, no checkers, and nothing at all when no source has changed since the last time.
# One line a module while it builds; everything else goes to target/package.log.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source build/toolchain.sh

readonly log=target/package.log
readonly stamp=target/packaged
readonly apps=(gateway services/{identity,payments,transit,tourism,healthcare,sandbox})

is_fresh() {
  local app
  [ -f "$stamp" ] && [ -f services/standalone/target/standalone.jar ] || return 1
  for app in "${apps[@]}"; do
    [ -f "$app/target/quarkus-app/quarkus-run.jar" ] || return 1
  done
  [ -z "$(find pom.xml {shared-proto,gateway,services/*}/{pom.xml,src} -path '*/src/test/*' -prune -o -newer "$stamp" -print -quit)" ]
}

# Maven's "Building Liangjiang: parks and museums ... [10/14]" becomes "  [10/14] parks and museums".
show_progress() {
  sed -unE 's/^\[INFO\] Building Liangjiang: (.*) [0-9][^ ]* +\[([0-9]+\/[0-9]+)\]$/  [\2] \1/p'
}

build() {
  mkdir -p target
  echo "Building the city; the first time this downloads its libraries and takes some minutes (log: $log)"
  if ! "${MVN:-mvn}" --batch-mode package --projects services/standalone --also-make -Dfast -Dmaven.test.skip=true 2>&1 | tee "$log" | show_progress; then
    echo >&2
    grep -E '^\[ERROR\]|No space left' "$log" | head -n 30 >&2
    echo "The build failed; all of it is in $log" >&2
    return 1
  fi
}

started=$(mktemp)
trap 'rm -f "$started"' EXIT
if ! is_fresh; then
  build
  # As of the beginning, so that what was edited while it built counts as changed.
  touch -r "$started" "$stamp"
fi
