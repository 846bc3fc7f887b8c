{{/* Network policies, all from the list of calls. */}}

{{- define "liangjiang.dnsEgress" -}}
# Names
- to:
    - namespaceSelector:
        matchLabels:
          {{- toYaml .Values.networkPolicy.dns.namespaceLabels | nindent 10 }}
      podSelector:
        matchLabels:
          {{- toYaml .Values.networkPolicy.dns.podLabels | nindent 10 }}
    {{- range .Values.networkPolicy.dns.nodeLocal }}
    - ipBlock:
        cidr: {{ . }}
    {{- end }}
  ports:
    - port: 53
      protocol: UDP
    - port: 53
      protocol: TCP
{{- end -}}

{{/* A component as a peer. */}}
{{- define "liangjiang.peer" -}}
- podSelector:
    matchLabels:
      {{- include "liangjiang.selector" . | nindent 6 }}
{{- end -}}

{{- define "liangjiang.outsideEgress" -}}
# Registers, banks and providers beyond the cluster
- to:
    - ipBlock:
        cidr: {{ .Values.networkPolicy.outside.cidr }}
        {{- with .Values.networkPolicy.outside.except }}
        except:
          {{- toYaml . | nindent 10 }}
        {{- end }}
  ports:
    {{- range .Values.networkPolicy.outside.ports }}
    - port: {{ . }}
      protocol: TCP
    {{- end }}
{{- end -}}

{{- define "liangjiang.databaseEgress" -}}
{{- $db := .root.Values.database -}}
# Its database
- to:
  {{- if eq $db.mode "cnpg" }}
    - podSelector:
        matchLabels:
          cnpg.io/cluster: {{ include "liangjiang.name" . }}-database
  {{- else if eq $db.mode "evaluation" }}
    {{- include "liangjiang.peer" (merge (dict "name" "database") .) | nindent 4 }}
  {{- else if $db.external.peers }}
    {{- toYaml $db.external.peers | nindent 4 }}
  {{- else }}
    - ipBlock:
        cidr: 0.0.0.0/0
  {{- end }}
  ports:
    - port: {{ ternary $db.external.port 5432 (eq $db.mode "external") }}
      protocol: TCP
{{- end -}}

{{/* The callers of a component on a port, and the tests. */}}
{{- define "liangjiang.callers" -}}
{{- $self := .self -}}
{{- $port := .port -}}
{{- range $name, $facts := $self.city.components -}}
{{- range $facts.calls -}}
{{- if and (eq .to $self.name) (eq .port $port) (ne $name $self.name) }}
{{ include "liangjiang.peer" (merge (dict "name" $name) $self) }}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if and $self.root.Values.test.enabled (eq $port "http") (has $self.name (list "gateway" "sandbox")) }}
{{ include "liangjiang.peer" (merge (dict "name" "test") $self) }}
{{- end -}}
{{- end -}}

{{- define "liangjiang.worldIngress" -}}
- ports:
    - port: {{ .facts.http }}
      protocol: TCP
  {{- with .root.Values.networkPolicy.gatewayFrom }}
  from:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}

{{- define "liangjiang.networkPolicy" -}}
{{- $self := . -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ include "liangjiang.name" . }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "liangjiang.labels" . | nindent 4 }}
spec:
  podSelector:
    matchLabels:
      {{- include "liangjiang.selector" . | nindent 6 }}
  policyTypes: [Ingress, Egress]
  ingress:
    {{- range $port := list "http" "grpc" }}
    {{- with include "liangjiang.callers" (dict "self" $self "port" $port) | trim }}
    - from:
        {{- . | nindent 8 }}
      ports:
        - port: {{ get $self.facts $port }}
          protocol: TCP
    {{- end }}
    {{- end }}
    {{- if or (eq .name "gateway") (and (eq .name "payments") (ne .root.Values.route.type "none") .root.Values.route.callbacks) }}
    # The world
    {{- include "liangjiang.worldIngress" . | nindent 4 }}
    {{- end }}
    {{- with .root.Values.networkPolicy.metricsFrom }}
    # Metrics
    - from:
        {{- toYaml . | nindent 8 }}
      ports:
        - port: 9000
          protocol: TCP
    {{- end }}
  egress:
    {{- include "liangjiang.dnsEgress" .root | nindent 4 }}
    {{- range .facts.calls }}
    {{- if ne .to $self.name }}
    - to:
        {{- include "liangjiang.peer" (merge (dict "name" .to) $self) | nindent 8 }}
      ports:
        - port: {{ get (get $self.city.components .to) .port }}
          protocol: TCP
    {{- end }}
    {{- end }}
    {{- if .facts.database }}
    {{- include "liangjiang.databaseEgress" . | nindent 4 }}
    {{- end }}
    {{- if and .facts.outside (eq .root.Values.environment "production") }}
    {{- include "liangjiang.outsideEgress" .root | nindent 4 }}
    {{- end }}
{{- end -}}
