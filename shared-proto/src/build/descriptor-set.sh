#!/bin/sh
# Writes the contracts as one descriptor set with comments, which the generated classes lack: the gateway's OpenAPI document
# quotes them. Uses the protoc and the imports that the stub generation left in target/. Run in shared-proto.
set -eu
out=target/classes/META-INF/liangjiang/contracts.binpb
mkdir -p "$(dirname "$out")"
set -- -I src/main/proto
for imports in target/protoc-dependencies/*/; do set -- "$@" -I "$imports"; done
# Names of contracts have no blanks.
# shellcheck disable=SC2046
exec target/com.google.protobuf-protoc-*-exe "$@" --include_imports --include_source_info \
  --descriptor_set_out="$out" $(find src/main/proto -name '*.proto' | LC_ALL=C sort)
