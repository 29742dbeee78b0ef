/** When a month is over is said by the tenant's own calendar, also on the days when its clocks change. */
import { expect, it } from 'vitest';
import { asInstant, type Instant } from '../../../shared/clock.ts';
import { monthDue } from './month-due.ts';

const at = (iso: string): Instant => asInstant(Date.parse(iso));
const LONG_AGO = at('2026-01-01T00:00:00Z');

it.each([
  ['Europe/Berlin', '2026-10-31T22:59:59.999Z', '2026-09'],
  ['Europe/Berlin', '2026-10-31T23:00:00Z', '2026-10'],
  ['UTC', '2026-11-01T00:00:00Z', '2026-10'],
  // Summer time since the 27th of September: thirteen hours ahead.
  ['Pacific/Auckland', '2026-09-30T10:59:59.999Z', '2026-08'],
  ['Pacific/Auckland', '2026-09-30T11:00:00Z', '2026-09'],
  ['Pacific/Auckland', '2027-03-31T11:00:00Z', '2027-03'],
  // … and twelve since the 4th of April.
  ['Pacific/Auckland', '2027-04-30T11:59:59.999Z', '2027-03'],
  ['Pacific/Auckland', '2027-04-30T12:00:00Z', '2027-04'],
  // Half an hour of summer time: ten and a half hours, then eleven.
  ['Australia/Lord_Howe', '2026-09-30T13:29:59.999Z', '2026-08'],
  ['Australia/Lord_Howe', '2026-09-30T13:30:00Z', '2026-09'],
  ['Australia/Lord_Howe', '2026-10-31T12:59:59.999Z', '2026-09'],
  ['Australia/Lord_Howe', '2026-10-31T13:00:00Z', '2026-10'],
  ['America/Los_Angeles', '2026-12-01T07:59:59Z', '2026-10'],
  ['America/Los_Angeles', '2027-01-01T08:00:00Z', '2026-12'],
])('%s at %s: %s is over', (timeZone, now, period) => {
  expect(monthDue(at(now), { timeZone, createdAt: LONG_AGO }, null)).toBe(period);
  expect(monthDue(at(now), { timeZone, createdAt: LONG_AGO }, period)).toBeNull();
});

it('asks for the newest where several are open', () =>
  expect(monthDue(at('2026-12-05T00:00:00Z'), { timeZone: 'UTC', createdAt: LONG_AGO }, '2026-08')).toBe('2026-11'));
it('has no month before the tenant was made', () => {
  const made = { timeZone: 'Pacific/Auckland', createdAt: at('2026-10-31T11:00:00Z') };
  expect(monthDue(at('2026-11-15T00:00:00Z'), made, null)).toBeNull();
  expect(monthDue(at('2026-11-30T11:00:00Z'), made, null)).toBe('2026-11');
});
