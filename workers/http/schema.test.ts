import { z } from '@hono/zod-openapi';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { isOwnOrigin } from './csrf.ts';
import { errorResponses, idField, idParam, instantField, page, wallDate, wallTime } from './schema.ts';
import { contentSecurityPolicy } from './security-headers.ts';
import { fieldErrors } from './validation.ts';

describe('ids', () => {
  it('text and number are the same id', () => {
    expect(idField('customer').parse('42')).toBe('42');
    expect(idField('customer').parse(42)).toBe('42');
  });
  it.each(['', ' ', '../etc', 'a b', 'ä', `x${'y'.repeat(128)}`, "1' OR 1=1--"])('%j is no id', (text) => {
    expect(idParam('customer').safeParse(text).success).toBe(false);
    expect(idField('customer').safeParse(text).success).toBe(false);
  });
  it.each([-1, 1.5, Number.MAX_SAFE_INTEGER + 2, null, {}, [], true])('%j is no id', (value) => {
    expect(idField('customer').safeParse(value).success).toBe(false);
  });
});

describe('time fields', () => {
  it('an instant needs a zone', () => {
    expect(instantField().parse('2026-11-24T09:00:00Z')).toBe(Date.UTC(2026, 10, 24, 9));
    expect(instantField().parse('2026-11-24T10:00:00+01:00')).toBe(Date.UTC(2026, 10, 24, 9));
    for (const text of ['2026-11-24T09:00:00', '2026-02-31T09:00:00Z', 'morgen', '']) {
      expect(instantField().safeParse(text).success).toBe(false);
    }
  });
  it('a day must exist', () => {
    expect(wallDate().safeParse('2028-02-29').success).toBe(true);
    for (const text of ['2027-02-29', '2026-13-01', '24.11.2026', ''])
      expect(wallDate().safeParse(text).success).toBe(false);
  });
  it('a time must exist', () => {
    expect(wallTime().safeParse('23:59').success).toBe(true);
    for (const text of ['25:00', '9:00', '09:60']) expect(wallTime().safeParse(text).success).toBe(false);
  });
});

describe('pages', () => {
  it('default 25, at most 100', () => {
    expect(page().parse({})).toEqual({ limit: 25 });
    expect(page().parse({ limit: '100' }).limit).toBe(100);
    for (const limit of ['0', '101', '-1', 'x', '1.5']) expect(page().safeParse({ limit }).success).toBe(false);
  });
  it('a cursor survives the way out and back, whatever it holds', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.integer()), { minLength: 1, maxLength: 4 }), (parts) => {
        expect(decodeCursor(encodeCursor(parts), parts.length)).toEqual(parts);
      }),
    );
  });
  it('a cursor of somebody else is refused, never thrown', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const parts = decodeCursor(text, 2);
        expect(parts === null || parts.length === 2).toBe(true);
      }),
    );
    expect(decodeCursor(encodeCursor(['a']), 2)).toBeNull();
  });
});

describe('validation texts', () => {
  const schema = z.object({ name: z.string().min(3), count: z.int().max(5), id: idField('staff') });
  it('are per field and in the language of the caller', () => {
    const failed = schema.safeParse({ name: 'a', count: 9 });
    expect(failed.success).toBe(false);
    if (failed.success) return;
    expect(fieldErrors(failed.error, 'de')).toEqual({
      name: ['Mindestens 3 Zeichen.'],
      count: ['Höchstens 5.'],
      id: ['Pflichtfeld.'],
    });
    expect(fieldErrors(failed.error, 'en')['id']).toEqual(['Required.']);
  });
  it('count one character as one', () => {
    const failed = z.object({ name: z.string().min(1) }).safeParse({ name: '' });
    if (failed.success) throw new Error('passed');
    expect(fieldErrors(failed.error, 'en')).toEqual({ name: ['At least 1 character.'] });
    expect(fieldErrors(failed.error, 'de')).toEqual({ name: ['Mindestens 1 Zeichen.'] });
  });
  it('stay bounded for a body that fails everywhere', () => {
    const failed = z.array(z.int()).safeParse(Array.from({ length: 5_000 }, () => 'x'));
    if (!failed.success) expect(Object.keys(fieldErrors(failed.error, 'de'))).toHaveLength(50);
  });
  it('a field called __proto__ is only a field', () => {
    const failed = z.strictObject({}).safeParse(JSON.parse('{"__proto__": 1, "constructor": 2}'));
    if (!failed.success) fieldErrors(failed.error, 'de');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('declared refusals', () => {
  it('codes of one status share an answer', () => {
    const responses = errorResponses('VERSION_CONFLICT', 'QUOTE_STALE', 'NOT_FOUND');
    expect(Object.keys(responses)).toEqual(['404', '409']);
    expect(responses[409].description).toBe('VERSION_CONFLICT · QUOTE_STALE');
  });
});

describe('cross-site requests', () => {
  const host = 'app.askproai.de';
  it.each([
    ['our own page', { site: 'same-origin', origin: `https://${host}`, host }, true],
    ['typed by the user', { site: 'none', origin: undefined, host }, true],
    ['no browser', { site: undefined, origin: undefined, host }, true],
    ['an old browser on our page', { site: undefined, origin: `https://${host}`, host }, true],
    ['another site', { site: 'cross-site', origin: 'https://evil.example', host }, false],
    ['a sibling tenant', { site: 'same-site', origin: 'https://other.askproai.de', host }, false],
    ['another site in an old browser', { site: undefined, origin: 'https://evil.example', host }, false],
    ['a sandboxed frame', { site: undefined, origin: 'null', host }, false],
  ])('%s', (_name, headers, allowed) => {
    expect(isOwnOrigin(headers)).toBe(allowed);
  });
});

describe('content security policy', () => {
  it('never allows inline scripts without a nonce', () => {
    const policy = contentSecurityPolicy(undefined, []);
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(contentSecurityPolicy('abc', ['https://salon.example'])).toContain("script-src 'self' 'nonce-abc'");
    expect(contentSecurityPolicy('abc', ['https://salon.example'])).toContain('frame-ancestors https://salon.example');
  });
});
