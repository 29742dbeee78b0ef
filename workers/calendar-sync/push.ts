/**
 * Push of one appointment to Cal.com (effect `calcom.push`): look, plan, act, look again, link. There is no idempotency key on create, so an
 * ambiguous create is looked up before it is tried again, and one push at a time works on an appointment. What can't be pushed becomes a
 * conflict that a person settles by a click; the appointment itself is never touched.
 */
import type { ConflictReason } from '../../shared/conflict-sets.ts';
import { eventTypesFor, eventTypesOf } from '../calendar/rules/event-types.ts';
import type { AppointmentDetail, ScheduleSnapshot } from '../calendar/types.ts';
import {
  cancelBooking,
  type CalcomBooking,
  type CalcomConfig,
  confirmBooking,
  createBooking,
  findBookingByMetadata,
  getBooking,
  reassignBooking,
  rescheduleBooking,
} from '../integrations/calcom.ts';
import type { VendorFault, VendorResult } from '../integrations/vendor-call.ts';
import { sha256Hex } from '../object-runtime/hash.ts';
import { type EffectContext, type EffectOutcome, type EffectRow, isLastAttempt } from '../operations/effects.ts';
import { leaseEventMap, saveEventMap } from '../storage/queries/calendar-sync.ts';
import { bookingOf, METADATA_KEY } from './booking.ts';
import { calcomAccount } from './account.ts';
import { type OurAppointment, planPush, type PushStep, type TheirBooking } from './plan.ts';

/** Longer than a push with all its calls at the vendor time-out takes. */
export const PUSH_LEASE_MS = 120_000;
/** Steps of one push; more are a defect of somebody, moves that are followed along `rescheduledTo` among them. */
const MAX_STEPS = 12;
const ACTOR = { kind: 'calcom', id: 'push' } as const;
/** What Cal.com says when host or hour are taken there. */
const OCCUPIED = /not available|already has booking|booking_conflict|hosts? .*busy/i;

type Scope = EffectContext['scope'];

export async function pushAppointment({ scope, effect, ref }: EffectContext<'calcom.push'>): Promise<EffectOutcome> {
  const { appointmentId } = ref;
  const { result } = await scope.calendar.appointment(appointmentId);
  // Declined by its host meanwhile: nothing of it is left on either side.
  if (!result.ok && result.error.code === 'NOT_FOUND') return { kind: 'done' };
  if (!result.ok) return { kind: 'park', reason: `appointment ${appointmentId}: ${result.error.code}` };
  const first = result.value;
  const account = await calcomAccount(scope, first.appointment.companyId);
  if (!account || first.appointment.syncStatus === 'none') return { kind: 'done' };
  const map = await leaseEventMap(scope.db, appointmentId, effect.id, scope.now, PUSH_LEASE_MS);
  if (!map) return { kind: 'wait', reason: 'another push works on this appointment', afterMs: 2_000 };
  try {
    // Who had the lease until now may have ended after the first look: what is planned from it would be booked twice. A row that this push
    // has made had nobody before.
    const again = map.isNew ? null : (await scope.calendar.appointment(appointmentId)).result;
    if (again?.ok === false)
      return again.error.code === 'NOT_FOUND' ? { kind: 'done' } : { kind: 'retry', reason: again.error.code };
    const detail = again?.value ?? first;
    if (detail.appointment.syncStatus === 'none') return { kind: 'done' };
    const push = new Push({ scope, effect }, account, detail, await scheduleOf(scope));
    return await push.run({
      uid: detail.appointment.calcomUid ?? (map.replacingUid === null ? map.uid : null),
      creating: map.creating,
      replacingUid: map.replacingUid,
    });
  } finally {
    await saveEventMap(scope.db, appointmentId, { leaseUntil: 0 }, scope.now);
  }
}

async function scheduleOf(scope: Scope): Promise<ScheduleSnapshot> {
  const { result } = await scope.calendar.schedule({ maxAgeMs: 60_000 });
  if (!result.ok) throw new Error(`schedule: ${result.error.code}`);
  return result.value;
}

class Push {
  readonly #ours: OurAppointment;
  /** what was done in this run: Cal.com is not asked for the same twice */
  readonly #done = new Set<PushStep['kind']>();
  #theirs: CalcomBooking | null = null;

  readonly #scope: Scope;
  readonly #account: CalcomConfig;
  readonly #detail: AppointmentDetail;
  readonly #effect: EffectRow;

  constructor(
    { scope, effect }: Pick<EffectContext, 'scope' | 'effect'>,
    account: CalcomConfig,
    detail: AppointmentDetail,
    schedule: ScheduleSnapshot,
  ) {
    this.#scope = scope;
    this.#account = account;
    this.#detail = detail;
    this.#effect = effect;
    const { appointment } = detail;
    const { status, startsAt, endsAt, serviceId, staffId } = appointment;
    const service = schedule.services.find(({ id }) => id === serviceId);
    const person = schedule.staff.find(({ id }) => id === staffId);
    this.#ours = {
      active: status !== 'cancelled' && status !== 'no_show',
      pending: status === 'pending',
      startsAt,
      endsAt,
      past: startsAt <= scope.now,
      over: endsAt <= scope.now,
      eventTypeIds: service ? eventTypesFor(service.body, staffId) : [],
      hostId: person?.body.calcomUserId ?? null,
    };
  }

  async run(known: { uid: string | null; creating: boolean; replacingUid: string | null }): Promise<EffectOutcome> {
    const { appointment } = this.#detail;
    if (known.replacingUid !== null) {
      const replaced = await this.#cancelReplaced(known.replacingUid);
      if (replaced) return replaced;
    }
    if (known.uid) {
      const found = await getBooking(this.#account, known.uid);
      if (!found.ok && found.error.status !== 404) return this.#fault(found.error);
      this.#theirs = found.ok ? found.value : null;
    }
    // The booking we know may be a cancelled one (the appointment was put back): then the attempt before may have made its successor.
    const theirs = this.#theirs;
    const gone =
      theirs === null || ((theirs.status === 'cancelled' || theirs.status === 'rejected') && !theirs.rescheduledToUid);
    for (const eventTypeId of gone && known.creating ? this.#ours.eventTypeIds : []) {
      const look = { key: METADATA_KEY, value: appointment.id, eventTypeId, startsAt: appointment.startsAt };
      const found = await findBookingByMetadata(this.#account, look);
      if (!found.ok) return this.#fault(found.error);
      this.#theirs = found.value ?? this.#theirs;
      if (found.value) break;
    }
    for (let i = 0; i < MAX_STEPS; i++) {
      const step = planPush(this.#ours, this.#theirs && asTheirs(this.#theirs));
      if (step.kind === 'nothing') return this.#linked(this.#theirs?.uid ?? known.uid);
      if (step.kind !== 'follow') {
        const stuck = this.#stuckAt(step);
        if (stuck) return this.#conflict(stuck.kind, stuck.reason);
        this.#done.add(step.kind);
      }
      const ended = await this.#act(step);
      if (ended) return ended;
    }
    return this.#conflict('push', 'refused');
  }

  /** A step that was done already has not led to what was asked. */
  #stuckAt(step: PushStep): { kind: 'host' | 'push'; reason: ConflictReason } | null {
    switch (step.kind) {
      case 'reassign':
        return this.#done.has('reassign') ? { kind: 'host', reason: 'other_host' } : null;
      case 'replace':
        // A booking that was made a moment ago, and is not of the length that was asked: the type does not offer it.
        return this.#done.has('create') ? { kind: 'push', reason: 'other_length' } : null;
      case 'create':
        return this.#ours.eventTypeIds.length === 0 ? { kind: 'push', reason: 'no_event_type' } : this.#again(step);
      default:
        return this.#again(step);
    }
  }
  #again(step: PushStep): { kind: 'push'; reason: ConflictReason } | null {
    return this.#done.has(step.kind) ? { kind: 'push', reason: 'refused' } : null;
  }

  /** Null: go on with what is there now. */
  async #act(step: Exclude<PushStep, { kind: 'nothing' }>): Promise<EffectOutcome | null> {
    const account = this.#account;
    switch (step.kind) {
      case 'follow':
        return this.#took(await getBooking(account, step.uid));
      case 'cancel': {
        const cancelled = await cancelBooking(account, { uid: step.uid, reason: 'cancelled' });
        return cancelled.ok ? this.#linked(step.uid) : this.#refused(step, cancelled.error);
      }
      case 'move': {
        const moved = await rescheduleBooking(account, { uid: step.uid, startsAt: this.#ours.startsAt });
        return moved.ok ? this.#took(moved) : this.#refused(step, moved.error);
      }
      case 'confirm': {
        const confirmed = await confirmBooking(account, step.uid);
        return confirmed.ok ? this.#took(confirmed) : this.#refused(step, confirmed.error);
      }
      case 'reassign': {
        const given = await reassignBooking(account, { uid: step.uid, hostId: step.hostId });
        if (given.ok) return this.#took(await getBooking(account, given.value));
        return given.error.retryable ? this.#fault(given.error) : this.#conflict('host', 'other_host');
      }
      case 'replace': {
        await this.#save({ replacingUid: step.uid, uid: null });
        this.#theirs = null;
        return this.#cancelReplaced(step.uid);
      }
      case 'create':
        return this.#create();
    }
  }

  #took(answer: VendorResult<CalcomBooking>): Promise<EffectOutcome> | null {
    if (!answer.ok) return this.#fault(answer.error);
    this.#theirs = answer.value;
    return null;
  }

  /** Somebody there may have been faster: what is refused of a booking in another state is planned anew. */
  async #refused(step: Extract<PushStep, { uid: string }>, fault: VendorFault): Promise<EffectOutcome | null> {
    const before = this.#theirs?.status;
    const found = fault.status === 400 ? await getBooking(this.#account, step.uid) : null;
    if (!found?.ok || found.value.status === before) return this.#fault(fault);
    this.#theirs = found.value;
    this.#done.delete(step.kind);
    return null;
  }

  /** The booking is let go of before it is cancelled: the word of its end must not end the appointment. */
  async #cancelReplaced(uid: string): Promise<EffectOutcome | null> {
    const { appointment } = this.#detail;
    const { result } = await this.#scope.calendar.linkExternal({
      key: `calcom:release:${uid}:${appointment.version}`,
      now: this.#scope.now,
      actor: ACTOR,
      appointmentId: appointment.id,
      calcomUid: null,
      syncStatus: 'pending',
      pushedVersion: appointment.version,
      releases: uid,
    });
    if (!result.ok) return { kind: 'retry', reason: `release: ${result.error.code}` };
    const found = await getBooking(this.#account, uid);
    if (!found.ok && found.error.status !== 404) return this.#fault(found.error);
    if (found.ok && (found.value.status === 'accepted' || found.value.status === 'pending')) {
      const cancelled = await cancelBooking(this.#account, { uid, reason: 'replaced by a new booking' });
      if (!cancelled.ok) return this.#fault(cancelled.error);
    }
    await this.#save({ replacingUid: null });
    return null;
  }

  async #create(): Promise<EffectOutcome | null> {
    const { appointment } = this.#detail;
    const [eventTypeId] = this.#ours.eventTypeIds;
    if (eventTypeId === undefined) return this.#conflict('push', 'no_event_type');
    await this.#save({ creating: true });
    const input = await bookingOf(this.#scope, this.#detail, eventTypeId);
    let created = await createBooking(this.#account, input);
    // A type with one length only takes no length in a booking; whether it is ours is compared afterwards.
    if (!created.ok && created.error.status === 400 && /lengthInMinutes/.test(created.error.body ?? '')) {
      const { lengthInMinutes: _length, ...without } = input;
      created = await createBooking(this.#account, without);
    }
    if (!created.ok) {
      if (!created.error.ambiguous) await this.#save({ creating: false });
      return this.#fault(created.error);
    }
    // Round robin answers the same person's booking at that hour instead of making one.
    if (created.value.metadata[METADATA_KEY] !== appointment.id) {
      await this.#save({ creating: false });
      return this.#conflict('push', 'occupied_there', null);
    }
    this.#theirs = created.value;
    await this.#save({ uid: created.value.uid, creating: false });
    return null;
  }

  /** What an attempt said may differ from what the one before said. */
  get #attempt(): string {
    return `${this.#effect.id}:${this.#effect.attempts}`;
  }

  #save(set: Parameters<typeof saveEventMap>[2]): Promise<void> {
    return saveEventMap(this.#scope.db, this.#detail.appointment.id, set, this.#scope.now);
  }

  async #linked(uid: string | null): Promise<EffectOutcome> {
    const { appointment } = this.#detail;
    await this.#save({
      uid,
      creating: false,
      status: 'synced',
      pushedVersion: appointment.version,
      lastError: null,
    });
    if (uid) await this.#scope.claimCalcomIds([{ kind: 'uid', value: uid }]);
    const { result } = await this.#scope.calendar.linkExternal({
      key: `calcom:link:${this.#attempt}:${appointment.version}:${uid ?? '-'}`,
      now: this.#scope.now,
      actor: ACTOR,
      appointmentId: appointment.id,
      calcomUid: uid,
      syncStatus: 'synced',
      pushedVersion: appointment.version,
    });
    return result.ok ? { kind: 'done' } : { kind: 'retry', reason: `link: ${result.error.code}` };
  }

  /** A fault of the world is tried again, as long as there are attempts; what Cal.com refuses is a person's to settle. */
  async #fault(fault: VendorFault): Promise<EffectOutcome> {
    const reason = calcomReason(fault);
    await this.#save({ lastError: reason });
    if (fault.retryable && !isLastAttempt(this.#effect))
      return {
        kind: 'retry',
        reason,
        ...(fault.retryAfterSeconds === undefined ? {} : { afterMs: fault.retryAfterSeconds * 1000 }),
      };
    if (fault.retryable) return this.#conflict('push', 'gave_up');
    return this.#conflict('push', OCCUPIED.test(fault.body ?? '') ? 'occupied_there' : 'refused');
  }

  /** @param theirs what stands at Cal.com; null: nothing of ours */
  async #conflict(
    kind: 'host' | 'push',
    reason: ConflictReason,
    theirs: CalcomBooking | null = this.#theirs,
  ): Promise<EffectOutcome> {
    const { appointment } = this.#detail;
    const scope = this.#scope;
    const effect = this.#effect;
    const uid = theirs?.uid ?? null;
    await this.#save({ status: 'failed', ...(uid === null ? {} : { uid }) });
    if (uid !== null) {
      await scope.claimCalcomIds([{ kind: 'uid', value: uid }]);
      // Whatever Cal.com tells of this booking from now on is known to be about ours.
      const { result } = await scope.calendar.linkExternal({
        key: `calcom:failed:${this.#attempt}:${appointment.version}:${uid}`,
        now: scope.now,
        actor: ACTOR,
        appointmentId: appointment.id,
        calcomUid: uid,
        syncStatus: 'failed',
        pushedVersion: appointment.version,
      });
      if (!result.ok) return { kind: 'retry', reason: `link: ${result.error.code}` };
    }
    const { result } = await scope.calendar.reportConflict({
      key: `calcom:conflict:${this.#attempt}:${appointment.version}`,
      now: scope.now,
      actor: ACTOR,
      conflictId: `cnf_cal${sha256Hex(`${scope.tenantId}:${effect.id}`).slice(0, 24)}`,
      appointmentId: appointment.id,
      pushedVersion: appointment.version,
      kind,
      reason,
      calcomUid: uid,
      startsAt: theirs?.startsAt ?? null,
      endsAt: theirs?.endsAt ?? null,
      eventTypeId: theirs?.eventTypeId ?? this.#ours.eventTypeIds[0] ?? null,
      hostId: theirs?.hostIds[0] ?? null,
    });
    // The conflict is the way out: nothing is parked beside it.
    return result.ok ? { kind: 'done' } : { kind: 'retry', reason: `conflict: ${result.error.code}` };
  }
}

/** What is kept of a fault: its kind only, as Cal.com's words repeat who the guest is, and a name in them would outlast an erasure. Also called by leave.ts. */
export const calcomReason = ({ kind, status }: VendorFault): string => `Cal.com ${kind}${status ? ` ${status}` : ''}`;

const asTheirs = (b: CalcomBooking): TheirBooking => ({
  uid: b.uid,
  status: b.status,
  startsAt: b.startsAt,
  endsAt: b.endsAt,
  eventTypeId: b.eventTypeId,
  hostId: b.hostIds[0] ?? null,
  movedToUid: b.rescheduledToUid,
});

/** Effect `calcom.cancel`: a booking for which there is no place here is cancelled at Cal.com, as a person decided. */
export async function cancelUnplaced({ scope, effect, ref }: EffectContext<'calcom.cancel'>): Promise<EffectOutcome> {
  const { result } = await scope.calendar.conflict(ref.conflictId);
  if (!result.ok) return { kind: 'park', reason: `conflict ${ref.conflictId}: ${result.error.code}` };
  const { conflict } = result.value;
  const schedule = await scheduleOf(scope);
  const company = [
    ...schedule.services.filter(({ id }) => id === conflict.serviceId),
    ...schedule.staff.filter(({ id }) => id === conflict.staffId),
    ...schedule.branches,
  ][0]?.body.companyId;
  const account = company === undefined ? null : await calcomAccount(scope, company);
  if (!account || conflict.externalUid === '') return { kind: 'done' };
  const reopened = async (reason: 'refused' | 'gave_up'): Promise<EffectOutcome> => {
    const opened = await scope.calendar.reopenConflict({
      key: `calcom:reopen:${effect.id}:${effect.attempts}`,
      now: scope.now,
      actor: ACTOR,
      conflictId: conflict.id,
      reason,
    });
    return opened.result.ok ? { kind: 'done' } : { kind: 'retry', reason: opened.result.error.code };
  };
  const failed = (fault: VendorFault): Promise<EffectOutcome> | EffectOutcome => {
    if (!fault.retryable) return reopened('refused');
    if (isLastAttempt(effect)) return reopened('gave_up');
    return { kind: 'retry', reason: calcomReason(fault) };
  };
  const found = await getBooking(account, conflict.externalUid);
  if (!found.ok) return found.error.status === 404 ? { kind: 'done' } : failed(found.error);
  if (found.value.status !== 'accepted' && found.value.status !== 'pending') return { kind: 'done' };
  const cancelled = await cancelBooking(account, { uid: conflict.externalUid, reason: 'not available' });
  return cancelled.ok ? { kind: 'done' } : failed(cancelled.error);
}

/** Effect `calcom.routes`: whose event types are these (after a service was saved). */
export async function refreshCalcomRoutes({ scope }: EffectContext<'calcom.routes'>): Promise<EffectOutcome> {
  const { result } = await scope.calendar.schedule();
  if (!result.ok) return { kind: 'retry', reason: result.error.code };
  const types = result.value.services.flatMap((s) => eventTypesOf(s.body));
  await scope.claimCalcomIds(types.map((value) => ({ kind: 'event_type' as const, value })));
  return { kind: 'done' };
}
