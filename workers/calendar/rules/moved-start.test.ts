/** Days are those of the branch's clock, also across the nights on which it changes. */
import { expect, it } from 'vitest';
import { asInstant } from '../../../shared/clock.ts';
import { movedStart } from './moved-start.ts';

const at = (iso: string, timeZone = 'Europe/Berlin') => ({ startsAt: asInstant(Date.parse(iso)), timeZone });
const iso = (moved: ReturnType<typeof movedStart>): string =>
  moved.ok ? new Date(moved.value).toISOString() : moved.error.code;

it.each<[string, ReturnType<typeof at>, number, number, string]>([
  ['minutes alone', at('2027-03-27T08:00:00Z'), 0, 45, '2027-03-27T08:45:00.000Z'],
  ['a day over the spring night keeps nine o’clock', at('2027-03-27T08:00:00Z'), 1, 0, '2027-03-28T07:00:00.000Z'],
  ['and back', at('2027-03-28T07:00:00Z'), -1, 0, '2027-03-27T08:00:00.000Z'],
  ['a week over the autumn night', at('2027-10-28T07:00:00Z'), 7, 30, '2027-11-04T08:30:00.000Z'],
  ['half past two is left out in spring', at('2027-03-27T01:30:00Z'), 1, 0, 'VALIDATION_ERROR'],
  ['half past two is there twice in autumn: the earlier', at('2027-10-30T00:30:00Z'), 1, 0, '2027-10-31T00:30:00.000Z'],
  ['the branch’s zone and no other', at('2027-03-13T14:00:00Z', 'America/New_York'), 1, 0, '2027-03-14T13:00:00.000Z'],
])('%s', (_name, from, days, minutes, expected) => {
  expect(iso(movedStart(from, days, minutes))).toBe(expected);
});
