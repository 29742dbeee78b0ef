import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { asInstant } from './clock.ts';
import { hmac, hmacMatches } from './hmac.ts';
import { readToken, signToken } from './signed-token.ts';

const SECRET = 'a-secret-of-the-test-0123456789ab';
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

const LATER = asInstant(NOW + 60_000);
const key = (secret: string) => new TextEncoder().encode(secret);

describe('a signed token', () => {
  it('opens for its secret and purpose alone, whatever it says', async () => {
    for (const text of ['', '{}', 'ä😀', 'x'.repeat(1_000)]) {
      const token = await signToken(SECRET, 'quote', { text }, LATER);
      expect((await readToken(SECRET, 'quote', token, NOW))?.claims['text']).toBe(text);
      expect(await readToken(SECRET, 'appointment', token, NOW)).toBeNull();
      expect(await readToken(`${SECRET}x`, 'quote', token, NOW)).toBeNull();
    }
  });
  it('is refused when any character of it changes', async () => {
    const token = await signToken(SECRET, 'quote', { text: 'twenty euro' }, LATER);
    for (let i = 0; i < token.length - 1; i++) {
      const changed = `${token.slice(0, i)}${token[i] === 'A' ? 'B' : 'A'}${token.slice(i + 1)}`;
      expect(await readToken(SECRET, 'quote', changed, NOW), String(i)).toBeNull();
    }
    for (const text of ['', '.', 'a.', '.a', 'a', 'a.b.c', '..', `${token}.${token}`, 'x'.repeat(5_000)])
      expect(await readToken(SECRET, 'quote', text, NOW)).toBeNull();
  });
  it('dies at its instant', async () => {
    const token = await signToken(SECRET, 'appointment', { a: 'apt_1' }, NOW);
    expect(await readToken(SECRET, 'appointment', token, asInstant(NOW - 1))).toEqual({
      claims: expect.objectContaining({ a: 'apt_1' }),
      expiresAt: NOW,
    });
    expect(await readToken(SECRET, 'appointment', token, NOW)).toBeNull();
  });
  it('needs its purpose, one alone, and an end, whoever signed it', async () => {
    const signed = (jwt: SignJWT, alg = 'HS256') => jwt.setProtectedHeader({ alg }).sign(key(SECRET.repeat(2)));
    const read = (token: string) => readToken(SECRET.repeat(2), 'quote', token, NOW);
    const end = LATER / 1_000;
    expect(await read(await signed(new SignJWT({}).setAudience('quote').setExpirationTime(end)))).not.toBeNull();
    expect(await read(await signed(new SignJWT({}).setAudience('quote')))).toBeNull();
    expect(await read(await signed(new SignJWT({}).setExpirationTime(end)))).toBeNull();
    const both = new SignJWT({}).setAudience(['appointment', 'quote']).setExpirationTime(end);
    expect(await read(await signed(both))).toBeNull();
    const other = new SignJWT({}).setAudience('quote').setExpirationTime(end);
    expect(await read(await signed(other, 'HS512'))).toBeNull();
  });
  it('a payload cannot choose the purpose or the end', async () => {
    const token = await signToken(SECRET, 'quote', { aud: 'appointment', exp: 9_999_999_999 }, LATER);
    expect(await readToken(SECRET, 'appointment', token, NOW)).toBeNull();
    expect((await readToken(SECRET, 'quote', token, NOW))?.expiresAt).toBe(LATER);
  });
  it('a short secret signs nothing and reads nothing', async () => {
    await expect(signToken('short', 'quote', {}, LATER)).rejects.toThrow('at least 32 bytes');
    await expect(readToken('short', 'quote', 'a.b.c', NOW)).rejects.toThrow('at least 32 bytes');
  });
});
