import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Holds manifests against the Kubernetes API: for each of `documents` the reasons to refuse it, none if it is valid.
 *
 * The schema is the package kubernetes-types, which is generated from the OpenAPI description of Kubernetes, and the
 * checker is the compiler: an object literal that is declared to be a `Service` is refused for a field that a Service
 * does not have, at any depth, for a value of the wrong type and for a missing field. The OpenAPI description types
 * closed sets of words as strings, so those that our manifests use are narrowed in `closedSets`.
 */
export function refusalsOf(documents: readonly unknown[]): string[][] {
  const refusals: string[][] = documents.map(() => []);
  // One declaration a line, so that a line of the compiler's output names its document.
  const declarations = documents.map((document, index) => {
    const type = typeOf(document);
    if (type === undefined) refusals[index]?.push(`No type for ${kindOf(document)}.`);
    return `export const document${index}: ${type ?? 'unknown'} = ${JSON.stringify(document)};`;
  });
  for (const { line, reason } of compile([...declarations, ...closedSets].join('\n'))) {
    const ofDocument = refusals[line - 1];
    if (!ofDocument) throw new Error(`The checker itself does not compile: ${reason}`);
    ofDocument.push(reason);
  }
  return refusals;
}

const types = new Map([
  ['apps/v1 Deployment', 'Deployment'],
  ['v1 Service', 'StrictService'],
  ['networking.k8s.io/v1 Ingress', 'Ingress'],
]);

const closedSets = [
  `import type { Deployment } from 'kubernetes-types/apps/v1';`,
  `import type { Service, ServicePort, ServiceSpec } from 'kubernetes-types/core/v1';`,
  `import type { Ingress } from 'kubernetes-types/networking/v1';`,
  `type StrictPort = ServicePort & { protocol?: 'TCP' | 'UDP' | 'SCTP' };`,
  `type StrictSpec = Omit<ServiceSpec, 'ports'> & {`,
  `  type?: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';`,
  `  externalTrafficPolicy?: 'Cluster' | 'Local';`,
  `  sessionAffinity?: 'None' | 'ClientIP';`,
  `  ports?: StrictPort[];`,
  `};`,
  `type StrictService = Omit<Service, 'spec'> & { spec: StrictSpec };`,
];

interface Complaint {
  readonly line: number;
  readonly reason: string;
}

function compile(source: string): Complaint[] {
  // The folder stands below the project's root, where the compiler finds the package.
  const parent = join(process.cwd(), 'out', 'test');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'strict-manifests-'));
  try {
    const compilerOptions = {
      strict: true,
      noEmit: true,
      lib: ['ES2023'],
      types: [],
      module: 'ESNext',
      moduleResolution: 'bundler',
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['documents.ts'] }));
    writeFileSync(join(folder, 'documents.ts'), source);
    const compiler = join(process.cwd(), 'node_modules', 'typescript', 'bin', 'tsc');
    const run = spawnSync(process.execPath, [compiler, '--pretty', 'false', '-p', folder], { encoding: 'utf8' });
    // A complaint may go on in indented lines.
    const complaints = run.stdout.split(/\r?\n(?! )/).flatMap((complaint) => {
      const found = /documents\.ts\((\d+),\d+\): error (TS\d+: .*)$/s.exec(complaint);
      return found ? [{ line: Number(found[1]), reason: found[2] ?? '' }] : [];
    });
    // Anything but "no complaint" and "these complaints" means that nothing was checked.
    if (run.error || (run.status !== 0 && complaints.length === 0)) {
      throw new Error(`The compiler did not run: ${run.error?.message ?? run.stdout + run.stderr}`);
    }
    return complaints;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function typeOf(document: unknown): string | undefined {
  return types.get(kindOf(document));
}

function kindOf(document: unknown): string {
  const { apiVersion, kind } = (document ?? {}) as { apiVersion?: unknown; kind?: unknown };
  return `${apiVersion} ${kind}`;
}
