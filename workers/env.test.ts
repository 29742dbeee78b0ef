import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configOf, type Env } from './env.ts';

const environment = (variables: Record<string, string>): Env =>
  ({ AUTH_SECRET: 'x'.repeat(32), ...variables }) as unknown as Env;

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
  it('limits are never scaled in production', () => {
    const scaled = { RATE_LIMIT_SCALE: '1000' };
    expect(configOf(environment({ ENVIRONMENT: 'production', ...scaled })).RATE_LIMIT_SCALE).toBe(1);
    expect(configOf(environment({ ENVIRONMENT: 'development', ...scaled })).RATE_LIMIT_SCALE).toBe(1000);
  });
});
