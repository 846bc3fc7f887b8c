{{- define "liangjiang.deployment" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "liangjiang.name" . }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "liangjiang.labels" . | nindent 4 }}
spec:
  {{- if not .values.autoscaling.enabled }}
  replicas: {{ .values.replicas }}
  {{- end }}
  revisionHistoryLimit: 3
  progressDeadlineSeconds: {{ add 300 (int .values.startupSeconds) }}
  # Old pods go on until new ones are ready.
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxUnavailable: 0
      maxSurge: 1
  selector:
    matchLabels:
      {{- include "liangjiang.selector" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "liangjiang.labels" . | nindent 8 }}
        {{- with .values.podLabels }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      annotations:
        checksum/config: {{ print (include "liangjiang.environment" .) .root.Values.calls.serviceConfig | sha256sum }}
        liangjiang.io/keys-revision: {{ .root.Values.keys.revision | quote }}
        {{- with .values.podAnnotations }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    spec:
      {{- include "liangjiang.podSpec" . | nindent 6 }}
{{- end -}}

{{- define "liangjiang.podSpec" -}}
serviceAccountName: {{ include "liangjiang.name" . }}
automountServiceAccountToken: false
# Their variables (LIANGJIANG_IDENTITY_PORT, ...) would be taken for settings.
enableServiceLinks: false
{{- include "liangjiang.pullSecrets" .root }}
securityContext:
  {{- include "liangjiang.podSecurity" 10001 | nindent 2 }}
terminationGracePeriodSeconds: {{ add (int .values.preStopSeconds) (int .values.shutdownSeconds) 10 }}
{{- with .values.priorityClassName }}
priorityClassName: {{ . | quote }}
{{- end }}
{{- with .values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
topologySpreadConstraints:
{{- $self := . }}
{{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
  - topologyKey: {{ . }}
    maxSkew: 1
    whenUnsatisfiable: {{ $self.values.spreadStrictly | ternary "DoNotSchedule" "ScheduleAnyway" }}
    labelSelector:
      matchLabels:
        {{- include "liangjiang.selector" $self | nindent 8 }}
    matchLabelKeys: [pod-template-hash]
{{- end }}
containers:
  - name: {{ .name }}
    {{- include "liangjiang.container" . | nindent 4 }}
volumes:
  - name: tmp
    emptyDir:
      sizeLimit: 256Mi
  {{- if include "liangjiang.mountsAuthority" . }}
  - name: database-authority
    secret:
      secretName: {{ include "liangjiang.databaseAuthority" . | quote }}
      defaultMode: 0440
      items:
        - key: ca.crt
          path: ca.crt
  {{- end }}
  {{- if include "liangjiang.hasCertificate" . }}
  {{- include "liangjiang.tlsVolume" . | nindent 2 }}
  {{- end }}
  {{- if .root.Values.calls.serviceConfig }}
  - name: calls
    configMap:
      name: {{ include "liangjiang.fullname" .root }}-calls
  {{- end }}
  {{- with include "liangjiang.channelFiles" . }}
  - name: channel
    secret:
      secretName: {{ include "liangjiang.keysSecret" (merge (dict "name" "channel") $self) | quote }}
      defaultMode: 0440
      items:
        {{- . | trim | nindent 8 }}
  {{- end }}
{{- end -}}

{{- define "liangjiang.container" -}}
image: {{ .values.image | default (include "liangjiang.image" .) | quote }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
securityContext:
  {{- include "liangjiang.containerSecurity" . | nindent 2 }}
ports:
  - name: http
    containerPort: {{ .facts.http }}
    protocol: TCP
  {{- if .facts.grpc }}
  - name: grpc
    containerPort: {{ .facts.grpc }}
    protocol: TCP
  {{- end }}
  - name: management
    containerPort: 9000
    protocol: TCP
envFrom:
  - configMapRef:
      name: {{ include "liangjiang.name" . }}
  {{- range .values.envFromSecrets }}
  - secretRef:
      name: {{ . | quote }}
  {{- end }}
{{- with include "liangjiang.secretEnvironment" . | trim }}
env:
  {{- . | nindent 2 }}
{{- end }}
resources:
  {{- toYaml .values.resources | nindent 2 }}
startupProbe:
  httpGet:
    path: /q/health/started
    port: management
  periodSeconds: 2
  timeoutSeconds: 2
  failureThreshold: {{ div (int .values.startupSeconds) 2 }}
livenessProbe:
  httpGet:
    path: /q/health/live
    port: management
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 3
readinessProbe:
  httpGet:
    path: /q/health/ready
    port: management
  periodSeconds: 5
  timeoutSeconds: 3
  failureThreshold: 2
# The pod leaves the Services first; only when that is known everywhere it is told to end.
lifecycle:
  preStop:
    sleep:
      seconds: {{ .values.preStopSeconds }}
volumeMounts:
  - name: tmp
    mountPath: /tmp
  {{- if include "liangjiang.mountsAuthority" . }}
  - name: database-authority
    mountPath: /etc/liangjiang/database
    readOnly: true
  {{- end }}
  {{- if include "liangjiang.hasCertificate" . }}
  - name: tls
    mountPath: /etc/liangjiang/tls
    readOnly: true
  {{- end }}
  {{- if .root.Values.calls.serviceConfig }}
  - name: calls
    mountPath: /etc/liangjiang/calls
    readOnly: true
  {{- end }}
  {{- if include "liangjiang.channelFiles" . }}
  - name: channel
    mountPath: /etc/liangjiang/channel
    readOnly: true
  {{- end }}
{{- end -}}

{{- define "liangjiang.mountsAuthority" -}}
{{- if .facts.database -}}
{{ include "liangjiang.databaseAuthority" . }}
{{- end -}}
{{- end -}}

{{/* Files of the simulated payment channel that a component reads. */}}
{{- define "liangjiang.channelFiles" -}}
{{- if hasKey .city.components "sandbox" -}}
{{- $files := dict "payments" (list "merchant-private.pem" "platform-public.pem") "sandbox" (list "merchant-public.pem" "platform-private.pem" "platform-certificate.pem") -}}
{{- range get $files .name | default list }}
- key: {{ . }}
  path: {{ . }}
{{- end -}}
{{- end -}}
{{- end -}}
