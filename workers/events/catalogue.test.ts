/** Readers see today's shape, whatever version wrote the event; effects say what their kind says, or are refused with the member's name. */
import { describe, expect, it } from 'vitest';
import { asInstant } from '../../shared/clock.ts';
import { messageOf } from '../calendar/live.ts';
import { CALENDAR_PROJECTS, type Lookups } from '../calendar/projects.ts';
import { CALENDAR_REACTIONS } from '../calendar/reactions.ts';
import { parseSchedule } from '../calendar/engine/schedule.ts';
import type { OutboxEvent } from '../object-runtime/events.ts';
import { effectsOf } from '../projection/effects.ts';
import { projectorOf } from '../projection/project.ts';
import { EVENTS, makeEvent, readEvent } from './catalogue.ts';
import { versionOf } from './define.ts';
import { readEffect } from './effects.ts';

const stored = (type: string, v: number, body: OutboxEvent['body']): OutboxEvent => ({
  type,
  v,
  entity: 'e',
  body,
  epoch: 1,
  seq: 4,
  id: 'key#0',
  at: 9,
  commandKey: 'key',
  commandName: 'hold',
  command: null,
  inputHash: 'h',
  causer: null,
});
/** As the first version wrote it, before holds said when they start. */
const OLD_HOLD = { lockTokenHash: 'lock', staffId: 'stf', endsAt: 2_000, expiresAt: 3_000 };

describe('an event of an older version', () => {
  it('is read in the shape of today', () => {
    expect(readEvent(stored('hold.placed', 1, OLD_HOLD))).toEqual({
      type: 'hold.placed',
      id: 'key#0',
      epoch: 1,
      seq: 4,
      at: 9,
      body: { ...OLD_HOLD, startsAt: null },
    });
    expect(readEvent(stored('hold.released', 1, { lockTokenHash: 'lock', staffId: 'stf', startsAt: 5 }))?.body).toEqual(
      {
        lockTokenHash: 'lock',
        staffId: 'stf',
        startsAt: 5,
      },
    );
  });
  it('reaches every reader: the live stream says it without days, projection and effects go on', () => {
    const old = stored('hold.placed', 1, OLD_HOLD);
    expect(
      messageOf(
        old,
        parseSchedule([], 1, () => null),
      ),
    ).toEqual([{ event: 'appointment', id: '1.4', data: { ids: [], type: 'hold.placed' } }]);
    expect(projectorOf(CALENDAR_PROJECTS, {} as Lookups)([old])).toEqual([]);
    expect(effectsOf(CALENDAR_REACTIONS, old)).toEqual([]);
  });
  it('stops its reader with the member that is missing when it can never be read', () => {
    const { staffId: _gone, ...broken } = OLD_HOLD;
    expect(() => readEvent(stored('hold.placed', 1, broken))).toThrow(
      "hold.placed of version 1 can't be read: staffId",
    );
  });
});

describe('the catalogue', () => {
  it('skips types and versions that a later deploy writes', () => {
    expect(readEvent(stored('appointment.teleported', 1, {}))).toBeNull();
    expect(readEvent(stored('hold.placed', versionOf(EVENTS['hold.placed']) + 1, OLD_HOLD))).toBeNull();
  });
  it('writes the version and the entity it declares, and reads back what it wrote', () => {
    const body = {
      lockTokenHash: 'lock',
      staffId: 'stf',
      startsAt: asInstant(1_000),
      endsAt: asInstant(2_000),
      expiresAt: asInstant(3_000),
    };
    const made = makeEvent('hold.placed', body);
    expect(made).toEqual({ type: 'hold.placed', v: 2, entity: 'lock', body });
    expect(readEvent(stored(made.type, made.v, made.body))?.body).toEqual(body);
    expect(EVENTS['hold.placed'].body.safeParse(body).success).toBe(true);
  });
});

describe('an effect', () => {
  const confirmed = {
    event: 'appointment.confirmed',
    appointmentId: 'apt',
    customerId: 'cus',
    version: 1,
    startsAt: 5,
  };
  it('is read by the schema of its kind', () => {
    expect(readEffect('notify', JSON.stringify(confirmed))).toEqual({ ok: true, ref: confirmed });
    expect(readEffect('calcom.routes', '{}')).toEqual({ ok: true, ref: {} });
  });
  it.each([
    ['notify', { ...confirmed, startsAt: 'soon' }, 'startsAt'],
    ['notify', { event: 'appointment.teleported' }, 'event'],
    ['call.link', { callId: 'call', appointmentId: 7, customerId: 'cus' }, 'appointmentId'],
    ['notify.send', {}, 'notificationId'],
  ] as const)('of kind %s whose payload is wrong is refused with the member', (kind, payload, member) => {
    expect(readEffect(kind, JSON.stringify(payload))).toEqual({ ok: false, problem: member });
  });
  it('that is no JSON is refused', () => {
    expect(readEffect('calcom.push', '{')).toEqual({ ok: false, problem: 'no JSON' });
  });
});
