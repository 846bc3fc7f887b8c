#!/usr/bin/env bash
# The contracts' own checks, by buf. The build of shared-proto puts buf and the imported contracts into target/buf first.
#
#   contract.sh check    lint, format, no breaking change, and the accepted contract is up to date
#   contract.sh format   format the contracts in place
#   contract.sh accept   make today's contracts the accepted ones; refuses a breaking change unless BREAKING=1
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
cd shared-proto

readonly accepted=contract.binpb
readonly buf=target/buf/buf
chmod +x "$buf"
export BUF_CACHE_DIR=$PWD/target/buf/cache

image() {
  "$buf" build src/main/proto --exclude-source-info --output "$1"
}

breaks_nothing() {
  "$buf" breaking src/main/proto --against "$accepted" --exclude-imports
}

check() {
  "$buf" lint
  if ! "$buf" format --diff --exit-code src/main/proto; then
    echo "The contracts are not formatted as above: run 'make format'." >&2
    return 1
  fi
  if ! breaks_nothing; then
    echo "The contracts break their callers as listed. Add a new field, RPC or version beside the old one instead." >&2
    return 1
  fi
  image target/buf/contract.binpb
  if ! cmp --silent target/buf/contract.binpb "$accepted"; then
    echo "The contracts have grown since they were last accepted: run 'make contract' and commit $accepted." >&2
    return 1
  fi
}

accept() {
  if [ -f "$accepted" ] && [ "${BREAKING:-0}" != 1 ]; then
    breaks_nothing
  fi
  image "$accepted"
}

case "${1:-}" in
  check) check ;;
  format) "$buf" format --write src/main/proto ;;
  accept) accept ;;
  *) sed -n "4,6s/^# *//p" "${BASH_SOURCE[0]}" >&2; exit 2 ;;
esac
