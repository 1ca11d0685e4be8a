import { fieldSteps, parseAddress } from '../../server/src/knowledge/address.ts';
import type { NewSetting, ProductTable, Recipe } from '../../server/src/knowledge/product.ts';
import { PRODUCTS } from '../../server/src/knowledge/products.ts';
import { newValue } from '../../server/src/rules/support/setSettings.ts';

interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

/** A snippet for every way in which a product keeps clients where they are, by its name. */
export function productSnippets(): Record<string, Snippet> {
  return Object.fromEntries(
    PRODUCTS.flatMap((product) => {
      const recipes = (product.recipes ?? []).filter(({ on }) => on === 'Service' || on === 'Ingress');
      return recipes.map((recipe, index) => {
        const number = index === 0 ? '' : `-${index + 1}`;
        const prefix = `k8s-session-${product.id}${number}`;
        return [
          `${product.name}: ${recipe.on}${number.replace('-', ' ')}`,
          {
            prefix,
            description: `${recipe.on} of ${product.name} that keeps a client: ${recipe.title}.`,
            body: bodyOf(product, recipe),
          },
        ];
      });
    }),
  );
}

/** Numbers tab stops from the top of the text to its end. */
class Stops {
  #last = 0;

  next(text: string): string {
    this.#last++;
    return `\${${this.#last}:${text.replace(/[\\$}]/g, '\\$&')}}`;
  }
}

function bodyOf(product: ProductTable, { on, set }: Recipe): string[] {
  const stops = new Stops();
  const annotations = set.filter(({ at }) => parseAddress(at).kind === 'annotation');
  const fields = set.filter(({ at }) => parseAddress(at).kind === 'field');
  const name = stops.next('web');
  const head = [
    `apiVersion: ${on === 'Ingress' ? 'networking.k8s.io/v1' : 'v1'}`,
    `kind: ${on}`,
    'metadata:',
    `  name: ${name}`,
    ...(annotations.length === 0 ? [] : ['  annotations:', ...annotationLines(annotations, stops)]),
  ];
  return [
    ...head,
    'spec:',
    ...(on === 'Ingress' ? ingressLines(product, stops) : serviceLines(product, fields, stops)),
  ];
}

/** Parts of one annotation are written as its list. */
function annotationLines(settings: readonly NewSetting[], stops: Stops): string[] {
  const whole = new Map<string, string>();
  for (const { at, value } of settings) {
    const place = parseAddress(at);
    const key = place.kind === 'annotation' ? place.key : at;
    const part = place.kind === 'annotation' ? place.part : undefined;
    const before = whole.get(key);
    const own = part === undefined ? value : `${part}=${value}`;
    whole.set(key, before === undefined ? own : `${before},${own}`);
  }
  return [...whole].map(([key, value]) => {
    const quote = value.includes('"') ? "'" : '"';
    return `    ${key}: ${quote}${stops.next(value)}${quote}`;
  });
}

type Tree = Map<string, Tree | string>;

/** The fields of a recipe as nested lines, with what every Service needs. */
function serviceLines(product: ProductTable, fields: readonly NewSetting[], stops: Stops): string[] {
  const tree: Tree = new Map();
  for (const { at, value } of fields) {
    const printed = newValue(at, value, product);
    insert(
      tree,
      fieldSteps(at).map(({ key }) => key),
      printed.kind === 'string' ? `"${value}"` : value,
    );
  }
  const spec = tree.get('spec');
  const own: Tree = spec instanceof Map ? spec : new Map();
  const type = own.get('type');
  own.delete('type');
  return [
    ...(type === undefined && product.kind !== 'load balancer'
      ? []
      : [`  type: ${typeof type === 'string' ? type : 'LoadBalancer'}`]),
    ...linesOf(own, '  '),
    '  selector:',
    `    app: ${stops.next('web')}`,
    '  ports:',
    '    - name: http',
    `      port: ${stops.next('80')}`,
    `      targetPort: ${stops.next('8080')}`,
  ];
}

function insert(tree: Tree, [key = '', ...rest]: readonly string[], value: string): void {
  if (rest.length === 0) {
    tree.set(key, value);
    return;
  }
  const inner = tree.get(key);
  const next: Tree = inner instanceof Map ? inner : new Map();
  tree.set(key, next);
  insert(next, rest, value);
}

function linesOf(tree: Tree, indent: string): string[] {
  return [...tree].flatMap(([key, value]) =>
    typeof value === 'string' ? [`${indent}${key}: ${value}`] : [`${indent}${key}:`, ...linesOf(value, `${indent}  `)],
  );
}

function ingressLines({ detection }: ProductTable, stops: Stops): string[] {
  const className = detection.ingress?.classNames[0];
  return [
    ...(className === undefined ? [] : [`  ingressClassName: ${stops.next(className)}`]),
    '  rules:',
    `    - host: ${stops.next('web.example.com')}`,
    '      http:',
    '        paths:',
    '          - path: /',
    '            pathType: Prefix',
    '            backend:',
    '              service:',
    `                name: ${stops.next('web')}`,
    '                port:',
    `                  number: ${stops.next('80')}`,
  ];
}
