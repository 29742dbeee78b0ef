/**
 * The texts of a customer's appointments are erased, the notes on them, and the reasons of their changes: a bounded step of them, by start. The caller goes on
 * from `next` under a key of its own until there is none. What is still to come is let go of at Cal.com: our appointment stays, its
 * booking there is cancelled by the effect of the event, and the word of that ends nothing here.
 */
import type { Instant } from '../../../shared/clock.ts';
import { err, ok } from '../../../shared/result.ts';
import { envelope } from '../events.ts';
import type { ActorRef } from '../../events/calendar.ts';
import type { CalendarEvent } from '../events.ts';
import type { Appointment } from '../../events/calendar.ts';
import type { CalendarStore } from '../store/store.ts';
import { calendarCommand, type Keyed } from './command.ts';
import { settleConflict } from './conflict-parts.ts';

/** Appointments of one step: with the changes that had reasons its events stay within one page of the outbox. */
export const ERASED_A_STEP = 200;

interface EraseTexts extends Keyed {
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
  /** uids of all bookings that these appointments had at Cal.com, of the first step also those that never found a place here */
  atCalcom: string[];
}

/** Nothing ties an appointment to Cal.com any more. Answers it as it is since, and what is to be cancelled there. */
function letGo(
  store: CalendarStore,
  before: Appointment,
  now: Instant,
): { appointment: Appointment; leaves: string[] } {
  const links = store.external.linksOf(before.id);
  const leaves = links.filter(({ state }) => state !== 'cancelled' && state !== 'rejected').map(({ uid }) => uid);
  // Already let go of, and said so.
  if (before.syncStatus === 'none' && before.calcomUid === null) return { appointment: before, leaves };
  for (const link of links)
    if (link.state === 'current' || link.state === 'requested')
      store.external.saveLink({ ...link, state: 'superseded', updatedAt: now });
  const appointment: Appointment = { ...before, calcomUid: null, syncStatus: 'none' };
  store.appointments.save(appointment);
  return { appointment, leaves };
}

/** A booking that never found a place here is cancelled there; what the two sides said of our appointments is over. */
function settleConflicts(
  store: CalendarStore,
  customerId: string,
  now: Instant,
): { uids: string[]; events: CalendarEvent[] } {
  const all = store.external.conflictsOfCustomer(customerId);
  const open = all.filter(({ status }) => status === 'open');
  return {
    uids: all.map(({ externalUid }) => externalUid).filter((uid) => uid !== ''),
    events: open.map((one) => settleConflict(store, one, one.kind === 'booking' ? 'keep_ours' : null, now).event),
  };
}

const positionOf = (cursor: string): { startsAt: number; id: string } | null => {
  const match = /^(-?\d{1,16})\|(.{1,128})$/.exec(cursor);
  return match ? { startsAt: Number(match[1]), id: String(match[2]) } : null;
};

/** Refusals: VALIDATION_ERROR (`after` is no cursor of ours). */
export const eraseTexts = calendarCommand<EraseTexts, EraseTextsAnswer>({
  name: 'eraseTexts',
  decide(store, { customerId, after }, now) {
    const from = after == null ? { startsAt: Number.MIN_SAFE_INTEGER, id: '' } : positionOf(after);
    if (from === null) return err({ code: 'VALIDATION_ERROR', errors: { after: ['not a cursor'] } });
    const page = store.appointments.pageOfCustomer(customerId, from, ERASED_A_STEP);
    const conflicts = after == null ? settleConflicts(store, customerId, now) : { uids: [], events: [] };
    const { events } = conflicts;
    const uids = new Set(conflicts.uids);
    for (const before of page) {
      for (const { uid } of store.external.linksOf(before.id)) uids.add(uid);
      const { appointment, leaves } =
        before.startsAt > now ? letGo(store, before, now) : { appointment: before, leaves: [] };
      const isLeft = appointment !== before;
      const changes = store.modifications.withReason(appointment.id);
      store.appointments.eraseTexts(appointment.id);
      store.modifications.eraseReasons(appointment.id);
      const notes = store.notes.eraseTexts(appointment.id);
      events.push({
        type: 'appointment.texts_erased',
        appointment,
        ...(notes.length > 0 ? { notes } : {}),
        ...(isLeft ? { leaves } : {}),
      });
      // Each change's row goes out again, so that its reason leaves D1 too: a restore reads reasons there.
      for (const modification of changes) events.push({ type: 'appointment.texts_erased', appointment, modification });
    }
    const last = page.length === ERASED_A_STEP ? page.at(-1) : undefined;
    return ok({
      value: { erased: page.length, next: last ? `${last.startsAt}|${last.id}` : null, atCalcom: [...uids] },
      events: events.map(envelope),
    });
  },
});
