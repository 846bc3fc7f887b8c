{{/* Values that fit the schema and cannot work are refused before anything is installed. */}}
{{- define "liangjiang.refusals" -}}
{{- $values := .root.Values -}}
{{- if eq $values.environment "production" -}}
{{- if hasKey .city.components "sandbox" -}}
{{- fail "components.sandbox is for environment: development; a production city has real partners" -}}
{{- end -}}
{{- if not (hasPrefix "https://" $values.publicUrl) -}}
{{- fail "publicUrl must begin with https:// in production" -}}
{{- end -}}
{{- if eq $values.database.mode "evaluation" -}}
{{- fail "database.mode: evaluation is for environment: development; it has one pod and no backups" -}}
{{- end -}}
{{- end -}}
{{- range $name := list "identity" "payments" "transit" "tourism" "healthcare" "gateway" -}}
{{- if not (hasKey $.city.components $name) -}}
{{- range $other, $facts := $.city.components -}}
{{- $all := (index ($.root.Files.Get "files/city.yaml" | fromYaml).components $other).calls -}}
{{- range $all -}}
{{- if eq .to $name -}}
{{- fail (printf "components.%s.enabled: %s calls it" $name $other) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if and (ne $values.route.type "none") (empty $values.route.hosts) -}}
{{- fail "route.hosts names the hosts of the route" -}}
{{- end -}}
{{- if and (eq $values.route.type "gateway") (empty $values.route.parentRefs) -}}
{{- fail "route.parentRefs names the Gateway that the HTTPRoute hangs on" -}}
{{- end -}}
{{- with $values.calls.serviceConfig -}}
{{- with get (fromJson .) "Error" -}}
{{- fail (printf "calls.serviceConfig is no JSON object: %s" .) -}}
{{- end -}}
{{- end -}}
{{- include "liangjiang.refuseResources" (dict "at" "database.cnpg.resources" "resources" $values.database.cnpg.resources) -}}
{{- include "liangjiang.refuseResources" (dict "at" "database.evaluation.resources" "resources" $values.database.evaluation.resources) -}}
{{- range $name, $facts := .city.components -}}
{{- include "liangjiang.refuseComponent" (dict "root" $.root "name" $name "values" $facts.values) -}}
{{- end -}}
{{- include "liangjiang.refuseLabels" . -}}
{{- include "liangjiang.refuseExceptions" $values.networkPolicy.outside -}}
{{- include "liangjiang.refuseSchedule" (dict "at" "tls.renewal" "schedule" $values.tls.renewal "fields" (list "minute" "hour" "day" "month" "weekday")) -}}
{{- include "liangjiang.refuseSchedule" (dict "at" "database.cnpg.backup.schedule" "schedule" $values.database.cnpg.backup.schedule "fields" (list "second" "minute" "hour" "day" "month" "weekday")) -}}
{{- end -}}

{{/* What a component and the defaults say together: (dict "root" $ "name" name "values" values). */}}
{{- define "liangjiang.refuseComponent" -}}
{{- $at := printf "components.%s" .name -}}
{{- include "liangjiang.refuseResources" (dict "at" (printf "%s.resources, with defaults" $at) "resources" .values.resources) -}}
{{- with .values.autoscaling -}}
{{- if and .enabled (gt (int .minReplicas) (int .maxReplicas)) -}}
{{- fail (printf "%s.autoscaling, with defaults: minReplicas (%d) is more than maxReplicas (%d)" $at (int .minReplicas) (int .maxReplicas)) -}}
{{- end -}}
{{- end -}}
{{- include "liangjiang.refuseOwn" (dict "at" (printf "%s.podLabels, with defaults" $at) "given" .values.podLabels "own" (include "liangjiang.labels" . | fromYaml)) -}}
{{- include "liangjiang.refuseOwn" (dict "at" (printf "%s.podAnnotations, with defaults" $at) "given" .values.podAnnotations "own" (dict "checksum/config" "" "liangjiang.io/keys-revision" "")) -}}
{{- end -}}

{{/* A request beyond its limit: (dict "at" path "resources" map). */}}
{{- define "liangjiang.refuseResources" -}}
{{- $at := .at -}}
{{- $limits := .resources.limits -}}
{{- range $resource, $request := .resources.requests -}}
{{- $limit := get $limits $resource | default $request -}}
{{- if gt (include "liangjiang.number" $request | float64) (include "liangjiang.number" $limit | float64) -}}
{{- fail (printf "%s: requests.%s (%s) is more than limits.%s (%s)" $at $resource $request $resource $limit) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* A quantity as a number that can be compared: 500m is 0.5, 2Ki is 2048, 1e3 is 1000. */}}
{{- define "liangjiang.number" -}}
{{- $factors := dict "" 1 "n" 1e-9 "u" 1e-6 "m" 1e-3 "k" 1e3 "M" 1e6 "G" 1e9 "T" 1e12 "P" 1e15 "E" 1e18 "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 "Ti" 1099511627776 "Pi" 1125899906842624 "Ei" 1152921504606846976 -}}
{{- $unit := regexFind "([KMGTPE]i|[numkMGTPE])$" . -}}
{{- mulf (trimSuffix $unit .) (get $factors $unit) -}}
{{- end -}}

{{/* Labels and annotations that the chart gives itself: (dict "at" path "given" map "own" map). */}}
{{- define "liangjiang.refuseOwn" -}}
{{- $at := .at -}}
{{- $own := .own -}}
{{- range $key, $value := .given -}}
{{- if hasKey $own $key -}}
{{- fail (printf "%s: %s is the chart's own" $at $key) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "liangjiang.refuseLabels" -}}
{{- $own := include "liangjiang.labels" (dict "root" .root "name" "metrics") | fromYaml -}}
{{- range $what := list "serviceMonitor" "rules" "dashboards" -}}
{{- include "liangjiang.refuseOwn" (dict "at" (printf "metrics.%s.labels" $what) "given" (index $.root.Values.metrics $what).labels "own" $own) -}}
{{- end -}}
{{- end -}}

{{/* Exceptions must be smaller than what they are of, and in it: (dict "cidr" range "except" ranges). */}}
{{- define "liangjiang.refuseExceptions" -}}
{{- $cidr := .cidr -}}
{{- $bits := splitList "/" $cidr | last | atoi -}}
{{- range .except -}}
{{- $smaller := gt (splitList "/" . | last | atoi) $bits -}}
{{- $inside := eq (include "liangjiang.network" (dict "range" . "bits" $bits)) (include "liangjiang.network" (dict "range" $cidr "bits" $bits)) -}}
{{- if not (and $smaller $inside) -}}
{{- fail (printf "networkPolicy.outside.except: %s is no part of networkPolicy.outside.cidr (%s)" . $cidr) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The first bits of an IPv4 range as a number: of 10.20.0.0/16, 8 bits are 10. */}}
{{- define "liangjiang.network" -}}
{{- $number := 0 -}}
{{- range splitList "/" .range | first | splitList "." -}}
{{- $number = add (mul $number 256) (atoi .) -}}
{{- end -}}
{{- range until (sub 32 .bits | int) -}}
{{- $number = div $number 2 -}}
{{- end -}}
{{- $number -}}
{{- end -}}

{{/* A number that its field of a schedule does not have: (dict "at" path "schedule" text "fields" names in their order). */}}
{{- define "liangjiang.refuseSchedule" -}}
{{- $least := dict "second" 0 "minute" 0 "hour" 0 "day" 1 "month" 1 "weekday" 0 -}}
{{- $most := dict "second" 59 "minute" 59 "hour" 23 "day" 31 "month" 12 "weekday" 6 -}}
{{- if not (hasPrefix "@" .schedule) -}}
{{- range $i, $field := splitList " " .schedule -}}
{{- $name := index $.fields $i -}}
{{- range regexFindAll "[0-9]+" (regexReplaceAll "/[0-9]+" $field "") -1 -}}
{{- if or (lt (atoi .) (get $least $name)) (gt (atoi .) (get $most $name)) -}}
{{- fail (printf "%s (%s): there is no %s %s" $.at $.schedule $name .) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
