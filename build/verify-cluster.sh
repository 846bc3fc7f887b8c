#!/usr/bin/env bash
# Plays the chart against the cluster of the current context, in a namespace of its own that admits restricted pods only: installs the trial,
# plays a citizen's day, replaces every pod while more days are played, and removes it again. Needs helm and kubectl, and images that the
# nodes can pull.
# usage: verify-cluster.sh      settings: NAMESPACE (liangjiang-verify), VALUES (the trial's), REGISTRY, TAG, KEEP=yes leaves the city there
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly chart=helm/liangjiang release=liangjiang namespace=${NAMESPACE:-liangjiang-verify}
readonly values=${VALUES:-$chart/ci/evaluation.yaml}
readonly journey_minutes=5 rollout_minutes=15

for program in helm kubectl; do
  command -v "$program" >/dev/null || { echo "make verify-cluster needs $program." >&2; exit 1; }
done

k() { kubectl --namespace "$namespace" "$@"; }
say() { printf '%4d s  %s\n' "$SECONDS" "$1"; }
fail() {
  say "FAILED: $1" >&2
  exit 1
}

# What an operator would ask first.
describe_failure() {
  k get pods --output wide || true
  k get events --field-selector type=Warning --sort-by .lastTimestamp | tail -20 || true
  local pod
  for pod in $(k get pods --output jsonpath='{range .items[?(@.status.phase!="Succeeded")]}{.metadata.name}{"\n"}{end}'); do
    echo "--- $pod"
    k logs "$pod" --all-containers --tail 15 || true
  done
}

finish() {
  local code=$?
  [ "$code" -eq 0 ] || describe_failure >&2
  rm -rf "$scratch"
  if [ "${KEEP:-no}" != yes ]; then
    helm uninstall "$release" --namespace "$namespace" --wait --timeout 5m >/dev/null || true
    kubectl delete namespace "$namespace" --timeout 5m >/dev/null || true
    say "removed"
  fi
  exit "$code"
}

# Refused where it is there already: this one is removed in the end.
kubectl create namespace "$namespace" >/dev/null
scratch=$(mktemp -d)
trap finish EXIT
kubectl label namespace "$namespace" pod-security.kubernetes.io/enforce=restricted >/dev/null

settings=(--namespace "$namespace" --values "$values" --timeout "${rollout_minutes}m" --wait)
[ -z "${REGISTRY:-}" ] || settings+=(--set-string "image.registry=$REGISTRY")
[ -z "${TAG:-}" ] || settings+=(--set-string "image.tag=$TAG")

helm install "$release" "$chart" "${settings[@]}" >"$scratch/install" 2>&1 || fail "install: $(cat "$scratch/install")"
if grep -i 'warning' "$scratch/install"; then fail "the cluster warned of what was installed"; fi
say "installed"

helm test "$release" --namespace "$namespace" --timeout "${journey_minutes}m" >"$scratch/test" 2>&1 || fail "the citizen's day: $(cat "$scratch/test")"
say "a citizen's day: $(k logs --selector app.kubernetes.io/component=test --tail 1)"

# The same pod again and again while all others are replaced; what is refused for now, the citizen asks again as phones do.
test_pod=$(k get pods --selector app.kubernetes.io/component=test --output jsonpath='{.items[0].metadata.name}')
k get pod "$test_pod" --output json >"$scratch/test-pod.json"
play() {
  k replace --force --filename "$scratch/test-pod.json" >/dev/null
  local phase until=$((SECONDS + journey_minutes * 60))
  while [ "$SECONDS" -lt "$until" ]; do
    phase=$(k get pod "$test_pod" --output jsonpath='{.status.phase}')
    case $phase in
      Succeeded) return 0 ;;
      Failed) return 1 ;;
    esac
    sleep 1
  done
  return 1
}

pods_before=$(k get pods --selector app.kubernetes.io/component --output name | sort)
helm upgrade "$release" "$chart" "${settings[@]}" --set-string "defaults.podAnnotations.liangjiang\.io/verified=upgrade" >"$scratch/upgrade" 2>&1 &
upgrade=$!
days=0
while kill -0 "$upgrade" 2>/dev/null; do
  play || fail "a citizen's day broke while pods were replaced"
  days=$((days + 1))
done
wait "$upgrade" || fail "upgrade: $(cat "$scratch/upgrade")"
[ "$days" -gt 0 ] || fail "the upgrade was over before anybody could play a day"
play || fail "the citizen's day after the upgrade"
say "upgraded while $days citizen's days were played, and one after it"

# The old ones are given time to end; what then is still one of them was never replaced.
for pod in $(comm -23 <(echo "$pods_before") <(k get pods --selector 'app.kubernetes.io/component in (database, test)' --output name | sort)); do
  k wait --for=delete "$pod" --timeout 60s >/dev/null 2>&1 || fail "not replaced: $pod"
done
restarted=$(k get pods --output jsonpath='{range .items[*]}{range .status.containerStatuses[*]}{.restartCount}{" "}{end}{.metadata.name}{"\n"}{end}' | grep -v '^0 ' || true)
[ -z "$restarted" ] || fail "restarted by themselves: $restarted"
say "every pod was replaced, and none had to be restarted"
