{{/* Grafana's form of files/dashboard.yaml; YAML. */}}
{{- define "liangjiang.dashboard" -}}
{{- $selector := .selector -}}
title: Liangjiang, {{ .root.Release.Name }} in {{ .root.Release.Namespace }}
uid: {{ printf "%s/%s" .root.Release.Namespace .root.Release.Name | sha256sum | trunc 12 }}
schemaVersion: 39
refresh: 30s
tags: [liangjiang]
time: {from: now-3h, to: now}
templating:
  list:
    - name: source
      label: Data source
      type: datasource
      query: prometheus
panels:
{{- range $i, $panel := .root.Files.Get "files/dashboard.yaml" | fromYamlArray }}
  - id: {{ add1 $i }}
    type: timeseries
    title: {{ $panel.title | quote }}
    datasource: {type: prometheus, uid: "${source}"}
    gridPos: {h: 8, w: 12, x: {{ mul 12 (mod $i 2) }}, "y": {{ mul 8 (div $i 2) }}}
    fieldConfig:
      defaults:
        unit: {{ $panel.unit }}
    targets:
    {{- range $legend, $query := $panel.queries }}
      - refId: {{ printf "q%s" ($legend | sha256sum | trunc 6) }}
        datasource: {type: prometheus, uid: "${source}"}
        legendFormat: {{ $legend | quote }}
        expr: {{ $query | replace "SELECTOR" $selector | quote }}
        {{- if contains "_bucket" $query }}
        exemplar: true
        {{- end }}
    {{- end }}
{{- end }}
{{- end -}}
