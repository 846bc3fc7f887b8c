{{/* Names and labels. */}}

{{- define "liangjiang.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{ .Release.Name | trunc 40 | trimSuffix "-" }}
{{- else -}}
{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" }}
{{- end -}}
{{- end -}}

{{/* (dict "root" $ "name" component) */}}
{{- define "liangjiang.name" -}}
{{ include "liangjiang.fullname" .root }}-{{ .name }}
{{- end -}}

{{/* Never changes: selectors cannot. */}}
{{- define "liangjiang.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .name }}
{{- end -}}

{{- define "liangjiang.labels" -}}
{{ include "liangjiang.selector" . }}
app.kubernetes.io/part-of: {{ .root.Chart.Name }}
app.kubernetes.io/version: {{ .root.Values.image.tag | default .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end -}}

{{/* Reference of an image of the city: registry, repository, component, version. */}}
{{- define "liangjiang.image" -}}
{{- $image := .root.Values.image -}}
{{- $path := printf "%s/%s:%s" $image.repository .name ($image.tag | default .root.Chart.AppVersion) -}}
{{- if $image.registry -}}
{{ printf "%s/%s" (trimSuffix "/" $image.registry) $path }}
{{- else -}}
{{ $path }}
{{- end -}}
{{- end -}}

{{- define "liangjiang.pullSecrets" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
{{- range . }}
  - name: {{ . | quote }}
{{- end }}
{{- end }}
{{- end -}}

{{/* Where a component finds another: HTTP at the Service, gRPC at the headless one, whose name stands for every pod. */}}
{{- define "liangjiang.httpUrl" -}}
{{ include "liangjiang.httpScheme" . }}://{{ include "liangjiang.name" . }}:{{ (index .city.components .name).http }}
{{- end -}}

{{- define "liangjiang.httpScheme" -}}
{{ eq (include "liangjiang.hasHttps" .) "true" | ternary "https" "http" }}
{{- end -}}

{{- define "liangjiang.grpcHost" -}}
{{ include "liangjiang.name" . }}-grpc
{{- end -}}

{{/* Names of Secrets. */}}
{{- define "liangjiang.keysSecret" -}}
{{ index .root.Values.keys.existingSecrets .name | default (printf "%s-keys" (include "liangjiang.name" .)) }}
{{- end -}}

{{- define "liangjiang.databaseSecret" -}}
{{- $db := .root.Values.database -}}
{{- if eq $db.mode "cnpg" -}}
{{ include "liangjiang.name" . }}-database-app
{{- else if eq $db.mode "evaluation" -}}
{{ include "liangjiang.name" . }}-database
{{- else -}}
{{ index $db.external.existingSecrets .name | default (printf "%s-database" (include "liangjiang.name" .)) }}
{{- end -}}
{{- end -}}
