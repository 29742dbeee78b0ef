import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64, fromBase64Url, toBase64, toBase64Url } from './base64.ts';

describe('base64', () => {
  it('is what Node makes of the same bytes, and comes back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
        expect(fromBase64(toBase64(bytes))).toEqual(new Uint8Array(bytes));
        expect(fromBase64Url(toBase64Url(bytes))).toEqual(new Uint8Array(bytes));
      }),
    );
  });
  it('takes a megabyte at once', () => {
    const bytes = new Uint8Array(1_048_576).fill(0xab);
    // Compared as bytes: the runner's own comparison takes seconds for a million members.
    expect(Buffer.compare(fromBase64(toBase64(bytes)) ?? new Uint8Array(), bytes)).toBe(0);
  });
  it.each(['a', 'a b', 'ab=c', 'ä', 'a\nb=', '====', '-_'])('%j is no base64', (text) => {
    expect(fromBase64(text)).toBeNull();
  });
  it.each(['a', 'ab==', 'a+b/', ' ', 'ab\n'])('%j is no base64url', (text) => {
    expect(fromBase64Url(text)).toBeNull();
  });
  it('nothing is no bytes', () => {
    expect(fromBase64Url('')).toEqual(new Uint8Array());
  });
});
