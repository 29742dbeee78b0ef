/** What happened with a customer: appointments, calls, messages and notes, merged by instant and id. Called by the customers' routes. */
import { actorMay, permissionRefusal } from '../../../shared/actor.ts';
import type { TimelineEntry } from '../../../shared/contract/timeline.ts';
import { fullName } from '../../../shared/full-name.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { toIso } from '../../../shared/time.ts';
import type { ListMeta } from '../../../shared/contract/parts.ts';
import { cursorOf, pageOf } from '../../http/list.ts';
import type { ScheduleSnapshot } from '../../calendar/types.ts';
import { notesReadBy } from '../../storage/queries/customer-notes.ts';
import { customerRowAnyState } from '../../storage/queries/customers.ts';
import {
  appointmentsReached,
  callsReached,
  isCustomerReached,
  notificationsReached,
} from '../../storage/queries/reach.ts';
import {
  appointmentsOfTimeline,
  callsOfTimeline,
  chargesAbout,
  messagesOfTimeline,
  notesOfTimeline,
  type TimelineAppointment,
  type TimelineCall,
  type TimelinePlace,
} from '../../storage/queries/timeline.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { readerOf } from '../customer-note-kind.ts';

type Entry = { place: TimelinePlace; view: TimelineEntry };
type Charges = Awaited<ReturnType<typeof chargesAbout>> | null;

const NOTHING = { appointment: null, call: null, message: null, note: null } as const;
const SECOND = 1_000;

const chargesOf = (charges: Charges, id: string): NonNullable<TimelineEntry['call']>['charges'] =>
  charges === null
    ? null
    : charges
        .filter(({ about }) => about === id)
        .sort((a, b) => a.at - b.at)
        .map(({ type, amountCents, currency, at }) => ({ type, amount_cents: amountCents, currency, at: toIso(at) }));

/** Names as they are now; of master data that is gone there is none. */
function namesOf(snapshot: ScheduleSnapshot | null, row: TimelineAppointment, language: 'de' | 'en') {
  const branch = snapshot?.branches.find(({ id }) => id === row.branchId)?.body;
  const person = snapshot?.staff.find(({ id }) => id === row.staffId)?.body;
  const ids = [row.serviceId, ...(JSON.parse(row.moreServiceIds) as string[])];
  const services = ids.flatMap((id) => {
    const name = snapshot?.services.find((one) => one.id === id)?.body.name;
    return name === undefined ? [] : [name[language] ?? Object.values(name)[0] ?? ''];
  });
  return {
    service_name: services.join(' + ') || null,
    staff_name: person === undefined ? null : fullName(person),
    branch_name: branch?.name ?? null,
    time_zone: branch?.timeZone ?? 'Europe/Berlin',
  };
}

/**
 * A page of it, newest first: at most a page of each kind is read. Each kind as its own list shows it: whoever may not read one does not
 * learn of it here. Refusals: PERMISSION_DENIED, NOT_FOUND, VALIDATION_ERROR (`cursor`).
 */
export async function customerTimeline(
  scope: TenantScope,
  asked: { id: string; cursor: string | undefined; limit: number; language: 'de' | 'en' },
): Promise<Result<{ data: TimelineEntry[]; meta: ListMeta }>> {
  const { actor, db } = scope;
  const refused = permissionRefusal(actor, 'view_customers');
  if (refused) return refused;
  const after = cursorOf(asked.cursor, ['number', 'string']);
  if (!after.ok) return after;
  const reached = await scope.reached();
  const [isReached, person] = await Promise.all([
    isCustomerReached(db, asked.id, reached, scope.now),
    customerRowAnyState(db, asked.id),
  ]);
  // Whoever asked to be erased has no history that is shown; a deleted customer can be restored, and has.
  if (!isReached || person === null || person.deletionRequestedAt !== null)
    return err({ code: 'NOT_FOUND', entity: 'customer' });
  const place = after.value === null ? null : { at: Number(after.value[0]), id: String(after.value[1]) };
  const part = { customerId: asked.id, after: place, limit: asked.limit + 1 };
  const may = (permission: Parameters<typeof actorMay>[1]): boolean => actorMay(actor, permission);
  const [visits, calls, messages, notes, { result: schedule }] = await Promise.all([
    may('view_appointments') ? appointmentsOfTimeline(db, { ...part, only: appointmentsReached(reached) }) : [],
    may('view_calls') ? callsOfTimeline(db, { ...part, only: callsReached(reached) }) : [],
    may('view_notifications')
      ? messagesOfTimeline(db, { ...part, only: notificationsReached(reached, scope.now) })
      : [],
    may('view_notes') ? notesOfTimeline(db, { ...part, only: notesReadBy(readerOf(scope)) }) : [],
    scope.calendar.schedule({ maxAgeMs: 60_000 }),
  ]);
  const snapshot = schedule.ok ? schedule.value : null;
  const ids = [...visits, ...calls].map(({ id }) => id);
  const charges = may('view_transactions') ? await chargesAbout(db, ids) : null;
  const entry = (row: TimelinePlace, view: Omit<TimelineEntry, 'at'>): Entry => ({
    place: { at: row.at, id: row.id },
    view: { ...view, at: toIso(row.at) },
  });
  const callView = (row: TimelineCall) => ({
    id: row.id,
    direction: row.direction,
    summary: may('view_transcripts') ? row.summary : null,
    duration_seconds: row.durationMs === null ? null : Math.round(row.durationMs / SECOND),
    appointment_id: row.appointmentId,
    charges: chargesOf(charges, row.id),
  });
  const all = [
    ...visits.map((row) =>
      entry(row, {
        ...NOTHING,
        kind: 'appointment',
        appointment: {
          id: row.id,
          branch_id: row.branchId,
          ...namesOf(snapshot, row, asked.language),
          status: row.status,
          price_cents: row.priceCents,
          currency: row.currency,
          charges: chargesOf(charges, row.id),
        },
      }),
    ),
    ...calls.map((row) => entry(row, { ...NOTHING, kind: 'call', call: callView(row) })),
    ...messages.map((row) => {
      const { id, eventType, channel, status, subject } = row;
      return entry(row, {
        ...NOTHING,
        kind: 'message',
        message: { id, event_type: eventType, channel, status, subject },
      });
    }),
    ...notes.map((row) => {
      const { id, subject, text, type } = row;
      return entry(row, { ...NOTHING, kind: 'note', note: { id, subject, text, type } });
    }),
  ].sort((a, b) => b.place.at - a.place.at || (a.place.id < b.place.id ? 1 : -1));
  const { shown, meta } = pageOf(all.slice(0, asked.limit + 1), asked.limit, (one) => [one.place.at, one.place.id]);
  return ok({ data: shown.map(({ view }) => view), meta });
}
