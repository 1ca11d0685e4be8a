import assert from 'node:assert/strict';
import { integerAt, stringAt } from '../../../server/src/kubernetes/field.ts';
import { readScalar, type ScalarReading } from '../../../server/src/kubernetes/scalar.ts';
import { mappingAtPath, read } from '../../support/yaml.ts';

function reading(source: string): ScalarReading | undefined {
  const value = mappingAtPath(read(`a: ${source}\n`).root).pairs[0]?.value;
  return value?.kind === 'scalar' ? readScalar(value) : undefined;
}

describe('a scalar, as the API server reads it', () => {
  it('is null', () => {
    for (const source of ['', '~', 'null', 'Null', 'NULL', '# comment']) {
      assert.deepEqual(reading(source), { type: 'null' }, source);
    }
  });
  it('is a boolean of YAML 1.1', () => {
    for (const word of ['true', 'True', 'TRUE', 'yes', 'Yes', 'YES', 'y', 'Y', 'on', 'On', 'ON']) {
      assert.deepEqual(reading(word), { type: 'boolean', value: true }, word);
    }
    for (const word of ['false', 'False', 'FALSE', 'no', 'No', 'NO', 'n', 'N', 'off', 'Off', 'OFF']) {
      assert.deepEqual(reading(word), { type: 'boolean', value: false }, word);
    }
  });
  const numbers: readonly (readonly [string, number])[] = [
    ...([
      ['600', 600],
      ['600.0', 600],
      ['6e2', 600],
      ['10_800', 10_800],
      ['+600', 600],
      ['-1', -1],
    ] as const),
    ...([
      ['0x10', 16],
      ['0X1f', 31],
      ['010', 8],
      ['0o10', 8],
      ['0b11', 3],
      ['-0x10', -16],
    ] as const),
    ...([
      ['010800', 10_800],
      ['089', 89],
      ['0', 0],
      ['1_0.5', 10.5],
      ['600.5', 600.5],
    ] as const),
    ...([
      ['.5', 0.5],
      ['5.', 5],
      ['1E-1', 0.1],
      ['9999999999', 9_999_999_999],
    ] as const),
  ];
  for (const [source, value] of numbers) {
    it(`is the number ${value}: ${source}`, () =>
      assert.deepEqual(reading(source), { type: 'number', value, integral: Number.isInteger(value) }));
  }
  it('is a number that JSON cannot write', () => {
    for (const source of ['.inf', '-.Inf', '+.INF', '.nan', '.NaN', '.NAN']) {
      assert.deepEqual(reading(source), { type: 'number', value: Number.NaN, integral: false }, source);
    }
  });
  it('is text', () => {
    const words = ['ClientIP', '3:00:00', '3h', '10800s', '0x', '08x', '1.2.3.4', '10.0.0.0/8', '.', '+', '_1', '1__'];
    for (const source of [...words, 'yEs', 'nULL', 'tRue', '0b12', '0o9', '2001-01-01', 'e5', '-.nan', '.Nan']) {
      const expected =
        source === '1__' ? { type: 'number', value: 1, integral: true } : { type: 'string', value: source };
      assert.deepEqual(reading(source), expected, source);
    }
  });
  it('is text in quotes, in a block and under a tag that says so', () => {
    const texts: readonly (readonly [string, string])[] = [
      ['"600"', '600'],
      ["'true'", 'true'],
      ['""', ''],
      ['"~"', '~'],
      ['|\n  ClientIP', 'ClientIP\n'],
      ['>-\n  600', '600'],
      ['!!str 600', '600'],
      ['! 600', '600'],
    ];
    for (const [source, value] of texts) {
      assert.deepEqual(reading(source), { type: 'string', value }, source);
    }
  });
});

/** The rows of the table that was observed on a real API server: affinity first, then its timeout. */
describe('sessionAffinity, as the API server decodes it', () => {
  const affinity = (source: string): string => {
    const found = stringAt(mappingAtPath(read(`sessionAffinity: ${source}\n`).root), 'sessionAffinity');
    return found.kind === 'value' ? JSON.stringify(found.value) : found.kind;
  };
  const rows: readonly (readonly [string, string])[] = [
    ['null', 'absent'],
    ['~', 'absent'],
    ['', 'absent'],
    ['""', '""'],
    ['ClientIP', '"ClientIP"'],
    ['None', '"None"'],
    ['none', '"none"'],
    ['"ClientIP "', '"ClientIP "'],
    ['|\n  ClientIP', '"ClientIP\\n"'],
    ['true', 'invalid'],
    ['no', 'invalid'],
    ['[ClientIP]', 'invalid'],
    ['{clientIP: 1}', 'invalid'],
  ];
  for (const [source, expected] of rows) {
    it(`${JSON.stringify(source)} is ${expected}`, () => assert.equal(affinity(source), expected));
  }
  it('is cleaned of a no-break space, which would be part of the value', () => {
    const document = read('sessionAffinity: ClientIP\u00a0# c\n');
    const found = stringAt(mappingAtPath(document.root), 'sessionAffinity');
    assert.equal(found.kind === 'value' && found.value, 'ClientIP');
    assert.equal(document.replacements.length, 1);
  });
});

describe('timeoutSeconds, as the API server decodes it', () => {
  const timeout = (source: string): number | string => {
    const found = integerAt(mappingAtPath(read(`timeoutSeconds: ${source}\n`).root), 'timeoutSeconds');
    return found.kind === 'value' ? found.value : found.kind;
  };
  const rows: readonly (readonly [string, number | string])[] = [
    ...([
      ['null', 'absent'],
      ['', 'absent'],
      ['1', 1],
      ['86400', 86_400],
      ['0', 0],
      ['-1', -1],
    ] as const),
    ...([
      ['600.5', 'invalid'],
      ['"600"', 'invalid'],
      ['3h', 'invalid'],
      ['10800s', 'invalid'],
    ] as const),
    ...([
      ['3:00:00', 'invalid'],
      ['true', 'invalid'],
      ['[600]', 'invalid'],
      ['9999999999', 9_999_999_999],
    ] as const),
    ...([
      ['600.0', 600],
      ['6e2', 600],
      ['10_800', 10_800],
      ['+600', 600],
      ['0x10', 16],
    ] as const),
    ...([
      ['010', 8],
      ['0o10', 8],
      ['010800', 10_800],
      ['.inf', 'invalid'],
    ] as const),
  ];
  for (const [source, expected] of rows) {
    it(`${JSON.stringify(source)} is ${expected}`, () => assert.equal(timeout(source), expected));
  }
});
