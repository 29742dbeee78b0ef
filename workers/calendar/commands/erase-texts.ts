/**
 * The texts of a customer's appointments are erased, the notes on them, and the reasons of their changes: a bounded step of them, by start. The caller goes on
 * from `next` under a key of its own until there is none.
 */
import { err, ok } from '../../../shared/result.ts';
import { envelope } from '../events.ts';
import type { ActorRef } from '../../events/calendar.ts';
import type { CalendarEvent } from '../events.ts';
import { calendarCommand, type Keyed } from './command.ts';

/** Appointments of one step: with the changes that had reasons its events stay within one page of the outbox. */
export const ERASED_A_STEP = 200;

export interface EraseTexts extends Keyed {
  actor: ActorRef;
  customerId: string;
  /** `next` of the step before; absent: from the beginning */
  after?: string | null;
}
export interface EraseTextsAnswer {
  /** appointments of this step, whether they had texts or not */
  erased: number;
  /** null: all are done */
  next: string | null;
}

const positionOf = (cursor: string): { startsAt: number; id: string } | null => {
  const match = /^(-?\d{1,16})\|(.{1,128})$/.exec(cursor);
  return match ? { startsAt: Number(match[1]), id: String(match[2]) } : null;
};

/** Refusals: VALIDATION_ERROR (`after` is no cursor of ours). */
export const eraseTexts = calendarCommand<EraseTexts, EraseTextsAnswer>({
  name: 'eraseTexts',
  decide(store, { customerId, after }) {
    const from = after == null ? { startsAt: Number.MIN_SAFE_INTEGER, id: '' } : positionOf(after);
    if (from === null) return err({ code: 'VALIDATION_ERROR', errors: { after: ['not a cursor'] } });
    const page = store.appointments.pageOfCustomer(customerId, from, ERASED_A_STEP);
    const events: CalendarEvent[] = [];
    for (const appointment of page) {
      const changes = store.modifications.withReason(appointment.id);
      store.appointments.eraseTexts(appointment.id);
      store.modifications.eraseReasons(appointment.id);
      const notes = store.notes.eraseTexts(appointment.id);
      events.push({ type: 'appointment.texts_erased', appointment, ...(notes.length > 0 ? { notes } : {}) });
      // Each change's row goes out again, so that its reason leaves D1 too: a restore reads reasons there.
      for (const modification of changes) events.push({ type: 'appointment.texts_erased', appointment, modification });
    }
    const last = page.length === ERASED_A_STEP ? page.at(-1) : undefined;
    return ok({
      value: { erased: page.length, next: last ? `${last.startsAt}|${last.id}` : null },
      events: events.map(envelope),
    });
  },
});
