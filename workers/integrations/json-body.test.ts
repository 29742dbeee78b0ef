/** A vendor's body is JSON within its bound, or a refusal; never a thrown fault, never half a character. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJsonBody } from './json-body.ts';

describe('parseJsonBody', () => {
  it('answers what JSON.parse answers for every JSON of whole characters', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'grapheme' }), (text) => {
        expect(parseJsonBody(text, text.length)).toEqual({ ok: true, value: JSON.parse(text) });
      }),
    );
  });

  it('never lets half a character through as a value, at any depth', () => {
    const halves = (value: unknown): boolean =>
      typeof value === 'string'
        ? !value.isWellFormed()
        : typeof value === 'object' && value !== null && Object.values(value).some(halves);
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), fc.nat(0xdfff - 0xd800), (value, unit) => {
        const broken = { deep: [{ text: `x${String.fromCharCode(0xd800 + unit)}` }, value] };
        const read = parseJsonBody(JSON.stringify(broken), 1_000_000);
        expect(read.ok && !halves(read.value)).toBe(true);
      }),
    );
  });

  it('keeps what only looks like half a character', () => {
    for (const text of ['"\\ud83d\\ude00"', '"\\\\ud800"', '"😀"'])
      expect(parseJsonBody(text, 100)).toEqual({ ok: true, value: JSON.parse(text) });
  });

  it.each(['', '{', 'null,', 'undefined', "{'a':1}", '\u0000', '\ufeff{}'])('%j is no JSON', (text) => {
    expect(parseJsonBody(text, 100)).toEqual({ ok: false, error: { code: 'MALFORMED_JSON' } });
  });

  it('the bound counts before anything is parsed', () => {
    expect(parseJsonBody('[1]', 3).ok).toBe(true);
    expect(parseJsonBody('[1] ', 3)).toEqual({ ok: false, error: { code: 'PAYLOAD_TOO_LARGE', max_bytes: 3 } });
  });

  it('nesting beyond what can be looked at is a refusal, not a fault', () => {
    const deep = `${'['.repeat(200_000)}"\\ud800"${']'.repeat(200_000)}`;
    expect(parseJsonBody(deep, 1_000_000)).toEqual({ ok: false, error: { code: 'MALFORMED_JSON' } });
  });
});
