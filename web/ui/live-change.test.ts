import { describe, expect, it } from 'vitest';
import { concernsDay, liveChange } from './live-change.ts';

const today = { branchId: 'bra_1', date: '2026-11-20', shows: (id: string) => id === 'apt_1' };
const concerns = (name: string, body: unknown): boolean => {
  const change = liveChange(name, body);
  return change !== null && concernsDay(change, today);
};

describe('a live event', () => {
  it.each([
    ['appointment', { ids: ['apt_9'], days: [{ branch_id: 'bra_1', date: '2026-11-20' }] }, true],
    ['appointment', { ids: ['apt_9'], days: [{ branch_id: 'bra_1', date: '2026-11-21' }] }, false],
    ['appointment', { ids: ['apt_9'], days: [{ branch_id: 'bra_2', date: '2026-11-20' }] }, false],
    ['appointment', { ids: ['apt_1'], days: [{ branch_id: 'bra_1', date: '2026-11-21' }] }, true],
    ['appointment', { ids: ['apt_9'] }, true],
    ['appointment.booked', { id: 'apt_9' }, true],
    ['hold.placed', {}, true],
    ['reset', {}, true],
    ['reconnected', null, true],
    ['call', { ids: ['call_1'] }, false],
    ['hello', {}, false],
    ['heartbeat', null, false],
  ])('%s %j re-reads the day: %s', (name, body, expected) => {
    expect(concerns(name, body)).toBe(expected);
  });

  it('names the calls it is about, in either spelling', () => {
    expect(liveChange('call', { ids: ['a', 'b'] })).toMatchObject({ about: 'calls', ids: ['a', 'b'] });
    expect(liveChange('call', { id: 'a' })).toMatchObject({ about: 'calls', ids: ['a'] });
  });
});
