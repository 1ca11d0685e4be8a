import assert from 'node:assert/strict';
import { parentOf, parseAddress } from '../../../server/src/knowledge/address.ts';
import type { ProductTable, Setting, SettingCase } from '../../../server/src/knowledge/product.ts';
import { isChecked, objectKindOf, PRODUCTS } from '../../../server/src/knowledge/products.ts';
import { readSetting, type WrittenSetting } from '../../../server/src/knowledge/settingReading.ts';
import type { Resource } from '../../../server/src/kubernetes/resource.ts';
import { findingsOf, type LocatedFinding } from '../../../server/src/rules/engine.ts';
import { newValue, removeSetting, settingsEdits, valueEdits } from '../../../server/src/rules/support/setSettings.ts';
import { applyEdits, type TextEdit } from '../../../server/src/text/edit.ts';
import type { Manifest } from '../../../server/src/workspace/manifest.ts';
import { analyze, mendAll, URI } from '../../support/analysis.ts';

/** What a sample is judged by: whatever says that nothing is wrong may still give advice about something else. */
function findingsIn(text: string): readonly LocatedFinding[] {
  return findingsOf(analyze(text).snapshot(), URI);
}

function describeFindings(text: string): string[] {
  return findingsIn(text).map(({ finding, span }) => `${finding.rule.id} at ${text.slice(span.start, span.end)}`);
}

interface Written {
  readonly manifest: Manifest;
  readonly start: number;
  readonly resource: Resource;
  readonly reading: WrittenSetting;
}

/** Where a sample has a setting. */
function find(product: ProductTable, setting: Setting, text: string): Written | undefined {
  for (const { manifest, start } of analyze(text).snapshot().files.get(URI)?.manifests ?? []) {
    for (const resource of manifest.resources.filter((one) => setting.objects.includes(objectKindOf(one)))) {
      const reading = readSetting(resource, setting.at, product);
      if (reading.kind === 'value') {
        return { manifest, start, resource, reading };
      }
    }
  }
  return undefined;
}

function edited(text: string, { start }: Written, edits: readonly TextEdit[] | undefined): string {
  assert(edits !== undefined && edits.length > 0, 'the case can be set up');
  return applyEdits(
    text,
    edits.map(({ span, newText }) => ({ span: { start: span.start + start, end: span.end + start }, newText })),
  );
}

for (const product of PRODUCTS) {
  describe(`the table of ${product.name}`, () => {
    it('names its sources, and says nothing twice', () => {
      assert.match(product.id, /^[a-z0-9]+(-[a-z0-9]+)*$/);
      assert.notEqual(product.source, '');
      assert.match(product.link.url, /^https:\/\//);
      const addresses = new Set<string>();
      for (const { at, objects, source, meaning } of product.settings) {
        const key = `${at} on ${objects.join()}`;
        assert.notEqual(source, '', at);
        assert.match(meaning, /^[A-Z`].*[.]$/s, `${at}: ${meaning}`);
        assert(!addresses.has(key), `${at} stands there once`);
        addresses.add(key);
        assert(objects.length > 0, at);
        assert(!/\s/.test(at), at);
        assert(parseAddress(at).kind !== 'annotation' || !at.includes('#') || parentOf(at) !== undefined);
      }
    });

    it('names settings that exist in its conditions and recipes', () => {
      const known = new Set(product.settings.map(({ at }) => at));
      for (const { set } of [...(product.recipes ?? []), ...product.settings.flatMap(offersOf)]) {
        for (const { at } of set) {
          assert(known.has(at) || at.startsWith('spec.'), `${at} is a setting of the table or a field`);
        }
      }
    });

    for (const { title, manifest } of product.samples) {
      it(`finds nothing in its sample: ${title}`, () => assert.deepEqual(describeFindings(manifest), []));
    }

    for (const setting of product.settings) {
      for (const [index, one] of (setting.cases ?? []).entries()) {
        it(`${setting.at} ${titleOf(one)}${index === 0 ? '' : ` (${index + 1})`}`, () => check(product, setting, one));
      }
    }
  });
}

function offersOf({ requires = [], insteadOnOtherListeners = [] }: Setting) {
  return [...insteadOnOtherListeners, ...requires.flatMap(({ offers = [] }) => offers)];
}

function titleOf(one: SettingCase): string {
  if ('good' in one) {
    return `takes ${one.good}`;
  }
  return 'bad' in one
    ? `does not take ${one.bad}`
    : 'without' in one
      ? `needs ${one.without}`
      : `does not go with ${one.beside.at}`;
}

/** What a setting that no version knows any more is written into. */
function checkRemoved(product: ProductTable, { at, objects }: Setting, one: SettingCase): void {
  assert('beside' in one);
  for (const { manifest: text } of product.samples) {
    const file = analyze(text).snapshot().files.get(URI);
    for (const { manifest, start } of file?.manifests ?? []) {
      const resource = manifest.resources.find((candidate) => objects.includes(objectKindOf(candidate)));
      if (resource !== undefined) {
        const context = { items: [], key: undefined };
        const edits = settingsEdits({ manifest, resource, product, context }, [one.beside]);
        const broken = applyEdits(
          text,
          (edits ?? []).map(({ span, newText }) => ({
            span: { start: span.start + start, end: span.end + start },
            newText,
          })),
        );
        assert.deepEqual(
          findingsIn(broken).map(({ finding }) => finding.rule.id),
          [one.rule],
          at,
        );
        assert.equal(mendAll(broken), text);
        return;
      }
    }
  }
  assert.fail(`no sample has an object for ${at}`);
}

function check(product: ProductTable, setting: Setting, one: SettingCase): void {
  if (setting.removed !== undefined) {
    checkRemoved(product, setting, one);
    return;
  }
  const candidates = product.samples.filter(({ title }) => one.sample === undefined || title === one.sample);
  const sample = candidates.find(({ manifest }) => find(product, setting, manifest) !== undefined)?.manifest;
  assert(sample !== undefined, `a sample has ${setting.at}`);
  const place = find(product, setting, sample);
  assert(place !== undefined);
  const withValue = (value: string): string =>
    edited(sample, place, valueEdits(place.reading, newValue(setting.at, value, product)));
  if ('good' in one) {
    assert.deepEqual(describeFindings(withValue(one.good)), []);
    return;
  }
  const { manifest, resource } = place;
  const context = place.reading.place.context;
  if ('bad' in one) {
    const isField = parseAddress(setting.at).kind === 'field';
    const rule = one.rule ?? (isField ? 'field-value-invalid' : 'annotation-value-invalid');
    const text = withValue(one.bad);
    const [found, ...others] = findingsIn(text);
    assert.deepEqual([found?.finding.rule.id, others.map(({ finding }) => finding.rule.id)], [rule, []], text);
    if (one.rule === undefined) {
      const written = find(product, setting, text)?.reading.place.valueSpan;
      assert(written !== undefined && found !== undefined);
      assert.equal(
        text.slice(found.span.start, found.span.end),
        text.slice(written.start + place.start, written.end + place.start),
      );
    }
    const mended = mendAll(text, ({ finding }) => finding.rule.id === rule);
    // A field that a bad value forced into quotes keeps them.
    const plain = (written: string): string => (isField ? written.replaceAll('"', '') : written);
    assert.equal(plain(mended), plain(one.fixed === undefined ? text : withValue(one.fixed)));
    return;
  }
  let text: string;
  if ('without' in one) {
    const other = readSetting(resource, one.without, product, context);
    assert(other.kind === 'value', `the sample has ${one.without}`);
    text = edited(sample, place, removeSetting(manifest, resource, other.place));
  } else {
    text = edited(sample, place, settingsEdits({ manifest, resource, product, context }, [one.beside]));
  }
  const found = findingsIn(text);
  assert.deepEqual(
    found.map(({ finding }) => finding.rule.id),
    [one.rule],
    text,
  );
  const mended = mendAll(text);
  if (one.mended === 'by hand') {
    assert.equal(mended, text);
  } else if (one.mended === 'otherwise') {
    assert.deepEqual(describeFindings(mended), [], mended);
  } else {
    assert.deepEqual(settled(mended), settled(sample));
  }
}

/** A setting that is given back may stand behind the others. */
function settled(text: string): string[] {
  return text.split('\n').sort();
}

describe('the tables', () => {
  it('have ids, names and pages of their own', () => {
    assert.equal(new Set(PRODUCTS.map(({ id }) => id)).size, PRODUCTS.length);
    assert.equal(new Set(PRODUCTS.map(({ name }) => name)).size, PRODUCTS.length);
  });

  it('check what they have cases for, and nothing else', () => {
    for (const { settings } of PRODUCTS) {
      for (const setting of settings) {
        assert.equal(
          isChecked(setting),
          (setting.cases ?? []).some((one) => !('good' in one)),
        );
      }
    }
  });
});
