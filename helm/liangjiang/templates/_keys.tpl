{{/* Which Secrets there must be, and how each entry is made when it is missing; YAML. What the operator gives is not in it. */}}
{{- define "liangjiang.keysPlan" -}}
{{- $self := . -}}
{{- $given := .root.Values.keys.existingSecrets -}}
{{- $secrets := list -}}
{{- range $name, $facts := .city.components -}}
{{- $component := merge (dict "name" $name "facts" $facts) $self -}}
{{- $entries := include "liangjiang.keysEntries" $component | fromYaml -}}
{{- if and $entries (not (hasKey $given $name)) -}}
{{- $secrets = append $secrets (dict "name" (include "liangjiang.keysSecret" $component) "labels" (include "liangjiang.keptLabels" $component | fromYaml) "entries" $entries) -}}
{{- end -}}
{{- if and $facts.database (eq $self.root.Values.database.mode "evaluation") -}}
{{- $account := dict "username" (dict "make" "text" "text" $name) "password" (dict "make" "letters" "length" 32) -}}
{{- $secrets = append $secrets (dict "name" (include "liangjiang.databaseSecret" $component) "labels" (include "liangjiang.keptLabels" $component | fromYaml) "entries" $account) -}}
{{- end -}}
{{- end -}}
{{- if eq .root.Values.database.mode "evaluation" -}}
{{- $component := merge (dict "name" "database") . -}}
{{- $secrets = append $secrets (dict "name" (include "liangjiang.name" $component) "labels" (include "liangjiang.keptLabels" $component | fromYaml) "entries" (dict "password" (dict "make" "letters" "length" 32))) -}}
{{- end -}}
{{- if and (hasKey .city.components "sandbox") (not (hasKey $given "channel")) -}}
{{- $component := merge (dict "name" "channel") . -}}
{{- $secrets = append $secrets (dict "name" (include "liangjiang.keysSecret" $component) "labels" (include "liangjiang.keptLabels" $component | fromYaml) "entries" (include "liangjiang.channelEntries" . | fromYaml)) -}}
{{- end -}}
{{- toYaml (dict "secrets" $secrets) -}}
{{- end -}}

{{/* The Secrets are nobody's but the city's: Helm neither upgrades nor removes them. */}}
{{- define "liangjiang.keptLabels" -}}
{{ include "liangjiang.selector" . }}
app.kubernetes.io/part-of: {{ .root.Chart.Name }}
app.kubernetes.io/managed-by: cityctl
{{- end -}}

{{- define "liangjiang.keysEntries" -}}
{{- $self := . -}}
{{- if .facts.masterKey }}
master-key: {make: bytes, length: 32}
{{- end }}
{{- if .facts.client }}
client-secret: {make: letters, length: 40}
{{- end }}
{{- if eq .name "identity" }}
{{- range $name, $facts := .city.components }}
{{- if $facts.client }}
{{ $name }}-client-sha256: {make: sha256, of: {{ include "liangjiang.keysSecret" (merge (dict "name" $name) $self) }}/client-secret}
{{- end }}
{{- end }}
{{- if eq .root.Values.environment "production" }}
first-admin: {make: letters, length: 24}
first-security-admin: {make: letters, length: 24}
{{- else }}
{{- range .city.staff }}
staff-{{ . }}: {make: letters, length: 12}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* How the simulated payment channel and its merchant know each other. */}}
{{- define "liangjiang.channelEntries" -}}
merchant-id: {make: text, text: "1900000109"}
merchant-serial: {make: serial}
merchant-private.pem: {make: rsa}
merchant-public.pem: {make: public, of: merchant-private.pem}
platform-private.pem: {make: rsa}
platform-public.pem: {make: public, of: platform-private.pem}
platform-certificate.pem: {make: certificate, of: platform-private.pem, text: Liangjiang sandbox channel}
platform-public-key-id: {make: digits, length: 31, text: PUB_KEY_ID_0}
api-v3-key: {make: letters, length: 32}
{{- end -}}

{{/* The operators' command in a container: image, security, resources. */}}
{{- define "liangjiang.toolContainer" -}}
image: {{ include "liangjiang.image" (merge (dict "name" "cityctl") .) }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
securityContext:
  {{- include "liangjiang.containerSecurity" . | nindent 2 }}
resources:
  requests:
    cpu: 100m
    memory: 256Mi
  limits:
    cpu: "1"
    memory: 256Mi
{{- end -}}
