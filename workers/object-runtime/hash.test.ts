import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
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
