/** The only entry point to a tenant's calendar. Infrastructure errors are retried by the client with the same key; refusals are values. */
import type { IdOrText } from '../../shared/ids.ts';
import type { Instant } from '../../shared/clock.ts';
import type { Result } from '../../shared/result.ts';
import type { CallSeen, Conversation, CountCaller, CountedCaller, TouchConversation } from './call-state.ts';
import type {
  AvailabilityAnswer,
  AvailabilityQuery,
  BusyQuestion,
  BusySource,
  ConflictAnswer,
  Reschedule,
  RescheduleAnswer,
} from './commands/inputs.ts';
import type { AnswerOf, CalendarVerb, CommandOf } from './commands/registry.ts';
import type { ScheduleSnapshot } from './master-data.ts';
import type {
  Announcement,
  AppointmentDetail,
  CustomerAppointments,
  DayAnswer,
  DayQuery,
  DaysAnswer,
  DaysQuery,
  DumpPage,
  OpenHours,
} from './reads.ts';
import type { Flushed, Head } from '../object-runtime/events.ts';
import type { RateStatus } from '../object-runtime/rate.ts';
import type { Listener, StreamPosition } from '../object-runtime/streams.ts';

/** Every answer of the object: the outcome, where its history stands after it, and what the rate limit says when one was asked for. */
export interface CalendarAnswer<T> {
  result: Result<T>;
  head: Head;
  rate?: RateStatus;
  /** where a callId was given, also on refusals; firstSeen is the object's memory of this life (bounded), not a durable fact */
  call?: CallSeen;
}

/** Each verb takes its definition's input and answers what that says; its refusals stand at the definition (commands/<verb>.ts). */
type Verbs = { [K in CalendarVerb]: (command: CommandOf<K>) => Promise<CalendarAnswer<AnswerOf<K>>> };

/**
 * The verbs of the registry, and the reads. Instants are epoch milliseconds; dates and times of day are wall clock of the branch.
 *
 * Every verb can also refuse with IDEMPOTENCY_MISMATCH (same key, other input), OBJECT_FENCED (a restored object), and RATE_LIMITED
 * where it carries `rate`.
 */
export interface CalendarPort extends Verbs {
  /**
   * The master data of the tenant. `maxAgeMs` > 0: an isolate's copy that young may answer without asking the object (name resolution);
   * decisions never use it. Refusals: none.
   */
  schedule(options?: { maxAgeMs?: number }): Promise<CalendarAnswer<ScheduleSnapshot>>;
  /** The same copy with hours worked out, so that spoken times need no second question; `maxAgeMs` as there. Refusals: none. */
  openHours(options?: { maxAgeMs?: number }): Promise<CalendarAnswer<OpenHours>>;
  /**
   * Free slots in a window, whether an exact time is free, and what is free near it. A tenant without branch, people or service hours gets
   * an answer (`reason: not_configured`), no refusal.
   *
   * Refusals: VALIDATION_ERROR (`date`, `time`, `services`, `party_size`, `duration_minutes`), NOT_FOUND (unknown or inactive service,
   * staff or branch), RATE_LIMITED (by the query's `rate`).
   */
  checkAvailability(query: AvailabilityQuery): Promise<CalendarAnswer<AvailabilityAnswer>>;

  /** Makes ids known that D1 knows already, at most 500; registering twice is registering once. Refusals: none. */
  registerCustomers(command: {
    customerIds: IdOrText<'cus'>[];
    now: Instant;
  }): Promise<CalendarAnswer<{ registered: number }>>;
  /** Whether the object has seen this id, by a booking or by `registerCustomers`. Refusals: none. */
  knowsCustomer(customerId: IdOrText<'cus'>): Promise<CalendarAnswer<boolean>>;
  /**
   * Reads what a call has said and shown, and merges what is new; kept for 24 hours, merging twice is merging once.
   * Refusals: RATE_LIMITED (by the command's `rate`).
   */
  conversation(command: TouchConversation): Promise<CalendarAnswer<Conversation>>;
  /** Ids of calls of these two days in which this customer is who calls. Refusals: none. */
  callsNaming(customerId: string): Promise<CalendarAnswer<string[]>>;
  /**
   * Counts over days (SMS, codes, tries), windows in milliseconds; all of the counts or none, the same `id` once.
   * Refusals: none, an exhausted count is answered as `allowed: false`.
   */
  countCaller(command: CountCaller): Promise<CalendarAnswer<CountedCaller>>;
  /** What a reschedule would do now; writes nothing, counts nothing. Refusals: as the verb `reschedule`. */
  previewReschedule(command: Reschedule): Promise<CalendarAnswer<RescheduleAnswer>>;

  /** Imported calendars of a person, at most MAX_BUSY_SOURCES, the newest first. Refusals: NOT_FOUND (`staff`). */
  busySources(staffId: IdOrText<'stf'>): Promise<CalendarAnswer<BusySource[]>>;
  /** Of each time of an import whether it is there already, and which appointments lie in it. Refusals: none. */
  busyMeets(
    question: BusyQuestion,
  ): Promise<
    CalendarAnswer<{ present: boolean; appointments: { id: string; branchId: string; startsAt: Instant }[] }[]>
  >;
  /** How many appointments an import would strand. Refusals: WOULD_STRAND, unless exactly they were confirmed. */
  strandedByTimes(question: BusyQuestion & { confirmSet: string | null }): Promise<CalendarAnswer<number>>;

  /**
   * One day of a branch with a column for each person: hours, absences, appointments with their texts, holds.
   * Refusals: NOT_FOUND (`branch`; without an id: the tenant has none).
   */
  day(query: DayQuery): Promise<CalendarAnswer<DayAnswer>>;
  /** The same of several days, at most MAX_RANGE_DAYS and as many as MAX_RANGE_ROWS appointments fill. Refusals: as `day`. */
  days(query: DaysQuery): Promise<CalendarAnswer<DaysAnswer>>;
  /** A customer's counts, upcoming (at most 50) and past appointments (20). Refusals: none, somebody unknown has none. */
  appointmentsOf(query: { customerId: IdOrText<'cus'>; now: Instant }): Promise<CalendarAnswer<CustomerAppointments>>;
  /**
   * One appointment with texts, present names, history and what may be done with it. Refusals: NOT_FOUND (`appointment`).
   * @param which `any`: a deleted one, too
   */
  appointment(appointmentId: IdOrText<'apt'>, which?: 'any'): Promise<CalendarAnswer<AppointmentDetail>>;
  /** A conflict with Cal.com as it is now, with the appointment it is about. Refusals: NOT_FOUND (`conflict`). */
  conflict(conflictId: IdOrText<'cnf'>): Promise<CalendarAnswer<ConflictAnswer>>;
  /** Present rows for a rebuild, a page of at most `limit` (1 to 500) at a time; go on from `next` until it is null. */
  dump(cursor: string | null, limit: number): Promise<DumpPage>;
  /** Asks the object to drain its outbox now, at most `ms` milliseconds; answers where it stands and how far the projection has come (read your writes). */
  flush(ms: number): Promise<Flushed>;
  /** Tells everybody who has the live stream open now; kept nowhere. */
  announce(announcement: Announcement): Promise<void>;
  /** Live changes: a WebSocket of the object, for the edge to turn into SSE; backlog after a position, `reset` when it is too far back. */
  stream(after: StreamPosition | null, listener: Listener): Promise<Response>;
  /** Ends the streams that a session or key has open. Refusals: none. */
  endStreams(session: string): Promise<void>;
}
