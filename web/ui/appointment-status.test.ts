import { describe, expect, it } from 'vitest';
import {
  ACTION_FROM_MINUTE,
  APPOINTMENT_STATUSES,
  STATUS_ACTIONS,
  STATUS_AFTER,
} from '../../shared/appointment-status.ts';
import { hasStarted, offeredActions } from './appointment-status.ts';

const START = Date.parse('2026-11-24T09:00:00Z');
const MINUTE = 60_000;
const offered = (status: (typeof APPOINTMENT_STATUSES)[number], minutes: number) =>
  offeredActions({ status, starts_at: new Date(START).toISOString() }, START + minutes * MINUTE);

describe('what may be said of an appointment', () => {
  it.each([
    ['confirmed', -3 * 24 * 60, []],
    ['confirmed', -1, []],
    ['confirmed', 0, ['complete']],
    ['confirmed', 4, ['complete']],
    ['confirmed', 5, ['complete', 'no-show']],
    ['pending', -60, ['confirm']],
    ['pending', 5, ['confirm', 'no-show']],
    ['in_progress', 10, ['complete']],
    ['completed', 60, []],
  ] as const)('%s, %i minutes after its start: %j', (status, minutes, actions) => {
    expect(offered(status, minutes)).toEqual(actions);
  });

  it('is never that something happened before its hour', () => {
    for (const status of APPOINTMENT_STATUSES)
      expect(offered(status, -1).filter((action) => action !== 'confirm')).toEqual([]);
  });

  it.each(APPOINTMENT_STATUSES)('is what the server lets pass, minute by minute: %s', (status) => {
    for (let minutes = -30; minutes <= 30; minutes++)
      expect(offered(status, minutes)).toEqual(
        STATUS_ACTIONS.filter(
          (action) =>
            action !== 'start' &&
            STATUS_AFTER[status][action] !== undefined &&
            minutes >= (ACTION_FROM_MINUTE[action] ?? Number.NEGATIVE_INFINITY),
        ).map((action) => action.replace('_', '-')),
      );
  });

  it('begins with the start', () => {
    const starts_at = new Date(START).toISOString();
    expect([START - 1, START].map((now) => hasStarted({ starts_at }, now))).toEqual([false, true]);
  });
});
