/**
 * The tenant's time: one instance per tenant, named by tenant id. RPC surface over the kit; rules are in the files beside, SQL in
 * store.ts. Reached through `client.ts` only.
 */
import { DurableObject } from 'cloudflare:workers';
import { asInstant, type Instant, processNow } from '../../shared/clock.ts';
import { holidayOn } from '../../shared/holidays.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { dateOf, MINUTE } from '../../shared/time.ts';
import { compareHeads, type Head, type OutboxEvent } from '../object-runtime/events.ts';
import { type JsonObject, sha256Hex } from '../object-runtime/hash.ts';
import { type CommandDefinition, type Decision, Kit } from '../object-runtime/kit.ts';
import { type RateStatus, RateWindows } from '../object-runtime/rate.ts';
import {
  acceptStream,
  broadcast,
  formatPosition,
  STREAM_HANDLERS,
  type StreamMessage,
  streamAsked,
} from '../object-runtime/streams.ts';
import { type Env, platformOf } from '../env.ts';
import { knownHead, projectionSink } from '../projection/apply.ts';
import { drainedTexts, projectCalendar } from '../projection/calendar.ts';
import { effectsSink } from '../projection/effects.ts';
import { type Occupation, occupationsOf } from './engine/availability.ts';
import { decideBook } from './rules/book.ts';
import {
  BOOKINGS_A_CALL,
  bookingsAnHour,
  countedAs,
  isRunning,
  type Penalty,
  penaltyOf,
  refuseHold,
  refuseShare,
  secondsUntil,
} from './rules/caller-limits.ts';
import { decideCancel } from './rules/cancel.ts';
import { checkAvailability } from './engine/check.ts';
import {
  EMPTY_CONVERSATION,
  mergeConversation,
  opensCustomer,
  type StoredConversation,
  storedConversation,
} from './rules/conversation.ts';
import { calendarEventOf, envelope } from './events.ts';
import { decideExternal, timed, unbuffered } from './rules/external.ts';
import { forcedWay, obstacleOf } from './rules/force.ts';
import { decideHold, holdKey, holdOwner } from './rules/hold.ts';
import { decidePutBack } from './rules/put-back.ts';
import { bookableMinutes } from './engine/share.ts';
import { itemToStore, unknownReference } from './rules/put-schedule.ts';
import { customerAppointments, dayOf, detailOf, dumpPage, namesOf } from './queries.ts';
import { effectsOf } from './react.ts';
import { decideReschedule } from './rules/reschedule.ts';
import { parseSchedule, type Schedule, snapshotOf } from './engine/schedule.ts';
import { CALENDAR_MIGRATIONS } from './schema.ts';
import { decideStatus, isOpen, modificationOf, NO_POLICY, occupies } from './rules/status.ts';
import { CalendarStore } from './store.ts';
import { strandedBy } from './rules/stranded.ts';
import { EXTERNAL_OWNER } from './rules/take.ts';
import type * as Types from './types.ts';
import { CONVERSATION_TTL_HOURS, MAX_BATCH_ITEMS, MAX_EXTERNAL_BUSY } from './types.ts';

/** The calendar's command log lives this long (spec/14 § Key life). */
const KEEP_MS = 30 * 86_400_000;
const RATE_WINDOW_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Expired holds and conversations removed per wake; they free their slots by the clock, so this is only tidying. */
const TIDY_PER_WAKE = 500;
/** An expired hold is remembered so long, so that its token is told "expired", not "unknown". */
const HOLDS_KEPT_MS = 86_400_000;
const SOON_MS = 1_000;
const CALENDAR_STREAM = 'calendar';
/** Events sent to a listener that comes back; further behind it must read anew. */
const MAX_BACKLOG = 200;
/** Calls remembered as seen. */
const MAX_SEEN_CALLS = 5_000;
const MAX_DUMP_ROWS = 500;
const MAX_ERASED_APPOINTMENTS = 1_000;
const MAX_CONFLICTS = 200;
const MAX_CALL_APPOINTMENTS = 20;
/** Times one call may take, give back and take the same slot. */
const MAX_REBOOKINGS = 5;
/** A number's bookings are counted over an hour; kept for a day more, whatever clocks say. */
const COUNTS_KEPT_MS = 25 * HOUR_MS;

type Answer<T> = Types.CalendarAnswer<T>;
type Keyed = { key: string; now: Instant; rate?: Types.RateAsk[] };

/** Members that never count as "the same input"; see types.ts § commands. */
const VOLATILE = ['key', 'now', 'rate', 'actor', 'quote', 'caller', 'requireOpenedByCall'] as const;

const without = (input: object, names: readonly string[]): JsonObject =>
  Object.fromEntries(
    Object.entries(input).filter(([name, value]) => !names.includes(name) && value !== undefined),
  ) as JsonObject;
/** Holds and logs keep ids: the name is put back when it is answered. */
const nameless = (slot: Types.Slot): Types.Slot => ({ ...slot, staffName: '' });
const tokenHash = (lockToken: string): string => sha256Hex(lockToken).slice(0, 24);

export class TenantCalendar extends DurableObject<Env> {
  readonly #kit: Kit;
  readonly #store: CalendarStore;
  readonly #rates = new RateWindows();
  /** calls this instance has heard of → slots they lost to others, and the level, as stored with the conversation */
  readonly #seenCalls = new Map<string, { lostSlots: number; level: Types.CallerLevel | null }>();
  /** the penalty that a refusal of the present command earned: written when the refusal has rolled everything else back */
  #earned: { name: string; penalty: Penalty } | null = null;
  #countsPrunedAt = 0;
  #schedule: Schedule | null = null;

  readonly #putSchedule = this.#define<
    Types.PutSchedule,
    { version: number; scheduleVersion: number; stranded: number }
  >('putSchedule', ['body'], (c, now) => this.#decidePut(c, now));
  readonly #putMany = this.#define<Types.PutScheduleMany, { put: number; scheduleVersion: number }>(
    'putScheduleMany',
    [],
    (c, now) => this.#decidePutMany(c, now),
  );
  readonly #removeItem = this.#define<Types.RemoveScheduleItem, { scheduleVersion: number; stranded: number }>(
    'removeScheduleItem',
    [],
    (c, now) => this.#decideRemove(c, now),
  );
  readonly #hold = this.#define<Types.PlaceHold, { hold: Types.Hold }>('hold', [], (c, now) =>
    this.#decideHold(c, now),
  );
  readonly #release = this.#define<Types.ReleaseHold, { released: boolean }>('releaseHold', [], (c) =>
    this.#decideRelease(c),
  );
  readonly #book = this.#define<Types.Book, { appointment: Types.Appointment }>(
    'book',
    ['notes', 'internalNotes', 'requireKnownCustomer', 'requireOpenedByCall'],
    (c, now) => this.#decideBook(c, now),
  );
  readonly #reschedule = this.#define<Types.Reschedule, Omit<Types.RescheduleAnswer, 'staffName' | 'timeZone'>>(
    'reschedule',
    ['reason'],
    (c, now) => this.#decideReschedule(c, now),
  );
  readonly #cancel = this.#define<Types.Cancel, Types.CancelAnswer>('cancel', ['reason'], (c, now) =>
    this.#decideCancel(c, now),
  );
  readonly #putBack = this.#define<Types.PutBack, Types.PutBackAnswer>('putBack', [], (c, now) =>
    this.#decidePutBack(c, now),
  );
  readonly #status = this.#define<Types.SetStatus, { appointment: Types.Appointment }>('setStatus', [], (c, now) =>
    this.#decideStatus(c, now),
  );
  readonly #link = this.#define<Types.LinkExternal, { appointment: Types.Appointment }>('linkExternal', [], (c, now) =>
    this.#decideLink(c, now),
  );
  readonly #external = this.#define<Types.ApplyExternal, Types.ApplyExternalAnswer>('applyExternal', [], (c, now) =>
    this.#decideExternal(c, now),
  );
  readonly #externalBusy = this.#define<Types.PutExternalBusy, { intervals: number }>('putExternalBusy', [], (c) =>
    this.#decideExternalBusy(c),
  );
  readonly #import = this.#define<Types.ImportAppointments, Types.ImportAnswer>('importAppointments', [], (c, now) =>
    this.#decideImport(c, now),
  );
  readonly #erase = this.#define<
    { key: string; now: Instant; actor: Types.ActorRef; customerId: string },
    { erased: number }
  >('eraseTexts', [], (c) => this.#decideErase(c));

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#store = new CalendarStore(ctx.storage.sql);
    this.#kit = new Kit({
      ctx,
      kind: 'calendar',
      migrations: CALENDAR_MIGRATIONS,
      commands: [
        this.#putSchedule,
        this.#putMany,
        this.#removeItem,
        this.#hold,
        this.#release,
        this.#book,
        this.#reschedule,
        this.#cancel,
        this.#putBack,
        this.#status,
        this.#link,
        this.#external,
        this.#externalBusy,
        this.#import,
        this.#erase,
      ],
      sinks: (tenantId) => [
        projectionSink(platformOf(env), tenantId, 'calendar', (page) => projectCalendar(page, this.#lookups()), {
          now: processNow,
        }),
        effectsSink(platformOf(env), tenantId, effectsOf, processNow),
      ],
      knownHead: (tenantId) => knownHead(platformOf(env), tenantId, 'calendar'),
      wake: (now) => this.#tidy(now),
      committed: (events) => this.#tell(events),
    });
  }

  // ---------------------------------------------------------------- machinery

  /** @param unrecorded members that a restore's command must not carry (names, texts) */
  #define<C, T>(
    name: string,
    unrecorded: readonly string[],
    decide: (command: C, now: Instant) => Result<Decision<T>>,
  ): CommandDefinition<C, T> {
    return {
      name,
      keepMs: KEEP_MS,
      decide,
      record: (command) =>
        recordOf(without(command as object, ['key', 'now', 'rate', 'quote', 'caller', ...unrecorded])),
    };
  }

  /**
   * Counts, then runs a command under its key.
   * @param made ids the caller made and other members that don't count as the same input
   */
  #run<C extends Keyed, T>(definition: CommandDefinition<C, T>, command: C, made: readonly string[] = []): Answer<T> {
    const { refused, rate } = this.#count(command.rate, command.now);
    if (refused) return { ...refused, ...(rate ? { rate } : {}) };
    // The log keys the input without what a retry may change; the rule sees all of it.
    const bound: CommandDefinition<JsonObject, T> = {
      name: definition.name,
      keepMs: definition.keepMs,
      decide: (_same, at) => definition.decide(command, at),
      record: () => definition.record(command),
    };
    let done = false;
    try {
      const answer = this.#kit.run(bound, command.key, without(command, [...VOLATILE, ...made]), command.now);
      done = answer.result.ok;
      return { ...answer, ...(rate ? { rate } : {}) };
    } finally {
      if (done) this.#store.committed();
      else {
        this.#store.forgetUncommitted();
        if (this.#schedule !== null && this.#schedule.version !== this.#store.scheduleVersion()) this.#schedule = null;
      }
    }
  }

  /** The first exhausted limit refuses, else the tightest is shown. */
  #count(
    asks: readonly Types.RateAsk[] | undefined,
    now: Instant,
  ): { refused: Answer<never> | null; rate: RateStatus | null } {
    let tightest: RateStatus | null = null;
    for (const ask of asks ?? []) {
      const status = this.#rates.take({ name: ask.name, limit: ask.limit, windowMs: RATE_WINDOW_MS }, ask.key, now);
      if (!status.allowed) {
        return {
          refused: {
            result: err({ code: 'RATE_LIMITED', retry_after: status.retryAfter, limit: status.limit }),
            head: this.#kit.head(),
          },
          rate: status,
        };
      }
      if (tightest === null || status.remaining < tightest.remaining) tightest = status;
    }
    return { refused: null, rate: tightest };
  }

  #current(): Schedule {
    this.#schedule ??= parseSchedule(this.#store.items(), this.#store.scheduleVersion(), holidayOn);
    return this.#schedule;
  }

  #lookups(): Parameters<typeof projectCalendar>[1] {
    return {
      texts: (id) => this.#store.texts(id),
      reason: (id) => this.#store.reason(id),
      item: (kind, id) => this.#store.item(kind, id)?.item ?? null,
      stats: (id) => this.#store.stats(id),
    };
  }

  #answer<T>(value: T): Answer<T> {
    return { result: ok(value), head: this.#kit.head() };
  }

  /** Removes what the clock has ended; answers when there is more to do. */
  #tidy(now: Instant): Instant | null {
    const freed = this.#store.freeExpiredHolds(now, now - HOLDS_KEPT_MS, TIDY_PER_WAKE);
    this.#store.committed();
    this.#store.pruneConversations(now, TIDY_PER_WAKE);
    if (Math.abs(now - this.#countsPrunedAt) > HOUR_MS) {
      this.#store.pruneCounts(now);
      this.#countsPrunedAt = now;
    }
    if (freed === TIDY_PER_WAKE) return asInstant(now + SOON_MS);
    const next = this.#store.nextExpiry();
    return next === null ? null : asInstant(Math.max(next, now + SOON_MS));
  }

  // ---------------------------------------------------------------- schedule

  putSchedule(command: Types.PutSchedule): Answer<Types.PutScheduleAnswer> {
    const answer = this.#run(this.#putSchedule, command);
    if (!answer.result.ok) return { ...answer, result: answer.result };
    const { scheduleVersion, stranded } = answer.result.value;
    const stored = this.#store.item(command.kind, command.id);
    if (!stored) return { ...answer, result: err({ code: 'NOT_FOUND', entity: command.kind }) };
    return { ...answer, result: ok({ item: stored.item, scheduleVersion, stranded }) };
  }

  #decidePut(
    command: Types.PutSchedule,
    now: Instant,
  ): Result<Decision<{ version: number; scheduleVersion: number; stranded: number }>> {
    const known = this.#store.item(command.kind, command.id);
    const exists = known !== null && known.removedAt === null;
    if (command.mustExist && !exists) return err({ code: 'NOT_FOUND', entity: command.kind });
    const decided = itemToStore(command, known?.item.version ?? 0, exists, command.expectedVersion, now);
    if (!decided.ok) return decided;
    const item = decided.value;
    const unknown = unknownReference(this.#current(), item);
    if (unknown) return unknown;
    const stranded = this.#strandedWith([item], null, command.confirm ?? false, now);
    if (!stranded.ok) return stranded;
    this.#store.saveItem(item, null);
    const scheduleVersion = this.#newSchedule();
    return ok({
      value: { version: item.version, scheduleVersion, stranded: stranded.value },
      events: [
        envelope({
          type: 'schedule.item_put',
          kind: item.kind,
          itemId: item.id,
          version: item.version,
          scheduleVersion,
        }),
      ],
    });
  }

  #newSchedule(): number {
    this.#schedule = null;
    return this.#store.bumpScheduleVersion();
  }

  /** How many future appointments a change leaves without place. Refusal: IN_USE unless confirmed. */
  #strandedWith(
    put: readonly Types.ScheduleItem[],
    removed: { kind: Types.ScheduleKind; id: string } | null,
    confirmed: boolean,
    now: Instant,
  ): Result<number> {
    const appointments = this.#store.futureOpen(now);
    if (appointments.length === 0) return ok(0);
    const items = this.#store
      .items()
      .filter(
        (item) =>
          !(removed && item.kind === removed.kind && item.id === removed.id) &&
          !put.some((one) => one.kind === item.kind && one.id === item.id),
      );
    const before = this.#current();
    const after = parseSchedule([...items, ...put], before.version + 1, holidayOn);
    const stranded = strandedBy(before, after, appointments);
    const first = stranded[0];
    if (first && !confirmed)
      return err({ code: 'IN_USE', details: { appointments: stranded.length, first_appointment_id: first.id } });
    return ok(stranded.length);
  }

  putScheduleMany(command: Types.PutScheduleMany): Answer<{ put: number; scheduleVersion: number }> {
    return this.#run(this.#putMany, command);
  }

  #decidePutMany(
    command: Types.PutScheduleMany,
    now: Instant,
  ): Result<Decision<{ put: number; scheduleVersion: number }>> {
    if (command.items.length === 0 || command.items.length > MAX_BATCH_ITEMS) {
      return err({ code: 'VALIDATION_ERROR', errors: { items: [`1 to ${MAX_BATCH_ITEMS}`] } });
    }
    const stored: Types.ScheduleItem[] = [];
    for (const [i, input] of command.items.entries()) {
      const known = this.#store.item(input.kind, input.id);
      const decided = itemToStore(input, known?.item.version ?? 0, known !== null, null, now);
      if (!decided.ok) {
        if (decided.error.code !== 'VALIDATION_ERROR') return decided;
        return err({
          code: 'VALIDATION_ERROR',
          errors: Object.fromEntries(
            Object.entries(decided.error.errors).map(([field, texts]) => [`items.${i}.${field}`, texts]),
          ),
        });
      }
      this.#store.saveItem(decided.value, null);
      stored.push(decided.value);
    }
    const scheduleVersion = this.#newSchedule();
    return ok({
      value: { put: stored.length, scheduleVersion },
      events: stored.map((item) =>
        envelope({
          type: 'schedule.item_put',
          kind: item.kind,
          itemId: item.id,
          version: item.version,
          scheduleVersion,
        }),
      ),
    });
  }

  removeScheduleItem(command: Types.RemoveScheduleItem): Answer<{ scheduleVersion: number; stranded: number }> {
    return this.#run(this.#removeItem, command);
  }

  #decideRemove(
    command: Types.RemoveScheduleItem,
    now: Instant,
  ): Result<Decision<{ scheduleVersion: number; stranded: number }>> {
    const known = this.#store.item(command.kind, command.id);
    if (!known || known.removedAt !== null) return err({ code: 'NOT_FOUND', entity: command.kind });
    const { item } = known;
    if (command.expectedVersion !== null && command.expectedVersion !== item.version) {
      return err({
        code: 'VERSION_CONFLICT',
        details: { expected_version: command.expectedVersion, current_version: item.version },
      });
    }
    const stranded = this.#strandedWith([], command, command.confirm ?? false, now);
    if (!stranded.ok) return stranded;
    const removed = { ...item, version: item.version + 1, updatedAt: now };
    this.#store.saveItem(removed, now);
    const scheduleVersion = this.#newSchedule();
    return ok({
      value: { scheduleVersion, stranded: stranded.value },
      events: [
        envelope({
          type: 'schedule.item_removed',
          kind: item.kind,
          itemId: item.id,
          version: removed.version,
          scheduleVersion,
        }),
      ],
    });
  }

  /** `unchanged` when the asker's copy is the present one. */
  schedule(
    knownVersion: number | null,
  ): Answer<{ unchanged: true; version: number } | { unchanged: false; snapshot: Types.ScheduleSnapshot }> {
    const version = this.#schedule?.version ?? this.#store.scheduleVersion();
    if (version === knownVersion) return this.#answer({ unchanged: true, version });
    return this.#answer({ unchanged: false, snapshot: snapshotOf(this.#store.items(), version) });
  }

  // ---------------------------------------------------------------- availability and holds

  checkAvailability(query: Types.AvailabilityQuery): Answer<Types.AvailabilityAnswer> {
    const { refused, rate } = this.#count(query.rate, query.now);
    const call = this.#seen(query.callId, query.now);
    const more = { ...(rate ? { rate } : {}), ...(call ? { call } : {}) };
    if (refused) return { ...refused, ...more };
    const exclude = query.lockToken ? [query.lockToken] : [];
    if (query.callId)
      exclude.push(...this.#store.liveHolds('call_id', query.callId, query.now).map((hold) => hold.lockToken));
    return {
      result: checkAvailability(this.#current(), this.#store.busy, query, exclude),
      head: this.#kit.head(),
      ...more,
    };
  }

  #named(hold: Types.Hold): Types.Hold {
    return { ...hold, slot: { ...hold.slot, staffName: this.#current().staff.get(hold.slot.staffId)?.name ?? '' } };
  }

  hold(command: Types.PlaceHold): Answer<Types.HoldAnswer> {
    const answer = this.#run(this.#hold, command, ['lockToken']);
    const call = this.#lost(command.callId, answer.result, command.now);
    const more = call ? { call } : {};
    if (!answer.result.ok) return { ...answer, result: answer.result, ...more };
    const hold = this.#named(answer.result.value.hold);
    return { ...answer, result: ok({ hold, slot: hold.slot }), ...more };
  }

  #decideHold(command: Types.PlaceHold, now: Instant): Result<Decision<{ hold: Types.Hold }>> {
    const owned = this.#store.liveHolds('owner', holdOwner(command), now);
    const callHolds = command.callId ? owned : [];
    const { caller } = command;
    if (caller) {
      const others = this.#store.holdsOfCaller(caller.line, now).filter((hold) => hold.callId !== command.callId);
      const tooMany = refuseHold(caller, others.length);
      if (tooMany) return tooMany;
    }
    const key = holdKey(command);
    const decided = decideHold(
      {
        schedule: this.#current(),
        busy: this.#store.busy,
        callHolds,
        ownerHolds: command.callId ? 0 : owned.length,
        keyHolds: key === null ? 0 : this.#store.countHolds(key, now),
        exists: this.#store.hold(command.lockToken) !== null,
      },
      command,
      now,
    );
    if (!decided.ok) return decided;
    const { occupations, replaced } = decided.value;
    const hold = { ...decided.value.hold, slot: nameless(decided.value.hold.slot) };
    const share = caller ? this.#refuseShare(caller, hold.slot, occupations, replaced, now) : null;
    if (share) return share;
    for (const token of replaced) this.#store.removeHold(token);
    this.#store.occupy(hold.lockToken, occupations, hold.expiresAt, now);
    this.#store.saveHold(hold, caller ?? null);
    this.#kit.wakeAt(hold.expiresAt);
    const { staffId, startsAt, endsAt } = hold.slot;
    return ok({
      value: { hold },
      events: [
        ...callHolds.map((old) =>
          envelope({
            type: 'hold.released',
            lockTokenHash: tokenHash(old.lockToken),
            staffId: old.slot.staffId,
            startsAt: old.slot.startsAt,
          }),
        ),
        envelope({
          type: 'hold.placed',
          lockTokenHash: tokenHash(hold.lockToken),
          staffId,
          startsAt,
          endsAt,
          expiresAt: hold.expiresAt,
        }),
      ],
    });
  }

  releaseHold(command: Types.ReleaseHold): Answer<{ released: boolean }> {
    return this.#run(this.#release, command);
  }

  #decideRelease(command: Types.ReleaseHold): Result<Decision<{ released: boolean }>> {
    const hold = this.#store.hold(command.lockToken);
    if (!hold) return err({ code: 'NOT_FOUND', entity: 'hold' });
    this.#store.removeHold(hold.lockToken);
    return ok({
      value: { released: true },
      events: [
        envelope({
          type: 'hold.released',
          lockTokenHash: tokenHash(hold.lockToken),
          staffId: hold.slot.staffId,
          startsAt: hold.slot.startsAt,
        }),
      ],
    });
  }

  // ---------------------------------------------------------------- appointments

  book(command: Types.Book): Answer<Types.BookAnswer> {
    const volatile =
      command.source === 'phone_ai'
        ? ['appointmentId', 'notes', 'internalNotes', 'lockToken']
        : ['appointmentId', 'lockToken'];
    let replayed = true;
    const definition: CommandDefinition<Types.Book, { appointment: Types.Appointment }> = {
      ...this.#book,
      decide: (c, now) => {
        replayed = false;
        return this.#book.decide(c, now);
      },
    };
    this.#earned = null;
    let answer = this.#run(definition, command, volatile);
    this.#remember();
    // A caller who cancelled and wants the same slot after all says the same words: their key must not replay what is gone.
    const mayRebook = command.source === 'phone_ai';
    for (let round = 0; mayRebook && replayed && answer.result.ok && round < MAX_REBOOKINGS; round++) {
      const now = this.#store.appointment(answer.result.value.appointment.id);
      if (now?.status !== 'cancelled') break;
      answer = this.#run(definition, { ...command, key: `${command.key}~${now.id}` }, volatile);
      this.#remember();
    }
    const call = this.#lost(command.callId, answer.result, command.now);
    const more = call ? { call } : {};
    if (!answer.result.ok) return { ...answer, result: answer.result, ...more };
    const { appointment } = answer.result.value;
    const names = this.#names(appointment);
    return {
      ...answer,
      result: ok({
        appointment,
        ...names,
        confirmationQueued: appointment.notify && appointment.status === 'confirmed',
      }),
      ...more,
    };
  }

  #names(appointment: Types.Appointment): ReturnType<typeof namesOf> {
    return namesOf(this.#current(), appointment);
  }

  /** Withheld callers share a fifth of a branch's day, by bookings and holds together. */
  #refuseShare(
    caller: Types.CallerRef,
    slot: Pick<Types.Slot, 'branchId' | 'startsAt'>,
    occupations: readonly Occupation[],
    released: readonly string[],
    now: Instant,
  ): Result<never> | null {
    if (caller.line !== null) return null;
    const day = bookableMinutes(this.#current(), slot.branchId, slot.startsAt);
    if (day === null) return null;
    const taken = this.#store.withheldOn(slot.branchId, day.from, day.until, released, now);
    const wanted = occupations.reduce((sum, one) => (one.kind === 'staff' ? sum + one.to - one.from : sum), 0);
    return refuseShare({ bookableMinutes: day.minutes, ...taken }, wanted, caller.scale);
  }

  /** Bookings of a call and its number, counted before anything is decided. */
  #refuseCaller(caller: Types.CallerRef, callId: string | null, now: Instant): Result<never> | null {
    if (callId !== null) {
      const max = BOOKINGS_A_CALL * caller.scale;
      if (this.#store.countOfCall(callId, Math.ceil(max)) >= max)
        return err({ code: 'LIMIT_REACHED', limit: 'bookings_of_call', max });
    }
    const name = countedAs(caller);
    const limit = bookingsAnHour(caller);
    const recent = this.#store.counted(name, now - HOUR_MS, limit);
    return this.#refuseOften(name, caller.line !== null, recent.count >= limit, recent.oldestAt, limit, now);
  }

  /** Over the limit, or still under a penalty: RATE_LIMITED; being refused is remembered, and costs more each time. */
  #refuseOften(
    name: string,
    grows: boolean,
    over: boolean,
    oldestAt: Instant | null,
    limit: number,
    now: Instant,
  ): Result<never> | null {
    const running = grows ? this.#store.penalty(name) : null;
    if (!over && !isRunning(running, now)) return null;
    const penalty = penaltyOf(running, oldestAt, now);
    if (grows) this.#earned = { name, penalty };
    return err({ code: 'RATE_LIMITED', retry_after: secondsUntil(penalty.until, now), limit });
  }

  #decideBook(command: Types.Book, now: Instant): Result<Decision<{ appointment: Types.Appointment }>> {
    const { knowsCustomer, ...facts } = this.#store.bookingFacts({
      customerId: command.customerId,
      appointmentId: command.appointmentId,
      callId: command.callId ?? null,
      now,
      since: now - HOUR_MS,
      limit: command.customerHourlyLimit ?? null,
    });
    if (command.requireKnownCustomer && !knowsCustomer) return err({ code: 'NOT_FOUND', entity: 'customer' });
    const callId = command.callId ?? null;
    if (command.requireOpenedByCall) {
      const conversation = callId === null ? null : this.#storedConversation(callId, now);
      if (!opensCustomer(conversation, command.customerId)) return err({ code: 'NOT_FOUND', entity: 'customer' });
    }
    const { caller } = command;
    const tooMany = caller
      ? this.#refuseCaller(caller, callId, now)
      : this.#refuseCustomer(command, facts.recentBookings, now);
    if (tooMany) return tooMany;
    const decided = decideBook(
      {
        schedule: this.#current(),
        busy: this.#store.busy,
        tokenHold: command.lockToken ? this.#store.hold(command.lockToken) : null,
        ...facts,
      },
      command,
      now,
    );
    if (!decided.ok) return decided;
    const { appointment, texts, occupations, usedHold } = decided.value;
    if (caller) {
      // The call's own holds don't count beside the booking that comes of them.
      const own = callId === null ? [] : this.#store.liveHolds('call_id', callId, now).map((hold) => hold.lockToken);
      const share = this.#refuseShare(caller, slotOfBooking(appointment), occupations, own, now);
      if (share) return share;
      const until = caller.line === null ? appointment.endsAt : now;
      this.#store.count(countedAs(caller), now, appointment.id, Math.max(until, now + COUNTS_KEPT_MS));
    }
    if (usedHold) this.#store.removeHold(usedHold);
    this.#store.occupy(appointment.id, occupations, null, now);
    this.#store.addAppointment(appointment);
    this.#store.saveTexts(appointment.id, texts);
    if (!knowsCustomer) this.#store.registerCustomer(appointment.customerId, now);
    this.#store.countFor(appointment.customerId, { appointments: 1 }, appointment.startsAt, null);
    return ok({ value: { appointment }, events: [envelope({ type: 'appointment.booked', appointment })] });
  }

  /** Elsewhere than on the phone a customer's own bookings are counted. */
  #refuseCustomer(command: Types.Book, recentBookings: number, now: Instant): Result<never> | null {
    const limit = command.customerHourlyLimit ?? null;
    if (limit === null) return null;
    const over = recentBookings >= limit;
    const oldestAt = over ? this.#store.oldestRecent(command.customerId, now - HOUR_MS, limit) : null;
    return this.#refuseOften(`customer:${command.customerId}`, true, over, oldestAt, limit, now);
  }

  /** After a refusal rolled back: what it costs to be refused again. */
  #remember(): void {
    if (this.#earned) this.#store.savePenalty(this.#earned.name, this.#earned.penalty);
    this.#earned = null;
  }

  reschedule(command: Types.Reschedule): Answer<Types.RescheduleAnswer> {
    const answer = this.#run(this.#reschedule, command, ['modificationId', 'lockToken']);
    const call = this.#lost(command.callId, answer.result, command.now);
    const more = call ? { call } : {};
    if (!answer.result.ok) return { ...answer, result: answer.result, ...more };
    const { staffName, timeZone } = this.#names(answer.result.value.appointment);
    return { ...answer, result: ok({ ...answer.result.value, staffName, timeZone }), ...more };
  }

  #decideReschedule(
    command: Types.Reschedule,
    now: Instant,
  ): Result<Decision<Omit<Types.RescheduleAnswer, 'staffName' | 'timeZone'>>> {
    const before = this.#store.appointment(command.appointmentId);
    if (!before) return err({ code: 'NOT_FOUND', entity: 'appointment' });
    const decided = this.#rescheduled(before, command, now);
    if (!decided.ok) return decided;
    const { appointment, modification, occupations, usedHold, verdict } = decided.value;
    const value = {
      appointment,
      oldStartsAt: before.startsAt,
      newStartsAt: appointment.startsAt,
      policyCheck: verdict.check,
    };
    if (!modification) return ok({ value, events: [] });
    if (usedHold) this.#store.removeHold(usedHold);
    this.#store.vacate(appointment.id);
    this.#store.occupy(appointment.id, occupations, null, now);
    this.#store.saveAppointment(appointment);
    this.#store.saveModification(modification, command.reason ?? null);
    this.#store.countFor(appointment.customerId, { reschedules: 1, modifications: 1 }, appointment.startsAt, now);
    return ok({
      value,
      events: [
        envelope({ type: 'appointment.rescheduled', appointment, modification, notify: command.notify ?? true }),
      ],
    });
  }

  #rescheduled(
    before: Types.Appointment,
    command: Types.Reschedule,
    now: Instant,
  ): ReturnType<typeof decideReschedule> {
    return decideReschedule(
      {
        schedule: this.#current(),
        busy: this.#store.busy,
        tokenHold: command.lockToken ? this.#store.hold(command.lockToken) : null,
        callHold: command.callId ? (this.#store.liveHolds('call_id', command.callId, now)[0] ?? null) : null,
      },
      before,
      command,
      now,
    );
  }

  /** What a move would come to: said to the caller before their yes. */
  previewReschedule(command: Types.Reschedule): Answer<Types.RescheduleAnswer> {
    const before = this.#store.appointment(command.appointmentId);
    if (!before) return { result: err({ code: 'NOT_FOUND', entity: 'appointment' }), head: this.#kit.head() };
    const decided = this.#rescheduled(before, command, command.now);
    if (!decided.ok) return { result: decided, head: this.#kit.head() };
    const { appointment, verdict } = decided.value;
    const { staffName, timeZone } = this.#names(appointment);
    return this.#answer({
      appointment,
      oldStartsAt: before.startsAt,
      newStartsAt: appointment.startsAt,
      policyCheck: verdict.check,
      staffName,
      timeZone,
    });
  }

  cancel(command: Types.Cancel): Answer<Types.CancelAnswer> {
    return this.#run(this.#cancel, command, ['modificationId']);
  }

  #decideCancel(command: Types.Cancel, now: Instant): Result<Decision<Types.CancelAnswer>> {
    const before = this.#store.appointment(command.appointmentId);
    if (!before) return err({ code: 'NOT_FOUND', entity: 'appointment' });
    const decided = decideCancel(before, command, now);
    if (!decided.ok) return decided;
    const { appointment, modification, verdict } = decided.value;
    this.#store.vacate(appointment.id);
    this.#store.saveAppointment(appointment);
    this.#store.saveModification(modification, command.reason ?? null);
    this.#store.countFor(appointment.customerId, { cancellations: 1, modifications: 1 }, null, now);
    return ok({
      value: {
        appointment,
        policyCheck: verdict.check,
        policyViolation: verdict.violation,
        cancellationFeeCents: verdict.feeCents,
        refundEligible: verdict.feeCents === 0,
      },
      events: [envelope({ type: 'appointment.cancelled', appointment, modification, notify: command.notify ?? true })],
    });
  }

  putBack(command: Types.PutBack): Answer<Types.PutBackAnswer> {
    return this.#run(this.#putBack, command, ['modificationId']);
  }

  #decidePutBack(command: Types.PutBack, now: Instant): Result<Decision<Types.PutBackAnswer>> {
    const store = this.#store;
    const before = store.appointment(command.appointmentId);
    if (!before) return err({ code: 'NOT_FOUND', entity: 'appointment' });
    const decided = decidePutBack(
      {
        schedule: this.#current(),
        busy: store.busy,
        undone: store.modification(command.undoes),
        newest: store.modificationsOf(before.id, 1)[0] ?? null,
      },
      before,
      command,
      now,
    );
    if (!decided.ok) return decided;
    const { appointment, modification, occupations } = decided.value;
    store.vacate(appointment.id);
    store.occupy(appointment.id, occupations, null, now);
    store.saveAppointment(appointment);
    store.saveModification(modification, null);
    if (before.calcomUid !== null && appointment.calcomUid === null)
      store.saveLink({ uid: before.calcomUid, appointmentId: before.id, state: 'superseded', updatedAt: now });
    const restored = modification.type === 'restore';
    // What was taken back does not speak of the customer: an appointment counts as cancelled at most once, and only while it is.
    store.countFor(
      appointment.customerId,
      { ...(restored ? { cancellations: -1 } : { reschedules: -1 }), modifications: 1 },
      null,
      now,
    );
    return ok({
      value: { appointment },
      events: [
        envelope(
          restored
            ? { type: 'appointment.restored', appointment, modification }
            : { type: 'appointment.rescheduled', appointment, modification, notify: true },
        ),
      ],
    });
  }

  setStatus(command: Types.SetStatus): Answer<{ appointment: Types.Appointment }> {
    return this.#run(this.#status, command, ['modificationId']);
  }

  #decideStatus(command: Types.SetStatus, now: Instant): Result<Decision<{ appointment: Types.Appointment }>> {
    const before = this.#store.appointment(command.appointmentId);
    if (!before) return err({ code: 'NOT_FOUND', entity: 'appointment' });
    const decided = decideStatus(before, command, now);
    if (!decided.ok) return decided;
    const { appointment, modification } = decided.value;
    // Who stays away from a slot that is still to come frees it.
    if (appointment.status === 'no_show' && appointment.startsAt > now) this.#store.vacate(appointment.id);
    this.#store.saveAppointment(appointment);
    this.#store.saveModification(modification, null);
    const counted =
      appointment.status === 'completed' ? { completed: 1 } : appointment.status === 'no_show' ? { noShows: 1 } : {};
    this.#store.countFor(appointment.customerId, counted, null, now);
    return ok({
      value: { appointment },
      events: [envelope({ type: 'appointment.status_changed', appointment, modification })],
    });
  }

  // ---------------------------------------------------------------- outside

  linkExternal(command: Types.LinkExternal): Answer<{ appointment: Types.Appointment }> {
    return this.#run(this.#link, command);
  }

  #decideLink(command: Types.LinkExternal, now: Instant): Result<Decision<{ appointment: Types.Appointment }>> {
    const before = this.#store.appointment(command.appointmentId);
    if (!before) return err({ code: 'NOT_FOUND', entity: 'appointment' });
    const uid = command.calcomUid;
    const link = uid === null ? null : this.#store.link(uid);
    const behind = command.pushedVersion < before.version;
    // Cal.com's own later word may have come before the answer to our push: what it superseded or cancelled stays so. An appointment
    // that was put back has let go of its booking, until a push of its new state finds that booking still standing.
    const overtaken = link?.state === 'superseded' && (behind || before.calcomUid !== null);
    const syncStatus = behind && before.syncStatus === 'pending' ? 'pending' : command.syncStatus;
    const after: Types.Appointment = {
      ...before,
      calcomUid: overtaken ? before.calcomUid : (uid ?? before.calcomUid),
      syncStatus,
    };
    if (uid !== null && !overtaken) {
      if (before.calcomUid !== null && before.calcomUid !== uid) {
        this.#store.saveLink({ uid: before.calcomUid, appointmentId: before.id, state: 'superseded', updatedAt: now });
      }
      this.#store.saveLink({
        uid,
        appointmentId: before.id,
        state: link?.state === 'cancelled' ? 'cancelled' : 'current',
        updatedAt: link?.updatedAt ?? now,
      });
    }
    if (link?.state === 'cancelled' && isOpen(after.status)) {
      const cancelled: Types.Appointment = {
        ...after,
        status: 'cancelled',
        syncStatus: 'synced',
        version: after.version + 1,
        updatedAt: now,
        cancelledAt: now,
      };
      const modification = modificationOf(
        `mod:${link.uid}`,
        'external_cancel',
        command.actor,
        before,
        cancelled,
        NO_POLICY,
        now,
      );
      this.#store.vacate(cancelled.id);
      this.#store.saveAppointment(cancelled);
      this.#store.saveModification(modification, null);
      this.#store.countFor(cancelled.customerId, { cancellations: 1, modifications: 1 }, null, now);
      return ok({
        value: { appointment: cancelled },
        events: [envelope({ type: 'appointment.cancelled', appointment: cancelled, modification, notify: true })],
      });
    }
    if (after.calcomUid === before.calcomUid && after.syncStatus === before.syncStatus)
      return ok({ value: { appointment: before }, events: [] });
    this.#store.saveAppointment(after);
    return ok({
      value: { appointment: after },
      events: [envelope({ type: 'appointment.linked', appointment: after })],
    });
  }

  applyExternal(command: Types.ApplyExternal): Answer<Types.ApplyExternalAnswer> {
    return this.#run(this.#external, command, ['appointmentId', 'modificationId', 'conflictId']);
  }

  #decideExternal(command: Types.ApplyExternal, now: Instant): Result<Decision<Types.ApplyExternalAnswer>> {
    const store = this.#store;
    const link = store.link(command.uid);
    const previousLink = command.previousUid ? store.link(command.previousUid) : null;
    const candidates = [
      command.metadataAppointmentId,
      link?.appointmentId,
      previousLink?.appointmentId,
      command.appointmentId,
    ];
    let before: Types.Appointment | null = null;
    for (const id of candidates) if (before === null && id) before = store.appointment(id);
    const decided = decideExternal(
      {
        schedule: this.#current(),
        busy: store.busy,
        link,
        previousLink,
        appointment: before,
        openConflict: store.openConflict(command.previousUid ? [command.uid, command.previousUid] : [command.uid]),
      },
      command,
      now,
    );
    if (!decided.ok) return decided;
    const { outcome, appointment, isNew, modification, occupations, links, conflict, resolvedConflictId } =
      decided.value;
    const events = [];
    for (const one of links) store.saveLink(one);
    if (appointment && (isNew || appointment !== before)) {
      if (occupations) {
        store.vacate(appointment.id);
        if (occupies(appointment.status)) store.occupy(appointment.id, occupations, null, now);
      }
      store.saveAppointment(appointment);
      if (modification) store.saveModification(modification, null);
      if (isNew) {
        store.registerCustomer(appointment.customerId, now);
        store.countFor(
          appointment.customerId,
          { appointments: 1, ...(appointment.status === 'cancelled' ? { cancellations: 1 } : {}) },
          appointment.startsAt,
          null,
        );
        events.push(envelope({ type: 'appointment.booked', appointment }));
      } else if (modification?.type === 'external_cancel') {
        store.countFor(appointment.customerId, { cancellations: 1, modifications: 1 }, null, now);
        events.push(envelope({ type: 'appointment.cancelled', appointment, modification, notify: false }));
      } else if (modification) {
        store.countFor(appointment.customerId, { reschedules: 1, modifications: 1 }, appointment.startsAt, now);
        events.push(envelope({ type: 'appointment.rescheduled', appointment, modification, notify: false }));
      } else events.push(envelope({ type: 'appointment.linked', appointment }));
    }
    if (conflict) {
      store.saveConflict(conflict);
      events.push(envelope({ type: 'external.conflict_found', conflict }));
    }
    const settled = resolvedConflictId === null || conflict ? null : store.conflict(resolvedConflictId);
    if (settled) {
      const resolved: Types.ExternalConflict = { ...settled, status: 'resolved' };
      store.saveConflict(resolved);
      events.push(envelope({ type: 'external.conflict_resolved', conflict: resolved }));
    }
    return ok({ value: { outcome, appointment, conflict }, events });
  }

  putExternalBusy(command: Types.PutExternalBusy): Answer<{ intervals: number }> {
    return this.#run(this.#externalBusy, command);
  }

  #decideExternalBusy(command: Types.PutExternalBusy): Result<Decision<{ intervals: number }>> {
    if (!this.#current().staff.has(command.staffId)) return err({ code: 'NOT_FOUND', entity: 'staff' });
    if (command.busy.length > MAX_EXTERNAL_BUSY)
      return err({ code: 'VALIDATION_ERROR', errors: { busy: [`at most ${MAX_EXTERNAL_BUSY}`] } });
    const busy = command.busy
      .map((one) => ({ from: Math.floor(one.startsAt / MINUTE), to: Math.ceil(one.endsAt / MINUTE) }))
      .filter((one) => one.from < one.to);
    const intervals = this.#store.putExternalBusy(
      command.staffId,
      `${EXTERNAL_OWNER}${command.calendar}`,
      Math.floor(command.from / MINUTE),
      Math.ceil(command.until / MINUTE),
      busy,
    );
    return ok({
      value: { intervals },
      events: [envelope({ type: 'external.busy_changed', staffId: command.staffId })],
    });
  }

  conflicts(query: { status: 'open' | 'resolved' }): Answer<Types.ExternalConflict[]> {
    return this.#answer(this.#store.conflicts(query.status, MAX_CONFLICTS));
  }

  importAppointments(command: Types.ImportAppointments): Answer<Types.ImportAnswer> {
    return this.#run(this.#import, command);
  }

  #decideImport(command: Types.ImportAppointments, now: Instant): Result<Decision<Types.ImportAnswer>> {
    if (command.appointments.length === 0 || command.appointments.length > MAX_BATCH_ITEMS) {
      return err({ code: 'VALIDATION_ERROR', errors: { appointments: [`1 to ${MAX_BATCH_ITEMS}`] } });
    }
    const schedule = this.#current();
    const skipped: Types.ImportAnswer['skipped'] = [];
    const events = [];
    for (const one of command.appointments) {
      const made = this.#importOne(schedule, one, command.actor, now);
      if (typeof made === 'string') skipped.push({ id: one.id, because: made });
      else events.push(envelope({ type: 'appointment.imported', appointment: made }));
    }
    return ok({ value: { imported: events.length, skipped }, events });
  }

  #importOne(
    schedule: Schedule,
    one: Types.ImportAppointment,
    actor: Types.ActorRef,
    now: Instant,
  ): Types.Appointment | Types.ImportAnswer['skipped'][number]['because'] {
    const store = this.#store;
    const service = schedule.services.get(one.serviceId);
    if (!service) return 'unknown_service';
    if (!schedule.staff.has(one.staffId)) return 'unknown_staff';
    const branch = schedule.branches.get(one.branchId);
    if (!branch) return 'unknown_branch';
    if (store.appointment(one.id)) return 'exists';
    const way = forcedWay({
      schedule,
      busy: store.busy,
      service,
      branchId: branch.id,
      staffId: one.staffId,
      start: Math.floor(one.startsAt / MINUTE),
      end: one.endsAt === undefined ? null : Math.ceil(one.endsAt / MINUTE),
      partySize: 1,
      resources: one.resources ?? null,
      nowMs: now,
      exclude: [],
    });
    const takesPlace = occupies(one.status) && way.end * MINUTE > now;
    if (takesPlace && obstacleOf(way, store.busy, now, [])) return 'taken';
    const createdAt = one.createdAt ?? now;
    const appointment = timed(
      {
        id: one.id,
        companyId: one.companyId,
        branchId: branch.id,
        customerId: one.customerId,
        serviceId: service.id,
        moreServiceIds: [],
        staffId: one.staffId,
        startsAt: one.startsAt,
        endsAt: one.startsAt,
        status: one.status,
        source: one.source,
        bookingType: 'single',
        partySize: 1,
        priceCents: one.priceCents ?? way.priceCents,
        currency: one.currency ?? service.body.currency,
        segments: [],
        resources: [],
        version: 1,
        scheduleVersion: schedule.version,
        callId: one.callId ?? null,
        calcomUid: one.calcomUid ?? null,
        syncStatus: 'none',
        externalUpdatedAt: null,
        parentAppointmentId: null,
        rescheduleCount: 0,
        policyViolation: false,
        cancellationFeeCents: 0,
        notify: false,
        createdAt,
        updatedAt: createdAt,
        cancelledAt: one.status === 'cancelled' ? createdAt : null,
        createdBy: actor,
      },
      way,
    );
    if (takesPlace) store.occupy(appointment.id, occupationsOf(unbuffered(schedule, 1), way), null, now);
    store.saveAppointment(appointment);
    store.saveTexts(appointment.id, { notes: one.notes ?? null, internalNotes: null });
    store.registerCustomer(appointment.customerId, now);
    if (appointment.calcomUid)
      store.saveLink({
        uid: appointment.calcomUid,
        appointmentId: appointment.id,
        state: 'current',
        updatedAt: createdAt,
      });
    const { status } = appointment;
    store.countFor(
      appointment.customerId,
      {
        appointments: 1,
        ...(status === 'completed'
          ? { completed: 1 }
          : status === 'cancelled'
            ? { cancellations: 1 }
            : status === 'no_show'
              ? { noShows: 1 }
              : {}),
      },
      appointment.startsAt,
      null,
    );
    return appointment;
  }

  // ---------------------------------------------------------------- customers and conversations

  registerCustomers(command: { customerIds: string[]; now: Instant }): Answer<{ registered: number }> {
    const ids = command.customerIds.slice(0, MAX_BATCH_ITEMS);
    this.#store.registerCustomers(ids, command.now);
    return this.#answer({ registered: ids.length });
  }
  knowsCustomer(customerId: string): Answer<boolean> {
    return this.#answer(this.#store.knowsCustomer(customerId));
  }

  #storedConversation(callId: string, now: Instant): StoredConversation | null {
    const body = this.#store.conversation(callId, now);
    return body === null ? null : storedConversation(body);
  }

  #saveConversation(callId: string, conversation: StoredConversation, now: Instant): void {
    this.#store.saveConversation(callId, JSON.stringify(conversation), now + CONVERSATION_TTL_HOURS * HOUR_MS);
    this.#seenCalls.set(callId, summaryOf(conversation));
  }

  #seen(callId: string | null | undefined, now: Instant): Types.CallSeen | undefined {
    if (!callId) return undefined;
    const known = this.#seenCalls.get(callId);
    if (known !== undefined) return { firstSeen: false, ...known };
    const summary = summaryOf(this.#storedConversation(callId, now) ?? EMPTY_CONVERSATION);
    if (this.#seenCalls.size >= MAX_SEEN_CALLS) this.#seenCalls.clear();
    this.#seenCalls.set(callId, summary);
    return { firstSeen: true, ...summary };
  }

  /** After hold, book and move: a slot lost to somebody else is counted for the call (outside the refused transaction). */
  #lost(callId: string | null | undefined, result: Result<unknown>, now: Instant): Types.CallSeen | undefined {
    const call = this.#seen(callId, now);
    if (!call || !callId) return undefined;
    if (result.ok || result.error.code !== 'APPOINTMENT_CONFLICT' || result.error.details.reason !== 'full')
      return call;
    const lostSlots = call.lostSlots + 1;
    this.#saveConversation(
      callId,
      { ...(this.#storedConversation(callId, now) ?? EMPTY_CONVERSATION), lostSlots },
      now,
    );
    return { ...call, lostSlots };
  }

  conversation(command: Types.TouchConversation): Answer<Types.Conversation> {
    const { refused, rate } = this.#count(command.rate, command.now);
    const more = rate ? { rate } : {};
    if (refused) return { ...refused, ...more };
    const { callId, now } = command;
    const seen = this.#seen(callId, now);
    const stored = this.#storedConversation(callId, now);
    const before = stored ?? EMPTY_CONVERSATION;
    const { after, tried } = mergeConversation(before, command);
    if (JSON.stringify(after) !== JSON.stringify(before)) this.#saveConversation(callId, after, now);
    const hold = this.#store.liveHolds('call_id', callId, now)[0];
    const firstSeen = seen?.firstSeen === true && stored === null;
    return {
      ...this.#answer({
        ...after,
        callId,
        firstSeen,
        hold: hold ? this.#named(hold) : null,
        appointmentIds: this.#store.ofCall(callId, MAX_CALL_APPOINTMENTS),
        tried,
        scheduleVersion: this.#schedule?.version ?? this.#store.scheduleVersion(),
        expiresAt: asInstant(now + CONVERSATION_TTL_HOURS * HOUR_MS),
      }),
      call: { firstSeen, ...summaryOf(after) },
      ...more,
    };
  }

  /** All of the counts or none; the same id counts once, however often it is asked. */
  countCaller({ now, id, counts }: Types.CountCaller): Answer<Types.CountedCaller> {
    const fresh = counts.filter((one) => !this.#store.isCounted(one.name, id));
    for (const { name, limit, windowMs } of fresh) {
      if (this.#store.counted(name, now - windowMs, limit).count >= limit)
        return this.#answer({ allowed: false, exceeded: name });
    }
    for (const { name, windowMs } of fresh) this.#store.count(name, now, id, now + windowMs);
    return this.#answer({ allowed: true, exceeded: null });
  }

  // ---------------------------------------------------------------- reads

  day(query: Types.DayQuery): Answer<Types.DayAnswer> {
    return { result: dayOf(this.#store, this.#current(), query), head: this.#kit.head() };
  }
  appointmentsOf(query: { customerId: string; now: Instant }): Answer<Types.CustomerAppointments> {
    return this.#answer(customerAppointments(this.#store, this.#current(), query.customerId, query.now));
  }
  appointment(appointmentId: string): Answer<Types.AppointmentDetail> {
    const appointment = this.#store.appointment(appointmentId);
    if (!appointment) return { result: err({ code: 'NOT_FOUND', entity: 'appointment' }), head: this.#kit.head() };
    return this.#answer(detailOf(this.#store, this.#current(), appointment, true));
  }

  eraseTexts(command: {
    key: string;
    now: Instant;
    actor: Types.ActorRef;
    customerId: string;
  }): Answer<{ erased: number }> {
    return this.#run(this.#erase, command);
  }

  #decideErase(command: { customerId: string }): Result<Decision<{ erased: number }>> {
    const future = this.#store.ofCustomer(command.customerId, 0, false, MAX_ERASED_APPOINTMENTS);
    const past = this.#store.ofCustomer(command.customerId, Number.MAX_SAFE_INTEGER, true, MAX_ERASED_APPOINTMENTS);
    const all = new Map([...future, ...past].map((a) => [a.id, a]));
    for (const id of all.keys()) this.#store.eraseTexts(id);
    return ok({
      value: { erased: all.size },
      events: [...all.values()].map((appointment) => envelope({ type: 'appointment.texts_erased', appointment })),
    });
  }

  dump(cursor: string | null, limit: number): Types.DumpPage {
    const { epoch, seq } = this.#kit.head();
    return dumpPage(this.#store, cursor, Math.min(Math.max(1, limit), MAX_DUMP_ROWS), { epoch, seq });
  }

  // ---------------------------------------------------------------- live

  /** The live stream; the first message is where the object stands. */
  override fetch(request: Request): Response {
    const asked = streamAsked(request);
    if (asked instanceof Response) return asked;
    const { after } = asked;
    const head = this.#kit.head();
    const hello: StreamMessage = { event: 'hello', id: formatPosition(head), data: {} };
    if (!after) return acceptStream(this.ctx, CALENDAR_STREAM, [hello]);
    const missed = this.#kit.readPage(after.seq, MAX_BACKLOG + 1, Number.MAX_SAFE_INTEGER);
    const gapless =
      after.epoch === head.epoch &&
      (missed[0]?.seq === after.seq + 1 || after.seq === head.seq) &&
      missed.length <= MAX_BACKLOG;
    const backlog =
      gapless && compareHeads(after, head) <= 0
        ? missed.flatMap((event) => messageOf(event, this.#current()))
        : [{ event: 'reset', id: hello.id ?? '', data: {} }];
    return acceptStream(this.ctx, CALENDAR_STREAM, [hello, ...backlog]);
  }
  #tell(events: readonly OutboxEvent[]): void {
    if (this.ctx.getWebSockets(CALENDAR_STREAM).length === 0) return;
    const schedule = this.#current();
    broadcast(
      this.ctx,
      CALENDAR_STREAM,
      events.flatMap((event) => messageOf(event, schedule)),
    );
  }
  announce(announcement: Types.Announcement): void {
    const { event, id, data } = announcement;
    broadcast(this.ctx, CALENDAR_STREAM, [{ event, data: { ...data, ids: id === undefined ? [] : [id] } }]);
  }
  override webSocketMessage(socket: WebSocket): void {
    STREAM_HANDLERS.message(socket);
  }
  override webSocketClose(socket: WebSocket, code: number): void {
    STREAM_HANDLERS.close(socket, code);
  }
  override webSocketError(socket: WebSocket): void {
    STREAM_HANDLERS.error(socket);
  }
  /** Sockets that are open: for tests and health. */
  streams(): number {
    return this.ctx.getWebSockets(CALENDAR_STREAM).length;
  }

  // ---------------------------------------------------------------- kit

  override alarm(): Promise<void> {
    return this.#kit.alarm();
  }
  ping() {
    return this.#kit.ping();
  }
  status() {
    return this.#kit.status();
  }
  drain(): Promise<void> {
    return this.#kit.drain();
  }
  flush(ms: number): Promise<Head> {
    return this.#kit.flush(ms);
  }
  resume(): void {
    this.#kit.resume();
  }
  projectionCursor(): ReturnType<Kit['projectionCursor']> {
    return this.#kit.projectionCursor();
  }
  beginRestore(input: Parameters<Kit['beginRestore']>[0]): ReturnType<Kit['beginRestore']> {
    return this.#kit.beginRestore(input);
  }
  /** Commands carry ids only; bodies of master data and texts come back from the rows that had drained. */
  async replay(commands: Parameters<Kit['replay']>[0]): Promise<ReturnType<Kit['replay']>> {
    const bodies: { kind: string; id: string }[] = [];
    const appointmentIds: string[] = [];
    const modificationIds: string[] = [];
    for (const { command } of commands) {
      if (typeof command['kind'] === 'string' && typeof command['id'] === 'string')
        bodies.push({ kind: command['kind'], id: command['id'] });
      if (typeof command['appointmentId'] === 'string') appointmentIds.push(command['appointmentId']);
      if (typeof command['modificationId'] === 'string') modificationIds.push(command['modificationId']);
      for (const item of listOf(command['items'])) bodies.push({ kind: String(item['kind']), id: String(item['id']) });
      for (const one of listOf(command['appointments'])) appointmentIds.push(String(one['id']));
    }
    const drained = await drainedTexts(platformOf(this.env), this.#kit.tenantId, {
      items: bodies,
      appointmentIds,
      modificationIds,
    });
    const bodyOf = (item: JsonObject): JsonObject => ({
      ...item,
      body: (drained.bodies.get(`${String(item['kind'])}/${String(item['id'])}`) ?? {}) as JsonObject,
    });
    const whole = commands.map((entry) => {
      let command: JsonObject = entry.command;
      if (entry.name === 'putSchedule') command = { ...bodyOf(command), confirm: true, expectedVersion: null };
      if (entry.name === 'putScheduleMany') command = { ...command, items: listOf(command['items']).map(bodyOf) };
      if (entry.name === 'removeScheduleItem') command = { ...command, confirm: true, expectedVersion: null };
      if (entry.name === 'book') command = { ...command, ...drained.texts.get(String(command['appointmentId'])) };
      if (entry.name === 'importAppointments') {
        command = {
          ...command,
          appointments: listOf(command['appointments']).map((one) => ({
            ...one,
            notes: drained.texts.get(String(one['id']))?.notes ?? null,
          })),
        };
      }
      const reason = drained.reasons.get(String(command['modificationId']));
      if (reason !== undefined) command = { ...command, reason };
      return { ...entry, command };
    });
    try {
      return this.#kit.replay(whole);
    } finally {
      this.#schedule = null;
      this.#store.forgetUncommitted();
    }
  }
  finishRestore(): Head {
    return this.#kit.finishRestore();
  }
}

const summaryOf = ({ lostSlots, identity }: StoredConversation): Omit<Types.CallSeen, 'firstSeen'> => ({
  lostSlots,
  level: identity.lineCustomerIds === null ? null : identity.level,
});
const slotOfBooking = ({ branchId, startsAt }: Types.Appointment): Pick<Types.Slot, 'branchId' | 'startsAt'> => ({
  branchId,
  startsAt,
});

const listOf = (value: unknown): JsonObject[] => (Array.isArray(value) ? (value as JsonObject[]) : []);

/** Lists inside commands keep ids too: bodies of items and notes of imports go. */
function recordOf(command: JsonObject): JsonObject {
  const items = command['items'];
  const appointments = command['appointments'];
  return {
    ...command,
    ...(Array.isArray(items) ? { items: listOf(items).map((item) => without(item, ['body'])) } : {}),
    ...(Array.isArray(appointments)
      ? { appointments: listOf(appointments).map((one) => without(one, ['notes'])) }
      : {}),
  };
}

/**
 * What a listener hears (`liveEventSchema` of shared/contract/faces.ts): ids to read again and the branch's days they touch.
 * A change of the schedule touches every day: `days` is absent.
 */
function messageOf(outgoing: OutboxEvent, schedule: Schedule): StreamMessage[] {
  const event = calendarEventOf(outgoing);
  if (!event) return [];
  const heard = (ids: string[], days?: { branch_id: string; date: string }[]): StreamMessage[] => [
    {
      event: 'appointment',
      id: formatPosition(outgoing),
      data: { ids, type: event.type, ...(days ? { days } : {}) },
    },
  ];
  const dayOfBranch = (branchId: string, instant: number): { branch_id: string; date: string } => ({
    branch_id: branchId,
    date: dateOf(instant, schedule.branches.get(branchId)?.body.timeZone ?? 'UTC'),
  });
  if ('appointment' in event) {
    const { id, branchId, startsAt } = event.appointment;
    const days = [dayOfBranch(branchId, startsAt)];
    if ('modification' in event && event.modification.oldStartsAt !== null)
      days.push(dayOfBranch(branchId, event.modification.oldStartsAt));
    return heard([id], days);
  }
  switch (event.type) {
    case 'hold.placed':
    case 'hold.released': {
      // Events of the first version of this shape had no start.
      if (typeof event.startsAt !== 'number') return heard([]);
      const branches = schedule.staff.get(event.staffId)?.body.branchIds ?? [];
      return heard(
        [],
        branches.map((branchId) => dayOfBranch(branchId, event.startsAt)),
      );
    }
    case 'schedule.item_put':
    case 'schedule.item_removed':
    case 'external.busy_changed':
    case 'external.conflict_found':
    case 'external.conflict_resolved':
      return heard([]);
  }
}
