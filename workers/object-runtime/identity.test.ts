/** When a file is not the one that D1 knew last. */
import { describe, expect, it } from 'vitest';
import { type KnownHead, whyBehind } from './identity.ts';

const own = { epoch: 2, seq: 10, lastEventId: 'ten' };
const ids: Record<number, string> = { 9: 'nine', 10: 'ten' };
const known = (more: Partial<KnownHead>): KnownHead => ({ epoch: 2, seq: 10, eventId: 'ten', hash: null, ...more });

describe('a file is behind', () => {
  it.each<[string, KnownHead, string | null]>([
    ['not when D1 has all of it', known({}), null],
    ['not when D1 has less', known({ seq: 9, eventId: 'nine' }), null],
    ['not when D1 has nothing yet', known({ seq: 0, eventId: 'x' }), null],
    ['not when nobody kept the event that D1 has', known({ seq: 3, eventId: 'three' }), null],
    ['not when D1 does not say which event', known({ seq: 9, eventId: null }), null],
    ['not when D1 stands in an earlier epoch', known({ epoch: 1, seq: 900, eventId: 'x' }), null],
    ['when D1 has more', known({ seq: 11, eventId: 'eleven' }), 'D1 knows 2.11, this file ends at 2.10'],
    ['when D1 has a later epoch', known({ epoch: 3, seq: 1 }), 'D1 knows 3.1, this file ends at 2.10'],
    ['when D1 has another event at its end', known({ eventId: 'other' }), 'D1 knows another event at 2.10'],
    ['when D1 has another event before', known({ seq: 9, eventId: 'other' }), 'D1 knows another event at 2.9'],
  ])('%s', (_name, head, reason) => {
    expect(whyBehind(head, own, (seq) => ids[seq] ?? null)).toBe(reason);
  });
});
