import { describe, expect, it } from 'vitest';
import { asInstant } from '../../../shared/clock.ts';
import { MAX_HOLDS_PER_KEY } from '../../../shared/calendar-limits.ts';
import { decideHold, type HoldFacts, holdKey, holdOwner, visitorHash } from './hold.ts';
import { busyOf, scheduleOf } from '../salon.fixture.ts';
import { MAX_HOLDS_PER_OWNER } from '../../../shared/calendar-limits.ts';
import type { PlaceHold } from '../commands/inputs.ts';
import type { ActorRef } from '../../events/calendar.ts';

const NOW = asInstant(Date.parse('2027-03-01T08:00:00Z'));
const key: ActorRef = { kind: 'api_key', id: 'key_1' };
const user: ActorRef = { kind: 'user', id: 'usr_1' };
const place = (more: Partial<PlaceHold> = {}): PlaceHold => ({
  key: 'k',
  now: NOW,
  actor: key,
  lockToken: 'lock',
  services: [{ serviceId: 'srv_cut' }],
  branchId: null,
  staffId: 'stf_ben',
  // Tuesday, ten o'clock in Berlin
  startsAt: asInstant(Date.parse('2027-03-09T09:00:00Z')),
  ...more,
});
const facts = (more: Partial<HoldFacts> = {}): HoldFacts => ({
  schedule: scheduleOf(),
  busy: busyOf({}),
  callHolds: [],
  ownerHolds: 0,
  keyHolds: 0,
  exists: false,
  ...more,
});

describe('whom a hold belongs to', () => {
  it.each([
    ['an API key alone', {}, 'api_key:key_1', 'api_key:key_1'],
    ['a visitor of an API key', { visitor: 'v' }, 'api_key:key_1:v', 'api_key:key_1'],
    ['a person has no visitors', { actor: user, visitor: 'v' }, 'user:usr_1', null],
    ['a call comes before all', { callId: 'c', visitor: 'v' }, 'call:c', null],
  ] as const)('%s', (_what, more, owner, counted) => {
    expect(holdOwner(place(more))).toBe(owner);
    expect(holdKey(place(more))).toBe(counted);
  });

  it('a visitor is known again by the same key only, and by nobody without the secret', () => {
    const hash = visitorHash('secret', 'key_1', 'erika@muster.example');
    expect(visitorHash('secret', 'key_1', 'erika@muster.example')).toBe(hash);
    expect(hash).toMatch(/^[0-9a-f]{24}$/);
    for (const other of [
      visitorHash('secret', 'key_2', 'erika@muster.example'),
      visitorHash('other', 'key_1', 'erika@muster.example'),
      visitorHash('secret', 'key_1', 'max@muster.example'),
    ])
      expect(other).not.toBe(hash);
  });
});

describe('how many', () => {
  it.each([
    ['two of a visitor leave room', { ownerHolds: MAX_HOLDS_PER_OWNER - 1 }, null],
    ['three of a visitor are enough', { ownerHolds: MAX_HOLDS_PER_OWNER }, 3],
    ['199 of a key leave room', { keyHolds: MAX_HOLDS_PER_KEY - 1 }, null],
    ['200 of a key are enough, also for a new visitor', { keyHolds: MAX_HOLDS_PER_KEY }, 200],
  ] as const)('%s', (_what, more, max) => {
    const decided = decideHold(facts(more), place({ visitor: 'v' }), NOW);
    if (max === null) expect(decided).toMatchObject({ ok: true, value: { hold: { owner: 'api_key:key_1:v' } } });
    else expect(decided).toEqual({ ok: false, error: { code: 'LIMIT_REACHED', limit: 'holds', max } });
  });
});
