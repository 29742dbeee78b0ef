/** What a call has shown: proofs stay, tries only grow, a code opens once. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asInstant } from '../../../shared/clock.ts';
import { CODE_TRIES, mergeIdentity, NO_IDENTITY, opensCustomer, storedConversation } from './conversation.ts';
import type { IdentityChange } from '../call-state.ts';

const NOW = asInstant(Date.UTC(2026, 10, 24, 9));
const sent = { hash: 'h1', customerId: 'cus_1', expiresAt: asInstant(NOW + 300_000) };

describe('a code', () => {
  it('proves once, for whom it was sent', () => {
    const a = mergeIdentity(NO_IDENTITY, { codeSent: sent }, NOW).identity;
    const b = mergeIdentity(a, { codeTried: 'h1' }, NOW);
    expect(b.tried).toEqual({ matched: true, triesLeft: 0, customerId: 'cus_1' });
    expect(b.identity.proven).toEqual([{ customerId: 'cus_1', appointmentIds: null }]);
    expect(mergeIdentity(b.identity, { codeTried: 'h1' }, NOW).tried).toMatchObject({ matched: false, triesLeft: 0 });
  });
  it('is dead after three wrong tries, after five minutes, and when another one was sent', () => {
    let at = mergeIdentity(NO_IDENTITY, { codeSent: sent }, NOW).identity;
    for (let left = CODE_TRIES - 1; left >= 0; left--) {
      const next = mergeIdentity(at, { codeTried: 'wrong' }, NOW);
      expect(next.tried).toEqual({ matched: false, triesLeft: left, customerId: null });
      at = next.identity;
    }
    expect(mergeIdentity(at, { codeTried: 'h1' }, NOW).tried?.matched).toBe(false);
    const fresh = mergeIdentity(NO_IDENTITY, { codeSent: sent }, NOW).identity;
    expect(mergeIdentity(fresh, { codeTried: 'h1' }, asInstant(NOW + 300_000)).tried?.matched).toBe(false);
    const second = mergeIdentity(fresh, { codeSent: { ...sent, hash: 'h2' } }, NOW).identity;
    expect(mergeIdentity(second, { codeTried: 'h1' }, NOW).tried?.matched).toBe(false);
    expect(second.codesSent).toBe(2);
  });
  it('that nobody was found for is never right, and tries go down all the same', () => {
    const at = mergeIdentity(NO_IDENTITY, { codeSent: { ...sent, customerId: null } }, NOW).identity;
    expect(mergeIdentity(at, { codeTried: 'h1' }, NOW).tried).toEqual({
      matched: false,
      triesLeft: 2,
      customerId: null,
    });
    const found = mergeIdentity(at, { codeFor: { hash: 'h1', customerId: 'cus_9' } }, NOW).identity;
    expect(mergeIdentity(found, { codeTried: 'h1' }, NOW).tried?.customerId).toBe('cus_9');
  });
});

it('whatever comes in whatever order: proofs and wrong offers never become fewer', () => {
  const change: fc.Arbitrary<IdentityChange> = fc.oneof(
    fc.record({ wrong: fc.constantFrom('a', 'b', 'c', 'd') }),
    fc.record({ moment: fc.constantFrom('m1', 'm2', 'm3') }),
    fc.record({
      proven: fc.record({
        customerId: fc.constantFrom('cus_1', 'cus_2'),
        appointmentIds: fc.option(fc.array(fc.constantFrom('apt_1', 'apt_2'), { minLength: 1, maxLength: 2 })),
      }),
    }),
    fc.record({ codeTried: fc.constantFrom('h1', 'x') }),
    fc.constant({ codeSent: sent }),
  );
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
      let at = NO_IDENTITY;
      for (const one of changes) {
        const { identity } = mergeIdentity(at, one, NOW);
        expect(identity.wrong.length).toBeGreaterThanOrEqual(at.wrong.length);
        expect(identity.moments.length).toBeGreaterThanOrEqual(at.moments.length);
        for (const proof of at.proven) {
          const now = identity.proven.find((p) => p.customerId === proof.customerId);
          expect(now).toBeDefined();
          if (proof.appointmentIds === null) expect(now?.appointmentIds).toBeNull();
        }
        at = identity;
      }
    }),
  );
});

it('a row of older code reads as nobody known', () => {
  const old = storedConversation('{"customerId":"cus_1","branchId":null,"language":"de","wish":{},"lostSlots":1}');
  expect(old.identity).toEqual(NO_IDENTITY);
  expect(opensCustomer(old, 'cus_1')).toBe(true);
  expect(opensCustomer(old, 'cus_2')).toBe(false);
  expect(opensCustomer(null, 'cus_1')).toBe(false);
});
