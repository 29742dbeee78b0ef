import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, sha256Hex } from './hash.ts';

it('is SHA-256 of the UTF-8, as everybody else computes it', () => {
  expect(sha256Hex('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      expect(sha256Hex(text)).toBe(createHash('sha256').update(text, 'utf8').digest('hex'));
    }),
  );
  const long = 'Größe €'.repeat(20_000);
  expect(sha256Hex(long)).toBe(createHash('sha256').update(long).digest('hex'));
});

it('writes equal inputs alike, whatever order they were built in', () => {
  const value = fc.jsonValue();
  const turned = (one: unknown): unknown =>
    Array.isArray(one)
      ? one.map(turned)
      : one !== null && typeof one === 'object'
        ? Object.fromEntries(
            Object.entries(one)
              .reverse()
              .map(([key, member]) => [key, turned(member)]),
          )
        : one;
  fc.assert(
    fc.property(value, (one) => {
      expect(canonicalJson(turned(one))).toBe(canonicalJson(one));
      expect(JSON.parse(canonicalJson(one))).toEqual(JSON.parse(JSON.stringify(one)));
    }),
  );
  expect(canonicalJson({ b: undefined, a: [undefined, null] })).toBe('{"a":[null,null]}');
});

describe('RFC 8785', () => {
  /** The text of the chain before the library: hashes that are stored were made of it. */
  const textBefore = (value: unknown): string => {
    if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
    if (Array.isArray(value)) return `[${value.map(textBefore).join(',')}]`;
    const members: string[] = [];
    for (const key of Object.keys(value).sort()) {
      const member = (value as Record<string, unknown>)[key];
      if (member !== undefined) members.push(`${JSON.stringify(key)}:${textBefore(member)}`);
    }
    return `{${members.join(',')}}`;
  };

  it('gives every JSON value the text it had before, so that old chains verify unchanged', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.constant('__proto__'));
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.oneof(
          fc.constant(null),
          fc.boolean(),
          text,
          fc.integer(),
          fc.double({ noNaN: true, noDefaultInfinity: true }),
        ),
        fc.array(fc.option(tie('value'), { nil: undefined })),
        fc.dictionary(text, fc.option(tie('value'), { nil: undefined })),
      ),
    }));
    fc.assert(
      fc.property(value, (one) => {
        expect(canonicalJson(one)).toBe(textBefore(one));
      }),
      { numRuns: 2_000 },
    );
    for (const one of [
      undefined,
      -0,
      1e21,
      5e-324,
      2 ** 53,
      '\u2028',
      '\u0000\u007f',
      'ﬁ',
      { ä: 1, a: 2, '😀': 3, ﬀ: 4 },
    ])
      expect(canonicalJson(one)).toBe(textBefore(one));
  });

  it('is the text of the standard’s example', () => {
    const example = {
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"\u002f',
      literals: [null, true, false],
    };
    expect(canonicalJson(example)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it.each([
    ['half a character in a text', { name: 'Anna\ud83d' }, '{"name":"Anna\ufffd"}'],
    ['half a character in a name', { '\ude00x': 1, '😀': 2 }, '{"😀":2,"\ufffdx":1}'],
    ['what only looks like one', { a: '\\ud83d\ud800' }, '{"a":"\\\\ud83d\ufffd"}'],
    ['a number that is none', { n: Number.NaN, i: Number.POSITIVE_INFINITY }, '{"i":null,"n":null}'],
  ])('%s stops nothing', (_, value, text) => {
    expect(canonicalJson(value)).toBe(text);
    expect(sha256Hex(text)).toHaveLength(64);
  });
});
