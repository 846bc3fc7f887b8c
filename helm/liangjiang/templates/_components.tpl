{{/* What a component is made of: the list of the city, the defaults and what differs from them. */}}

{{/* (dict "under" map "over" map): the first with the second laid over it, false and 0 included; YAML. */}}
{{- define "liangjiang.overlay" -}}
{{- $out := deepCopy .under -}}
{{- range $key, $value := .over -}}
{{- if and (kindIs "map" $value) (kindIs "map" (get $out $key)) -}}
{{- $_ := set $out $key (include "liangjiang.overlay" (dict "under" (get $out $key) "over" $value) | fromYaml) -}}
{{- else -}}
{{- $_ := set $out $key $value -}}
{{- end -}}
{{- end -}}
{{- toYaml $out -}}
{{- end -}}

{{/* The components that are installed, by name: their facts with `values`; YAML. */}}
{{- define "liangjiang.city" -}}
{{- $city := .Files.Get "files/city.yaml" | fromYaml -}}
{{- $installed := dict -}}
{{- range $name, $facts := $city.components -}}
{{- $values := include "liangjiang.overlay" (dict "under" $.Values.defaults "over" (index $.Values.components $name)) | fromYaml -}}
{{- if $values.enabled -}}
{{- $_ := set $installed $name (merge (dict "values" $values) $facts) -}}
{{- end -}}
{{- end -}}
{{- range $name, $facts := $installed -}}
{{- $calls := list -}}
{{- range $facts.calls -}}
{{- if hasKey $installed .to -}}{{- $calls = append $calls . -}}{{- end -}}
{{- end -}}
{{- $_ := set $facts "calls" $calls -}}
{{- end -}}
{{- toYaml (dict "components" $installed "staff" $city.staff) -}}
{{- end -}}

{{- define "liangjiang.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ . }}
runAsGroup: {{ . }}
fsGroup: {{ . }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "liangjiang.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
privileged: false
runAsNonRoot: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* Names of the databases, by the components that keep one. */}}
{{- define "liangjiang.databases" -}}
{{- $names := list -}}
{{- range $name, $facts := .components -}}
{{- if $facts.database -}}{{- $names = append $names $name -}}{{- end -}}
{{- end -}}
{{- join " " $names -}}
{{- end -}}

{{/* Connections that may be open at once: 18 a pod (16 for requests, 2 for migrations), one pod more of each while they are replaced, and some for who looks. */}}
{{- define "liangjiang.databaseConnections" -}}
{{- $pods := 0 -}}
{{- range .components -}}
{{- if .database -}}
{{- $pods = add $pods 1 (ternary .values.autoscaling.maxReplicas .values.replicas .values.autoscaling.enabled) -}}
{{- end -}}
{{- end -}}
{{- add 10 (mul 18 $pods) -}}
{{- end -}}

{{/* The trial's database in a container: image, security, resources, volumes. */}}
{{- define "liangjiang.databaseContainer" -}}
{{- $evaluation := .root.Values.database.evaluation -}}
image: {{ $evaluation.image | default (include "liangjiang.image" .) | quote }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
securityContext:
  {{- include "liangjiang.containerSecurity" . | nindent 2 }}
resources:
  {{- toYaml $evaluation.resources | nindent 2 }}
volumeMounts:
  - name: data
    mountPath: /var/lib/postgresql
  - name: tmp
    mountPath: /tmp
{{- end -}}
