// @ts-check
/** The texts that are measured: generated ones, so that everybody measures the same, and files that a person names. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';

/** @typedef {{ name: string, uri: string, text: string }} BenchFile */

/** @returns {BenchFile[]} */
export function generatedFiles() {
  return [
    generated('small', pairs(1)),
    generated('100 pairs', pairs(100)),
    generated('1,000 pairs', pairs(1000)),
    generated('List of 2,000', listOf(1000)),
  ];
}

/**
 * @param {readonly string[]} paths
 * @returns {Promise<BenchFile[]>}
 */
export async function namedFiles(paths) {
  return await Promise.all(
    paths.map(async (path) => ({ ...generated(basename(path), ''), text: await readFile(path, 'utf8') })),
  );
}

/**
 * @param {string} name
 * @param {string} text
 * @returns {BenchFile}
 */
function generated(name, text) {
  return { name, text, uri: `file:///bench/${encodeURIComponent(name.replaceAll(/[ ,]+/g, '-'))}.yaml` };
}

/** @param {number} count */
function pairs(count) {
  return numbers(count)
    .flatMap((index) => [deployment(index), service(index)])
    .join('---\n');
}

/**
 * The same objects as the items of one document.
 *
 * @param {number} count
 */
function listOf(count) {
  const items = numbers(count).flatMap((index) => [deployment(index), service(index)]);
  const indented = items.map((item) => `  - ${item.trimEnd().replaceAll('\n', '\n    ')}\n`);
  return `apiVersion: v1\nkind: List\nitems:\n${indented.join('')}`;
}

/** @param {number} count */
function numbers(count) {
  return Array.from({ length: count }, (_, index) => index);
}

/** @param {number} index */
function deployment(index) {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: storefront-${index}
  labels:
    app: storefront-${index}
spec:
  replicas: 3
  selector:
    matchLabels:
      app: storefront-${index}
  template:
    metadata:
      labels:
        app: storefront-${index}
    spec:
      containers:
        - name: storefront
          image: registry.example.com/storefront:1.${index}
          ports:
            - name: http
              containerPort: 8080
`;
}

/**
 * One Service in ten has a finding: its timeout is longer than the API server accepts.
 *
 * @param {number} index
 */
function service(index) {
  return `apiVersion: v1
kind: Service
metadata:
  name: storefront-${index}
  labels:
    app: storefront-${index}
spec:
  type: ClusterIP
  selector:
    app: storefront-${index}
  ports:
    - name: http
      port: 80
      targetPort: http
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: ${index % 10 === 1 ? 1_000_000 : 1800}
`;
}
