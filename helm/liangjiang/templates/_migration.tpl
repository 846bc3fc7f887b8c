{{/* The Job that brings a database to the new version before an upgrade. */}}

{{/* (dict "self" component "weight" when): a failed one stays for its log, until the next. */}}
{{- define "liangjiang.migrationMetadata" -}}
name: {{ include "liangjiang.name" .self }}
namespace: {{ .self.root.Release.Namespace }}
labels:
  {{- include "liangjiang.labels" .self | nindent 2 }}
annotations:
  helm.sh/hook: pre-upgrade
  helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
  helm.sh/hook-weight: {{ .weight | quote }}
{{- end -}}

{{/* Of the component itself: what it needs to migrate, and nothing of what it needs to serve. */}}
{{- define "liangjiang.migrationContainer" -}}
{{- $variables := include "liangjiang.databaseEnvironment" . | fromYaml -}}
{{- $_ := set $variables "LIANGJIANG_MIGRATE_ONLY" "true" -}}
{{- $_ := set $variables "QUARKUS_FLYWAY_CONNECT_RETRIES" "12" -}}
{{- $_ := set $variables "QUARKUS_HTTP_HOST_ENABLED" "false" -}}
{{- with .values.javaOptions }}{{- $_ := set $variables "JDK_JAVA_OPTIONS" . -}}{{- end -}}
{{- $database := include "liangjiang.databaseSecret" . -}}
image: {{ .values.image | default (include "liangjiang.image" .) | quote }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
securityContext:
  {{- include "liangjiang.containerSecurity" . | nindent 2 }}
env:
  {{- range $name, $value := $variables }}
  - name: {{ $name }}
    value: {{ $value | quote }}
  {{- end }}
  {{- include "liangjiang.secretVariable" (list "QUARKUS_DATASOURCE_USERNAME" $database "username") | trim | nindent 2 }}
  {{- include "liangjiang.secretVariable" (list "QUARKUS_DATASOURCE_PASSWORD" $database "password") | trim | nindent 2 }}
resources:
  {{- toYaml .values.resources | nindent 2 }}
volumeMounts:
  - name: tmp
    mountPath: /tmp
  {{- if include "liangjiang.mountsAuthority" . }}
  - name: database-authority
    mountPath: /etc/liangjiang/database
    readOnly: true
  {{- end }}
{{- end -}}
