import { describe, expect, it } from 'vitest';
import { acceptedStep, codeOfStep, fromBase32, otpauthUri, stepOf, toBase32 } from './totp.ts';

const SECRET = new TextEncoder().encode('12345678901234567890');
const at = (seconds: number): number => seconds * 1_000;

describe('codes of an authenticator app', () => {
  // RFC 6238, Appendix B, SHA-1; its codes have eight digits, of which ours are the last six.
  it.each([
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ])('at second %s the code is the one of the standard', (seconds, eight) => {
    expect(codeOfStep(SECRET, stepOf(at(seconds)))).toBe(eight.slice(-6));
  });

  it('are good one step early and one late, and no further', () => {
    const now = at(1_000_000);
    const step = stepOf(now);
    const accepted = [-2, -1, 0, 1, 2].map((drift) => acceptedStep(SECRET, codeOfStep(SECRET, step + drift), now, 0));
    expect(accepted).toEqual([null, step - 1, step, step + 1, null]);
  });

  it('are good once: neither the step that was accepted nor one before it', () => {
    const now = at(1_000_000);
    const step = stepOf(now);
    expect(acceptedStep(SECRET, codeOfStep(SECRET, step), now, step)).toBeNull();
    expect(acceptedStep(SECRET, codeOfStep(SECRET, step - 1), now, step)).toBeNull();
    expect(acceptedStep(SECRET, codeOfStep(SECRET, step + 1), now, step)).toBe(step + 1);
  });

  it.each(['', '12345', '1234567', 'abcdef', '１２３４５６'])('%j is none', (code) => {
    expect(acceptedStep(SECRET, code, at(1_000_000), 0)).toBeNull();
  });
});

describe('the secret', () => {
  // RFC 4648 § 10, without padding.
  it.each([
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('%s is written %s and read back', (text, written) => {
    expect(toBase32(new TextEncoder().encode(text))).toBe(written);
    expect(new TextDecoder().decode(fromBase32(written) ?? new Uint8Array())).toBe(text);
  });

  it('that is none is not read', () => {
    expect([fromBase32(''), fromBase32('abc'), fromBase32('A1')]).toEqual([null, null, null]);
  });

  it('stands in the address that apps read, names escaped', () => {
    expect(otpauthUri('MZXW6', 'Salon & Co', 'mia@salon.test')).toBe(
      'otpauth://totp/Salon%20%26%20Co:mia%40salon.test?secret=MZXW6&issuer=Salon%20%26%20Co&algorithm=SHA1&digits=6&period=30',
    );
  });
});
