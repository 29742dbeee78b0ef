import { describe, expect, it } from 'vitest';
import { asInstant } from '../../../shared/clock.ts';
import { LEGAL_CLASSES } from '../../../shared/message-sets.ts';
import { decideMaySend, type MaySendFacts } from './may-send.ts';
import { nextLoud, quietAt, type QuietHours } from './quiet-hours.ts';

const ZONE = 'Europe/Berlin';
const at = (text: string) => asInstant(Date.parse(text));
const NIGHT: QuietHours = { from: '20:00', to: '08:00', sundays: true, holidays: true };
const CHRISTMAS = new Set(['2026-12-25', '2026-12-26']);
const place = { zone: ZONE, isHoliday: (date: string) => CHRISTMAS.has(date) };
/** A Tuesday, three in the afternoon. */
const DAYTIME = at('2026-11-24T14:00:00Z');

const facts = (over: Partial<MaySendFacts>): MaySendFacts => ({
  legalClass: 'reminder',
  at: DAYTIME,
  expiresAt: null,
  hasAddress: true,
  consent: null,
  stoppedAt: null,
  practiceMode: false,
  quiet: NIGHT,
  place,
  ...over,
});
const given = { state: 'given', at: 10 } as const;
const withdrawn = { state: 'withdrawn', at: 10 } as const;

describe('whether a message may leave', () => {
  it.each([
    ['a confirmation always', { legalClass: 'service' }, 'send', 'service'],
    ['also by night', { legalClass: 'service', at: at('2026-11-24T23:00:00Z') }, 'send', 'service'],
    ['also who said stop', { legalClass: 'service', stoppedAt: 5 }, 'send', 'service'],
    ['nowhere without an address', { legalClass: 'service', hasAddress: false }, 'stop', 'no_address'],
    ['a reminder without a word about it', {}, 'send', 'no_objection'],
    ['a reminder of a practice only with consent', { practiceMode: true }, 'stop', 'practice_mode'],
    ['… and with it', { practiceMode: true, consent: given }, 'send', 'consent'],
    ['no reminder after a no', { consent: withdrawn }, 'stop', 'withdrawn'],
    ['no reminder after a stop', { stoppedAt: 10 }, 'stop', 'withdrawn'],
    ['a stop at the very instant of a consent counts', { consent: given, stoppedAt: 10 }, 'stop', 'withdrawn'],
    ['a consent after a stop counts', { consent: given, stoppedAt: 9 }, 'send', 'consent'],
    ['a stop after a consent counts', { consent: given, stoppedAt: 11 }, 'stop', 'withdrawn'],
    ['marketing needs a yes', { legalClass: 'marketing' }, 'stop', 'no_consent'],
    ['marketing with one', { legalClass: 'marketing', consent: given }, 'send', 'consent'],
    ['asking for a review needs one, too', { legalClass: 'review' }, 'stop', 'no_consent'],
    ['a review with one', { legalClass: 'review', consent: given }, 'send', 'consent'],
  ] as const)('%s', (_what, over, verdict, because) => {
    expect(decideMaySend(facts(over))).toMatchObject({ verdict, because });
  });

  it('a reminder of the evening moves to the morning, one of Saturday night to Monday', () => {
    expect(decideMaySend(facts({ at: at('2026-11-24T20:30:00Z') }))).toEqual({
      verdict: 'move',
      at: at('2026-11-25T07:00:00Z'),
      because: 'quiet_hours',
    });
    expect(decideMaySend(facts({ at: at('2026-11-28T20:00:00Z') })).at).toBe(at('2026-11-30T07:00:00Z'));
    expect(decideMaySend(facts({ at: at('2026-11-29T12:00:00Z') }))).toMatchObject({
      at: at('2026-11-30T07:00:00Z'),
      because: 'sunday',
    });
  });

  it('over Christmas and the Sunday behind it to the Monday', () => {
    expect(decideMaySend(facts({ at: at('2026-12-25T10:00:00Z') }))).toEqual({
      verdict: 'move',
      at: at('2026-12-28T07:00:00Z'),
      because: 'holiday',
    });
  });

  it('what would come after its appointment is stopped', () => {
    const early = { at: at('2026-11-24T20:00:00Z'), expiresAt: at('2026-11-25T06:30:00Z') };
    expect(decideMaySend(facts(early))).toMatchObject({ verdict: 'stop', because: 'too_late' });
    expect(decideMaySend(facts({ ...early, expiresAt: at('2026-11-25T07:00:00Z') })).verdict).toBe('stop');
    expect(decideMaySend(facts({ ...early, expiresAt: at('2026-11-25T07:00:01Z') })).verdict).toBe('move');
  });

  it('what moved may go when its time has come, whatever it is', () => {
    for (const legalClass of LEGAL_CLASSES) {
      const first = decideMaySend(facts({ legalClass, consent: given, at: at('2026-12-24T22:00:00Z') }));
      expect(decideMaySend(facts({ legalClass, consent: given, at: first.at })).verdict).toBe('send');
    }
  });
});

describe('quiet hours', () => {
  it.each([
    ['the last minute of the day', '2026-11-24T18:59:59Z', null],
    ['the first of the night', '2026-11-24T19:00:00Z', 'quiet_hours'],
    ['the last of the night', '2026-11-25T06:59:59Z', 'quiet_hours'],
    ['the first of the day', '2026-11-25T07:00:00Z', null],
    ['a Sunday at noon', '2026-11-29T11:00:00Z', 'sunday'],
    ['a holiday at noon', '2026-12-25T11:00:00Z', 'holiday'],
  ] as const)('%s', (_what, text, expected) => {
    expect(quietAt(NIGHT, place, at(text))).toBe(expected);
  });

  it('no night where it begins as it ends; a quiet stretch of the day is one, too', () => {
    const none = { ...NIGHT, from: '08:00', to: '08:00' };
    expect(quietAt(none, place, at('2026-11-24T23:00:00Z'))).toBeNull();
    const noon = { ...NIGHT, from: '12:00', to: '14:00' };
    expect(nextLoud(noon, place, at('2026-11-24T12:00:00Z'))).toBe(at('2026-11-24T13:00:00Z'));
    expect(nextLoud(noon, place, at('2026-11-29T12:00:00Z'))).toBe(at('2026-11-29T23:00:00Z'));
  });

  it('midnight is an end as well', () => {
    expect(nextLoud({ ...NIGHT, to: '24:00' }, place, at('2026-11-24T20:00:00Z'))).toBe(at('2026-11-24T23:00:00Z'));
    expect(nextLoud({ ...NIGHT, to: '00:00' }, place, at('2026-11-24T20:00:00Z'))).toBe(at('2026-11-24T23:00:00Z'));
  });

  it('the nights in which the clock changes end at eight, too', () => {
    const plain = { zone: ZONE, isHoliday: () => false };
    const everyDay = { ...NIGHT, sundays: false };
    // 29 March: an hour is missing; 25 October: one comes twice.
    expect(nextLoud(everyDay, plain, at('2026-03-28T22:00:00Z'))).toBe(at('2026-03-29T06:00:00Z'));
    expect(nextLoud(everyDay, plain, at('2026-10-24T22:00:00Z'))).toBe(at('2026-10-25T07:00:00Z'));
    // An end that the clock skips is where it jumps to; one that it shows twice ends it once.
    expect(nextLoud({ ...everyDay, to: '02:30' }, plain, at('2026-03-28T22:00:00Z'))).toBe(at('2026-03-29T01:00:00Z'));
    expect(nextLoud({ ...everyDay, to: '02:30' }, plain, at('2026-10-24T22:00:00Z'))).toBe(at('2026-10-25T00:30:00Z'));
    // In the hour that comes again it is night once more, until it has passed.
    expect(nextLoud({ ...everyDay, to: '02:30' }, plain, at('2026-10-25T01:10:00Z'))).toBe(at('2026-10-25T01:30:00Z'));
  });

  it('a place where every day is a holiday never sends', () => {
    expect(nextLoud(NIGHT, { zone: ZONE, isHoliday: () => true }, DAYTIME)).toBeNull();
  });
});
