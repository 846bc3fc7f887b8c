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
{{- end -}}
