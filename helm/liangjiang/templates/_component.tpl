{{/* The objects of one component: (dict "root" $ "city" city "name" name "facts" facts "values" values) */}}

{{- define "liangjiang.serviceAccount" -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ include "liangjiang.name" . }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "liangjiang.labels" . | nindent 4 }}
automountServiceAccountToken: false
{{- end -}}

{{- define "liangjiang.configMap" -}}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "liangjiang.name" . }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "liangjiang.labels" . | nindent 4 }}
data:
  {{- include "liangjiang.environment" . | trim | nindent 2 }}
{{- end -}}

{{- define "liangjiang.service" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ include "liangjiang.name" . }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "liangjiang.labels" . | nindent 4 }}
    liangjiang.io/scrape: metrics
spec:
  type: ClusterIP
  selector:
    {{- include "liangjiang.selector" . | nindent 4 }}
  ports:
    - name: http
      port: {{ .facts.http }}
      targetPort: http
      protocol: TCP
      appProtocol: {{ include "liangjiang.httpScheme" . }}
    - name: management
      port: 9000
      targetPort: management
      protocol: TCP
      appProtocol: http
{{- end -}}

{{/* Headless: its name stands for the pods themselves, over which callers spread their calls; behind one address a connection would pin them all to one pod. */}}
{{- define "liangjiang.grpcService" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ include "liangjiang.grpcHost" . }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "liangjiang.labels" . | nindent 4 }}
spec:
  type: ClusterIP
  clusterIP: None
  selector:
    {{- include "liangjiang.selector" . | nindent 4 }}
  ports:
    - name: grpc
      port: {{ .facts.grpc }}
      targetPort: grpc
      protocol: TCP
      appProtocol: grpc
{{- end -}}

{{- define "liangjiang.disruptionBudget" -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ include "liangjiang.name" . }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "liangjiang.labels" . | nindent 4 }}
spec:
  maxUnavailable: {{ .values.maxUnavailable }}
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      {{- include "liangjiang.selector" . | nindent 6 }}
{{- end -}}

{{- define "liangjiang.autoscaler" -}}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ include "liangjiang.name" . }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "liangjiang.labels" . | nindent 4 }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ include "liangjiang.name" . }}
  minReplicas: {{ .values.autoscaling.minReplicas }}
  maxReplicas: {{ .values.autoscaling.maxReplicas }}
  behavior:
    scaleDown:
      stabilizationWindowSeconds: 300
      policies:
        - type: Pods
          value: 1
          periodSeconds: 60
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: {{ .values.autoscaling.cpuPercent }}
    {{- with .values.autoscaling.metrics }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end -}}
