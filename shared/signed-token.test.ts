import { describe, expect, it } from 'vitest';
import { asInstant } from './clock.ts';
import { hmac, hmacMatches } from './hmac.ts';
import { openText, readToken, signText, signToken } from './signed-token.ts';

const SECRET = 'a-secret-of-the-test-0123456789';
const NOW = asInstant(1_793_181_600_000);

describe('hmac', () => {
  it('is RFC 4231 test case 2, and RFC 2202 for SHA-1', async () => {
    const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
    const text = 'what do ya want for nothing?';
    expect(hex(await hmac('Jefe', text, 'SHA-256'))).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
    expect(hex(await hmac('Jefe', text, 'SHA-1'))).toBe('effcdf6ae5eb2fa2d27416d5f184df9c259a7c79');
  });
  it('an empty secret signs nothing and matches nothing', async () => {
    await expect(hmac('', 'x', 'SHA-256')).rejects.toThrow('must not be empty');
    expect(await hmacMatches('', 'x', new Uint8Array(32), 'SHA-256')).toBe(false);
    expect(await hmacMatches(SECRET, 'x', null, 'SHA-256')).toBe(false);
  });
});

describe('a signed text', () => {
  it('opens for its secret and purpose alone, whatever it says', async () => {
    for (const text of ['', '{}', 'ä😀', 'x'.repeat(1_000)]) {
      const token = await signText(SECRET, 'quote', text);
      expect(await openText(SECRET, 'quote', token)).toBe(text === '' ? null : text);
      expect(await openText(SECRET, 'appointment', token)).toBeNull();
      expect(await openText(`${SECRET}x`, 'quote', token)).toBeNull();
    }
  });
  it('is refused when any character of it changes', async () => {
    const token = await signText(SECRET, 'quote', 'twenty euro');
    for (let i = 0; i < token.length - 1; i++) {
      const changed = `${token.slice(0, i)}${token[i] === 'A' ? 'B' : 'A'}${token.slice(i + 1)}`;
      expect(await openText(SECRET, 'quote', changed), String(i)).toBeNull();
    }
    for (const text of ['', '.', 'a.', '.a', 'a', `${token}.${token}`, 'x'.repeat(5_000)])
      expect(await openText(SECRET, 'quote', text)).toBeNull();
  });
  it('a token dies at its instant', async () => {
    const token = await signToken(SECRET, 'appointment', { a: 'apt_1' }, NOW);
    expect(await readToken(SECRET, 'appointment', token, asInstant(NOW - 1))).toMatchObject({ a: 'apt_1' });
    expect(await readToken(SECRET, 'appointment', token, NOW)).toBeNull();
  });
});
