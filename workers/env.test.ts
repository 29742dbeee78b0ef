import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configOf, type Env } from './env.ts';

const MASTER_KEY = Buffer.from(Array.from({ length: 32 }, (_, i) => (i * 37) % 256)).toString('base64');
const environment = (variables: Record<string, string>): Env =>
  ({ AUTH_SECRET: '0123456789abcdef0123456789abcdef', MASTER_KEY, ...variables }) as unknown as Env;

/** Every fixed value that the example prints for anyone to sign with. */
const PRINTED = [...readFileSync('.dev.vars.example', 'utf8').matchAll(/^(\w+(?:_KEY|_SECRET|_TOKEN))=(.+)$/gm)].map(
  ([, name = '', value = '']): [string, string] => [name, value],
);

describe('configuration', () => {
  it('knows what the example prints', () => expect(PRINTED.length).toBeGreaterThanOrEqual(7));
  it.each(PRINTED)('the demo value of %s is refused outside development', (name, value) => {
    for (const ENVIRONMENT of ['production', 'preview']) {
      expect(() => configOf(environment({ ENVIRONMENT, [name]: value }))).toThrow(name);
    }
    expect(configOf(environment({ ENVIRONMENT: 'development', [name]: value }))).toMatchObject({ [name]: value });
  });
  it('a missing secret is named', () => {
    expect(() => configOf(environment({ ENVIRONMENT: 'production', AUTH_SECRET: '' }))).toThrow('AUTH_SECRET');
  });
  it.each([
    ['AUTH_SECRET', 'A'.repeat(40), 'drawn at random'],
    ['AUTH_SECRET', 'test-secret-test-secret-test-secret-test', 'AUTH_SECRET'],
    ['MASTER_KEY', '', 'MASTER_KEY'],
    ['MASTER_KEY', 'M'.repeat(44), 'MASTER_KEY'],
    ['MASTER_KEY', Buffer.alloc(32, 7).toString('base64'), 'drawn at random'],
    ['MASTER_KEY', `2:${MASTER_KEY};1:${'A'.repeat(43)}=`, 'MASTER_KEY'],
    ['STRIPE_API_BASE', 'http://api.stripe.com', 'must be https'],
    ['CALCOM_API_BASE', 'http://127.0.0.1:9', 'CALCOM_API_BASE'],
  ])('%s = %s is refused where others are served', (name, value, message) => {
    for (const ENVIRONMENT of ['production', 'preview'])
      expect(() => configOf(environment({ ENVIRONMENT, [name]: value }))).toThrow(message);
    if (value !== '' || name === 'MASTER_KEY')
      expect(configOf(environment({ ENVIRONMENT: 'development', [name]: value })).ENVIRONMENT).toBe('development');
  });
  it('keys that are being rotated are fit', () => {
    const rotated = { ENVIRONMENT: 'production', MASTER_KEY: `2:${MASTER_KEY};1:${MASTER_KEY}` };
    expect(configOf(environment(rotated)).MASTER_KEY).toBe(rotated.MASTER_KEY);
  });
  it('limits are never scaled in production', () => {
    const scaled = { RATE_LIMIT_SCALE: '1000' };
    expect(configOf(environment({ ENVIRONMENT: 'production', ...scaled })).RATE_LIMIT_SCALE).toBe(1);
    expect(configOf(environment({ ENVIRONMENT: 'development', ...scaled })).RATE_LIMIT_SCALE).toBe(1000);
  });
});
