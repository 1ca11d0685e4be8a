// @ts-check
/**
 * A workspace as large repositories have them: 10,000 files of about 6 KB, of which one in five holds a Service and its
 * Deployment, some with an Ingress before it, and the others what surrounds these.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How long a file is about, in bytes. */
const LENGTH = 6000;

/**
 * Writes the files, all below `folder`.
 *
 * @param {string} folder
 * @param {number} count
 * @returns {Promise<{ files: number, bytes: number }>}
 */
export async function writeWorkspace(folder, count) {
  let bytes = 0;
  for (let index = 0; index < count; index++) {
    const home = join(folder, `team-${index % 20}`, `app-${Math.floor(index / 5)}`);
    await mkdir(home, { recursive: true });
    const [name, text] = fileOf(index);
    bytes += text.length;
    await writeFile(join(home, name), text);
  }
  return { files: count, bytes };
}

/**
 * @param {number} index
 * @returns {[name: string, text: string]}
 */
function fileOf(index) {
  const app = `app-${Math.floor(index / 5)}`;
  switch (index % 5) {
    case 0:
      return ['service.yaml', relevantFile(app, Math.floor(index / 5))];
    case 1:
      return ['config.yaml', configMap(app)];
    case 2:
      return ['job.yaml', filled(job, app)];
    case 3:
      return ['rbac.yaml', filled(role, app)];
    default:
      return ['pipeline.yml', filled(pipeline, app)];
  }
}

/**
 * One Service in ten has a finding: its timeout is longer than the API server accepts.
 *
 * @param {string} app
 * @param {number} index
 */
function relevantFile(app, index) {
  const namespace = `team-${index % 20}`;
  const parts = [
    service(app, namespace, index % 10 === 1 ? 1_000_000 : 1800),
    deployment(app, namespace),
    ...(index % 4 === 0 ? [ingress(app, namespace)] : []),
  ];
  return parts.join('---\n');
}

/**
 * @param {string} app
 * @param {string} namespace
 * @param {number} timeout
 */
export function service(app, namespace, timeout) {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${app}
  namespace: ${namespace}
spec:
  selector:
    app: ${app}
  ports:
    - name: http
      port: 80
      targetPort: http
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: ${timeout}
`;
}

/**
 * @param {string} app
 * @param {string} namespace
 */
function deployment(app, namespace) {
  const variables = lines(90, (line) => `            - name: SETTING_${line}\n              value: "value ${line}"\n`);
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${app}
  namespace: ${namespace}
  labels:
    app: ${app}
spec:
  replicas: 3
  selector:
    matchLabels:
      app: ${app}
  template:
    metadata:
      labels:
        app: ${app}
    spec:
      containers:
        - name: main
          image: registry.example.com/${app}:1.0
          ports:
            - name: http
              containerPort: 8080
          env:
${variables}`;
}

/**
 * @param {string} app
 * @param {string} namespace
 */
function ingress(app, namespace) {
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${app}
  namespace: ${namespace}
  annotations:
    nginx.ingress.kubernetes.io/affinity: cookie
    nginx.ingress.kubernetes.io/session-cookie-name: route
    nginx.ingress.kubernetes.io/session-cookie-path: /
spec:
  ingressClassName: nginx
  rules:
    - host: ${app}.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: ${app}
                port:
                  number: 80
`;
}

/** @param {string} app */
function configMap(app) {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${app}
data:
  application.properties: |
${lines(150, (line) => `    server.option.${line}=value of option ${line}\n`)}`;
}

/**
 * @param {string} app
 * @param {number} part
 */
function job(app, part) {
  return `apiVersion: batch/v1
kind: CronJob
metadata:
  name: ${app}-${part}
  labels:
    app.kubernetes.io/name: ${app}
spec:
  schedule: "${part % 60} * * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: main
              image: registry.example.com/${app}:1.0
              command: [sh, -c, "echo ${part}"]
`;
}

/**
 * @param {string} app
 * @param {number} part
 */
function role(app, part) {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: ${app}-${part}
  labels:
    app.kubernetes.io/name: ${app}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: reader-${part}
subjects:
  - kind: ServiceAccount
    name: ${app}
`;
}

/**
 * @param {string} app
 * @param {number} part
 */
function pipeline(app, part) {
  return `name: build ${app} ${part}
on: [push]
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: make test TARGET=${app} PART=${part}
`;
}

/**
 * As many documents as make a file.
 *
 * @param {(app: string, part: number) => string} document
 * @param {string} app
 */
function filled(document, app) {
  const count = Math.ceil(LENGTH / document(app, 10).length);
  return Array.from({ length: count }, (_, part) => document(app, part)).join('---\n');
}

/**
 * @param {number} count
 * @param {(line: number) => string} line
 */
function lines(count, line) {
  return Array.from({ length: count }, (_, index) => line(index)).join('');
}
