{{/* Settings of a component as environment variables. */}}

{{- define "liangjiang.databaseHost" -}}
{{- $db := .root.Values.database -}}
{{- if eq $db.mode "cnpg" -}}
{{ include "liangjiang.name" . }}-database-rw
{{- else if eq $db.mode "evaluation" -}}
{{ include "liangjiang.fullname" .root }}-database
{{- else -}}
{{ index $db.external.hosts .name | default (required (printf "database.external.host, or database.external.hosts.%s, names the PostgreSQL server; or choose another database.mode" .name) $db.external.host) }}
{{- end -}}
{{- end -}}

{{- define "liangjiang.databaseName" -}}
{{- if eq .root.Values.database.mode "external" -}}
{{ .root.Values.database.external.namePrefix }}{{ .name }}
{{- else -}}
{{ .name }}
{{- end -}}
{{- end -}}

{{/* Name of the Secret with the authority's certificate; empty without TLS. */}}
{{- define "liangjiang.databaseAuthority" -}}
{{- $db := .root.Values.database -}}
{{- if eq $db.mode "cnpg" -}}
{{ include "liangjiang.name" . }}-database-ca
{{- else if and (eq $db.mode "external") (eq $db.external.tls "verify-full") -}}
{{ $db.external.caSecret }}
{{- end -}}
{{- end -}}

{{- define "liangjiang.databaseEnvironment" -}}
{{- $port := ternary .root.Values.database.external.port 5432 (eq .root.Values.database.mode "external") -}}
{{- $address := printf "postgresql://%s:%d/%s" (include "liangjiang.databaseHost" .) (int $port) (include "liangjiang.databaseName" .) -}}
{{- if include "liangjiang.databaseAuthority" . }}
QUARKUS_DATASOURCE_JDBC_URL: jdbc:{{ $address }}?sslmode=verify-full&sslrootcert=/etc/liangjiang/database/ca.crt
QUARKUS_DATASOURCE_REACTIVE_POSTGRESQL_SSL_MODE: verify-full
QUARKUS_DATASOURCE_REACTIVE_HOSTNAME_VERIFICATION_ALGORITHM: HTTPS
QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM: "true"
QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM_CERTS: /etc/liangjiang/database/ca.crt
{{- else }}
QUARKUS_DATASOURCE_JDBC_URL: jdbc:{{ $address }}
{{- end }}
QUARKUS_DATASOURCE_REACTIVE_URL: {{ $address }}
{{- /* A database that comes up at the same time is waited for. */}}
QUARKUS_FLYWAY_CONNECT_RETRIES: "60"
QUARKUS_FLYWAY_CONNECT_RETRIES_INTERVAL: 5s
{{- end -}}

{{/* What a component is told about the simulated outside world. */}}
{{- define "liangjiang.sandboxEnvironment" -}}
{{- $sandbox := include "liangjiang.httpUrl" (merge (dict "name" "sandbox") .) -}}
{{- if eq .name "identity" }}
LIANGJIANG_SANDBOX_URL: {{ $sandbox }}
{{- else if eq .name "payments" }}
LIANGJIANG_CHANNEL_SANDBOX_PAY_BASE_URL: {{ $sandbox }}
LIANGJIANG_CHANNEL_SANDBOX_PAY_NOTIFY_URL: {{ include "liangjiang.httpUrl" . }}
LIANGJIANG_CHANNEL_SANDBOX_PAY_MERCHANT_PRIVATE_KEY_FILE: /etc/liangjiang/channel/merchant-private.pem
LIANGJIANG_CHANNEL_SANDBOX_PAY_PLATFORM_PUBLIC_KEY_FILE: /etc/liangjiang/channel/platform-public.pem
LIANGJIANG_INSURANCE_BASE_URL: {{ $sandbox }}
LIANGJIANG_PAYOUT_BANK_BASE_URL: {{ $sandbox }}
{{- else if eq .name "sandbox" }}
LIANGJIANG_SANDBOX_MERCHANT_PUBLIC_KEY_FILE: /etc/liangjiang/channel/merchant-public.pem
LIANGJIANG_SANDBOX_PLATFORM_CERTIFICATE_FILE: /etc/liangjiang/channel/platform-certificate.pem
LIANGJIANG_SANDBOX_PLATFORM_PRIVATE_KEY_FILE: /etc/liangjiang/channel/platform-private.pem
{{- end }}
{{- end -}}

{{/* The ConfigMap's data. preStop waits before the signal; in the five seconds after it, connections that still stand are answered and given up. Identity asks itself at localhost: its Service has no pod before it is ready. */}}
{{- define "liangjiang.environment" -}}
{{- $self := . -}}
{{- $variables := dict
  "LIANGJIANG_ENVIRONMENT" .root.Values.environment
  "QUARKUS_HTTP_PORT" (toString .facts.http)
  "QUARKUS_MANAGEMENT_PORT" "9000"
  "QUARKUS_SHUTDOWN_DELAY" "5s"
  "QUARKUS_SHUTDOWN_TIMEOUT" (printf "%ds" (int .values.shutdownSeconds))
-}}
{{- with .values.javaOptions }}{{- $_ := set $variables "JDK_JAVA_OPTIONS" . -}}{{- end -}}
{{- if ne .name "sandbox" -}}
{{- $keys := eq .name "identity" | ternary (printf "%s://localhost:%d" (include "liangjiang.httpScheme" .) (int .facts.http)) (include "liangjiang.httpUrl" (merge (dict "name" "identity") .)) -}}
{{- $_ := set $variables "LIANGJIANG_TOKENS_JWKS_URL" (printf "%s/.well-known/jwks.json" $keys) -}}
{{- end -}}
{{- if .facts.grpc -}}
{{- $_ := set $variables "QUARKUS_GRPC_SERVER_PORT" (toString .facts.grpc) -}}
{{- /* Callers resolve the headless Service's name again and find the pods that there are now. */ -}}
{{- $_ := set $variables "LIANGJIANG_GRPC_MAX_CONNECTION_AGE" "60s" -}}
{{- end -}}
{{- if .facts.client -}}
{{- $_ := set $variables "LIANGJIANG_SERVICE_CLIENT_ID" .name -}}
{{- end -}}
{{- range .facts.calls -}}
{{- if eq .port "grpc" -}}
{{- $client := printf "QUARKUS_GRPC_CLIENTS_%s" (upper .to) -}}
{{- $_ := set $variables (printf "%s_PORT" $client) (toString (index $self.city.components .to).grpc) -}}
{{- if eq .to $self.name -}}
{{- $_ := set $variables (printf "%s_HOST" $client) "localhost" -}}
{{- else -}}
{{- $_ := set $variables (printf "%s_HOST" $client) (include "liangjiang.grpcHost" (merge (dict "name" .to) $self)) -}}
{{- $_ := set $variables (printf "%s_NAME_RESOLVER" $client) "dns" -}}
{{- $_ := set $variables (printf "%s_LOAD_BALANCING_POLICY" $client) "round_robin" -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if include "liangjiang.hasCertificate" . -}}
{{- $variables = merge $variables (include "liangjiang.tlsEnvironment" . | fromYaml) -}}
{{- end -}}
{{- if .root.Values.calls.serviceConfig -}}
{{- $_ := set $variables "LIANGJIANG_GRPC_SERVICE_CONFIG" "/etc/liangjiang/calls/service-config.json" -}}
{{- end -}}
{{- if .facts.database -}}
{{- $variables = merge $variables (include "liangjiang.databaseEnvironment" . | fromYaml) -}}
{{- end -}}
{{- if hasKey .city.components "sandbox" -}}
{{- $variables = merge $variables (include "liangjiang.sandboxEnvironment" . | fromYaml) -}}
{{- end -}}
{{- if eq .name "identity" -}}
{{- $_ := set $variables "LIANGJIANG_IDENTITY_GUESTS_ISSUER" .root.Values.publicUrl -}}
{{- if eq .root.Values.environment "production" -}}
{{- $_ := set $variables "LIANGJIANG_IDENTITY_FIRST_ADMINISTRATORS_ADMIN_ROLE" "admin" -}}
{{- $_ := set $variables "LIANGJIANG_IDENTITY_FIRST_ADMINISTRATORS_SECURITY_ROLE" "security-admin" -}}
{{- end -}}
{{- else if eq .name "gateway" -}}
{{- $_ := set $variables "LIANGJIANG_GATEWAY_PASSAGE_IDENTITY_URL" (include "liangjiang.httpUrl" (merge (dict "name" "identity") .)) -}}
{{- end -}}
{{- range $name, $value := .values.env -}}{{- $_ := set $variables $name (toString $value) -}}{{- end -}}
{{- range $name, $value := $variables }}
{{ $name }}: {{ $value | quote }}
{{- end }}
{{- end -}}

{{/* One variable from a Secret: (list variable secret key) */}}
{{- define "liangjiang.secretVariable" }}
- name: {{ index . 0 }}
  valueFrom:
    secretKeyRef:
      name: {{ index . 1 | quote }}
      key: {{ index . 2 }}
{{- end -}}

{{/* The variables that are secret. */}}
{{- define "liangjiang.secretEnvironment" -}}
{{- $self := . -}}
{{- $keys := include "liangjiang.keysSecret" . -}}
{{- if .facts.database -}}
{{- $database := include "liangjiang.databaseSecret" . -}}
{{- include "liangjiang.secretVariable" (list "QUARKUS_DATASOURCE_USERNAME" $database "username") -}}
{{- include "liangjiang.secretVariable" (list "QUARKUS_DATASOURCE_PASSWORD" $database "password") -}}
{{- end -}}
{{- if .facts.masterKey -}}
{{- include "liangjiang.secretVariable" (list (printf "LIANGJIANG_%s_MASTER_KEY" (upper .name)) $keys "master-key") -}}
{{- end -}}
{{- if .facts.client -}}
{{- include "liangjiang.secretVariable" (list "LIANGJIANG_SERVICE_CLIENT_SECRET" $keys "client-secret") -}}
{{- end -}}
{{- if eq .name "identity" -}}
{{- if .root.Values.keys.otherMasterKeys -}}
{{- include "liangjiang.secretVariable" (list "LIANGJIANG_IDENTITY_OTHER_MASTER_KEYS" $keys "other-master-keys") -}}
{{- end -}}
{{- range $name, $facts := .city.components -}}
{{- if $facts.client -}}
{{- include "liangjiang.secretVariable" (list (printf "LIANGJIANG_IDENTITY_SERVICE_CLIENTS_%s_SECRET_SHA256" (upper $name)) $keys (printf "%s-client-sha256" $name)) -}}
{{- end -}}
{{- end -}}
{{- if eq .root.Values.environment "production" -}}
{{- include "liangjiang.secretVariable" (list "LIANGJIANG_IDENTITY_FIRST_ADMINISTRATORS_ADMIN_INITIAL_PASSWORD" $keys "first-admin") -}}
{{- include "liangjiang.secretVariable" (list "LIANGJIANG_IDENTITY_FIRST_ADMINISTRATORS_SECURITY_INITIAL_PASSWORD" $keys "first-security-admin") -}}
{{- else -}}
{{- range .city.staff -}}
{{- include "liangjiang.secretVariable" (list (printf "LIANGJIANG_IDENTITY_STAFF_PASSWORDS_%s" (. | upper | replace "-" "_")) $keys (printf "staff-%s" .)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if and (hasKey .city.components "sandbox") (has .name (list "payments" "sandbox")) -}}
{{- $channel := include "liangjiang.keysSecret" (merge (dict "name" "channel") .) -}}
{{- $prefix := eq .name "payments" | ternary "LIANGJIANG_CHANNEL_SANDBOX_PAY" "LIANGJIANG_SANDBOX" -}}
{{- range list "merchant-id" "merchant-serial" "platform-public-key-id" "api-v3-key" -}}
{{- include "liangjiang.secretVariable" (list (printf "%s_%s" $prefix (. | upper | replace "-" "_")) $channel .) -}}
{{- end -}}
{{- end -}}
{{- end -}}
