{{/* Mutual TLS between the services. */}}

{{/* Who calls or is called by gRPC has a certificate; (dict "root" $ "facts" facts). */}}
{{- define "liangjiang.hasCertificate" -}}
{{- $has := .facts.grpc -}}
{{- range .facts.calls -}}{{- if eq .port "grpc" -}}{{- $has = true -}}{{- end -}}{{- end -}}
{{- if and .root.Values.tls.enabled $has -}}true{{- end -}}
{{- end -}}

{{/* Whether HTTP to a component is mutual TLS too; (dict "root" $ "city" city "name" name). The world calls the others, which have no certificate of ours, and the sandbox plays the world. */}}
{{- define "liangjiang.hasHttps" -}}
{{- if and .root.Values.tls.enabled (index .city.components .name).inside -}}true{{- end -}}
{{- end -}}

{{- define "liangjiang.certificateSecret" -}}
{{ include "liangjiang.name" . }}-tls
{{- end -}}

{{- define "liangjiang.authoritySecret" -}}
{{ include "liangjiang.fullname" . }}-authority
{{- end -}}

{{/* Names that a component is called by; itself it calls at localhost. JSON. */}}
{{- define "liangjiang.certificateNames" -}}
{{- $space := .root.Release.Namespace -}}
{{- $hosts := list (include "liangjiang.grpcHost" .) -}}
{{- if include "liangjiang.hasHttps" . -}}{{- $hosts = append $hosts (include "liangjiang.name" .) -}}{{- end -}}
{{- $names := list -}}
{{- range $host := $hosts -}}
{{- $names = concat $names (list $host (printf "%s.%s" $host $space) (printf "%s.%s.svc" $host $space)) -}}
{{- end -}}
{{- append $names "localhost" | toJson -}}
{{- end -}}

{{/* What `cityctl keys init` makes and renews; YAML. */}}
{{- define "liangjiang.certificatesPlan" -}}
{{- $self := . -}}
{{- $owners := list -}}
{{- range $name, $facts := .city.components -}}
{{- $component := merge (dict "name" $name "facts" $facts) $self -}}
{{- if include "liangjiang.hasCertificate" $component -}}
{{- $owners = append $owners (dict "secret" (include "liangjiang.certificateSecret" $component) "names" (include "liangjiang.certificateNames" $component | fromJsonArray)) -}}
{{- end -}}
{{- end -}}
{{- $labels := include "liangjiang.keptLabels" (merge (dict "name" "certificates") $self) | fromYaml -}}
{{- toYaml (dict "authority" (include "liangjiang.authoritySecret" .root) "labels" $labels "owners" $owners) -}}
{{- end -}}

{{/* Secrets of the plan, one a line. */}}
{{- define "liangjiang.certificatesSecrets" -}}
{{- $plan := include "liangjiang.certificatesPlan" . | fromYaml -}}
- {{ $plan.authority }}
{{- range $plan.owners }}
- {{ .secret }}
{{- end }}
{{- end -}}

{{/* Whether the chart makes the certificates itself. */}}
{{- define "liangjiang.makesCertificates" -}}
{{- $values := .Values -}}
{{- if and $values.tls.enabled (not $values.tls.certManager.enabled) $values.keys.generate -}}true{{- end -}}
{{- end -}}

{{- define "liangjiang.tlsEnvironment" -}}
LIANGJIANG_TLS_CERTIFICATE_FILE: /etc/liangjiang/tls/tls.crt
LIANGJIANG_TLS_KEY_FILE: /etc/liangjiang/tls/tls.key
LIANGJIANG_TLS_AUTHORITY_FILE: /etc/liangjiang/tls/ca.crt
{{- if include "liangjiang.hasHttps" . }}
LIANGJIANG_TLS_HTTP: "true"
{{- end }}
{{- end -}}

{{- define "liangjiang.tlsVolume" -}}
- name: tls
  secret:
    secretName: {{ include "liangjiang.certificateSecret" . }}
    defaultMode: 0440
    items:
      - key: tls.crt
        path: tls.crt
      - key: tls.key
        path: tls.key
      - key: ca.crt
        path: ca.crt
{{- end -}}
