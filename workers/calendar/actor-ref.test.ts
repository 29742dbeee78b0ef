import { describe, expect, it } from 'vitest';
import { asInstant } from '../../shared/clock.ts';
import type { Actor } from '../../shared/actor.ts';
import { commandKeyOf } from './actor-ref.ts';

const actor: Actor = { kind: 'system', cause: 'queue' };
const keyOf = (presented: string, verb = 'book'): string => commandKeyOf(actor, presented, verb, asInstant(0));

describe('the key of a command', () => {
  it('differs for two long keys that begin alike', () => {
    const long = 'k'.repeat(199);
    expect(keyOf(`${long}a`)).not.toBe(keyOf(`${long}b`));
    expect(keyOf(`${long}a`)).toBe(keyOf(`${long}a`));
  });
  it('differs by verb, and is a new one where the client chose none', () => {
    expect(keyOf('k')).not.toBe(keyOf('k', 'cancel'));
    expect(commandKeyOf(actor, null, 'book', asInstant(0))).not.toBe(commandKeyOf(actor, null, 'book', asInstant(0)));
  });
});
