/**
 * The tenant's time: one instance per tenant, named by tenant id. The registry of its verbs, its reads and its live stream as RPC methods;
 * what a verb does is in commands/, what is read in queries.ts. Reached through `client.ts` only.
 */
import type { Instant } from '../../shared/clock.ts';
import { lazy } from '../../shared/lazy.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { compareHeads, type OutboxEvent } from '../object-runtime/events.ts';
import { ObjectRuntime } from '../object-runtime/object-runtime.ts';
import { TenantObject } from '../object-runtime/object-base.ts';
import { type RateStatus, RateWindows } from '../object-runtime/rate.ts';
import type { LostCommand, Replayed } from '../object-runtime/restore.ts';
import { acceptStream, broadcast, formatPosition, type StreamMessage, streamAsked } from '../object-runtime/streams.ts';
import { tellAlarm } from '../alarms/raise.ts';
import { type Env, platformOf } from '../env.ts';
import { behindOf, keepSoon } from '../storage/keep-soon.ts';
import { allNeeded, type CalendarCommand, type Keyed, type Needed } from './commands/command.ts';
import { type AnswerOf, CALENDAR_VERBS, type CalendarVerb, COMMANDS, type CommandOf } from './commands/registry.ts';
import { strandedByTimes } from './commands/replace-busy-source.ts';
import { previewReschedule } from './commands/reschedule.ts';
import { callsNaming, countCaller, touchConversation } from './conversations.ts';
import { messageOf } from './live.ts';
import {
  appointmentById,
  availabilityOf,
  busyMeets,
  busySourcesOf,
  conflictById,
  customerAppointments,
  dayOf,
  daysOf,
  scheduleSince,
} from './queries.ts';
import { CALENDAR_MIGRATIONS } from './schema.ts';
import { type CalendarStore, calendarStore } from './store/store.ts';
import { tidier } from './tidy.ts';
import type { CalendarAnswer } from './port.ts';
import type * as Types from './types.ts';
import { MAX_BATCH_ITEMS } from './bounds.ts';

const RATE_WINDOW_MS = 60_000;
const CALENDAR_STREAM = 'calendar';
/** Events sent to a listener that comes back; further behind it must read anew. */
const MAX_BACKLOG = 200;
/** Times one key may be decided anew because its outcome no longer stands. */
const MAX_RENEWALS = 5;

type Answer<T> = CalendarAnswer<T>;
/** What goes beside an outcome: how much of a limit is left, what is known of the call. */
type Beside = Pick<Answer<never>, 'rate' | 'call'>;
type Asking = { now: Instant; rate?: Types.RateAsk[]; callId?: string | null };

/** Delivery and rebuild load with their first use: no command waits for them, and the Worker's start stays small. */
const deliveryParts = lazy(() => import('./delivery-parts.ts'));

/** Each verb of the registry is an RPC method: a new one needs no line here. */
type VerbMethods = { [K in CalendarVerb]: (command: CommandOf<K>) => Answer<AnswerOf<K>> };
export interface TenantCalendar extends VerbMethods {}
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the static block makes exactly these methods, from the same registry
export class TenantCalendar extends TenantObject<Env, CalendarStore> {
  protected readonly runtime: ObjectRuntime<CalendarStore>;
  readonly #store: CalendarStore;
  readonly #rates = new RateWindows();

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#store = calendarStore(ctx.storage.sql, (due) => this.runtime.wakeAt(due));
    this.runtime = new ObjectRuntime({
      ctx,
      kind: 'calendar',
      migrations: CALENDAR_MIGRATIONS,
      store: this.#store,
      commands: COMMANDS,
      sinks: (tenantId) => {
        const sinks = async () => (await deliveryParts()).sinksOf(platformOf(env), tenantId, this.#store);
        return [
          {
            name: 'project',
            deliver: async (page) => (await sinks()).project.deliver(page),
            repeat: async (page) => (await sinks()).project.repeat?.(page),
          },
          { name: 'effects', deliver: async (page) => (await sinks()).effects.deliver(page) },
        ];
      },
      knownHead: async (tenantId) => (await deliveryParts()).knownHead(platformOf(env), tenantId, 'calendar'),
      tell: (alarm) => tellAlarm(platformOf(env), this.runtime.tenantId, alarm),
      wake: tidier(this.#store),
      settled: (committed) => this.#store.settled(committed),
      committed: (events) => this.#tell(events),
    });
  }

  /** What it had to say is kept, too: nobody else may come by where it lives. */
  override async alarm(): Promise<void> {
    await super.alarm();
    const platform = platformOf(this.env);
    await keepSoon(platform, behindOf(platform, this.ctx));
  }

  // ---------------------------------------------------------------- machinery

  /** Counts, then runs a verb under its key and answers what its definition says. */
  #run<I extends Keyed & { callId?: string | null }, T, A>(
    definition: CalendarCommand<I, T, A>,
    command: I,
  ): Answer<A> {
    const { refused, beside } = this.#count(command);
    if (refused) return { ...this.#answer(refused), ...beside };
    let before = this.runtime.head().seq;
    let answer = this.runtime.run(definition, command, command.now);
    // No event: the outcome was repeated from the log.
    for (let round = 0; definition.renewed && answer.result.ok && round < MAX_RENEWALS; round++) {
      if (answer.head.seq !== before) break;
      const key = definition.renewed(this.#store, answer.result.value, command);
      if (key === null) break;
      before = answer.head.seq;
      answer = this.runtime.run(definition, { ...command, key }, command.now);
    }
    const { result, head } = answer;
    // The command may have counted a slot that its call lost.
    if (beside.call && command.callId)
      beside.call = {
        ...this.#store.conversations.seen(command.callId, command.now),
        firstSeen: beside.call.firstSeen,
      };
    return { result: result.ok ? definition.answer(this.#store, result.value, command) : result, head, ...beside };
  }

  /** The first exhausted limit refuses, else the tightest is shown. */
  #count({ rate, callId, now }: Asking): { refused: Result<never> | null; beside: Beside } {
    const beside: Beside = callId ? { call: this.#store.conversations.seen(callId, now) } : {};
    let tightest: RateStatus | null = null;
    for (const ask of rate ?? []) {
      const status = this.#rates.take({ name: ask.name, limit: ask.limit, windowMs: RATE_WINDOW_MS }, ask.key, now);
      if (!status.allowed) {
        const refused: Result<never> = err({
          code: 'RATE_LIMITED',
          retry_after: status.retryAfter,
          limit: status.limit,
        });
        return { refused, beside: { ...beside, rate: status } };
      }
      if (tightest === null || status.remaining < tightest.remaining) tightest = status;
    }
    return { refused: null, beside: tightest ? { ...beside, rate: tightest } : beside };
  }

  #answer<T>(result: Result<T>): Answer<T> {
    return { result, head: this.runtime.head() };
  }

  // ---------------------------------------------------------------- verbs

  static {
    for (const verb of CALENDAR_VERBS) {
      // Inputs and answers of one verb belong together; of all of them at once the compiler can't say which.
      const definition = COMMANDS[verb] as unknown as CalendarCommand<Keyed, unknown, unknown>;
      Object.defineProperty(TenantCalendar.prototype, verb, {
        value(this: TenantCalendar, command: Keyed): Answer<unknown> {
          return this.#run(definition, command);
        },
      });
    }
  }

  // ---------------------------------------------------------------- customers and calls

  registerCustomers(command: { customerIds: string[]; now: Instant }): Answer<{ registered: number }> {
    const ids = command.customerIds.slice(0, MAX_BATCH_ITEMS);
    this.#store.customers.registerAll(ids, command.now);
    return this.#answer(ok({ registered: ids.length }));
  }
  knowsCustomer(customerId: string): Answer<boolean> {
    return this.#answer(ok(this.#store.customers.knows(customerId)));
  }
  conversation(command: Types.TouchConversation): Answer<Types.Conversation> {
    const { refused, beside } = this.#count({ now: command.now, ...(command.rate ? { rate: command.rate } : {}) });
    if (refused) return { ...this.#answer(refused), ...beside };
    const { conversation, call } = touchConversation(this.#store, command);
    return { ...this.#answer(ok(conversation)), call, ...beside };
  }
  callsNaming(customerId: string): Answer<string[]> {
    return this.#answer(ok(callsNaming(this.#store, customerId)));
  }
  countCaller(command: Types.CountCaller): Answer<Types.CountedCaller> {
    return this.#answer(ok(countCaller(this.#store, command)));
  }

  // ---------------------------------------------------------------- reads

  checkAvailability(query: Types.AvailabilityQuery): Answer<Types.AvailabilityAnswer> {
    const { refused, beside } = this.#count(query);
    return { ...this.#answer(refused ?? availabilityOf(this.#store, query)), ...beside };
  }
  previewReschedule(command: Types.Reschedule): Answer<Types.RescheduleAnswer> {
    return this.#answer(previewReschedule(this.#store, command));
  }
  schedule(knownVersion: number | null): Answer<ReturnType<typeof scheduleSince>> {
    return this.#answer(ok(scheduleSince(this.#store, knownVersion)));
  }
  busySources(staffId: string): Answer<Types.BusySource[]> {
    return this.#answer(busySourcesOf(this.#store, staffId));
  }
  busyMeets(question: Types.BusyQuestion): Answer<ReturnType<typeof busyMeets>> {
    return this.#answer(ok(busyMeets(this.#store, question)));
  }
  /** Refusals: WOULD_STRAND. */
  strandedByTimes(question: Types.BusyQuestion & { confirmSet: string | null }): Answer<number> {
    return this.#answer(strandedByTimes(this.#store, question, question.now));
  }
  day(query: Types.DayQuery): Answer<Types.DayAnswer> {
    return this.#answer(dayOf(this.#store, query));
  }
  days(query: Types.DaysQuery): Answer<Types.DaysAnswer> {
    return this.#answer(daysOf(this.#store, query));
  }
  appointmentsOf(query: { customerId: string; now: Instant }): Answer<Types.CustomerAppointments> {
    return this.#answer(ok(customerAppointments(this.#store, query.customerId, query.now)));
  }
  appointment(appointmentId: string, which?: 'any'): Answer<Types.AppointmentDetail> {
    return this.#answer(appointmentById(this.#store, appointmentId, which === 'any'));
  }
  conflict(conflictId: string): Answer<Types.ConflictAnswer> {
    return this.#answer(conflictById(this.#store, conflictId));
  }
  async dump(cursor: string | null, limit: number): Promise<Types.DumpPage> {
    const { dumpPage } = await deliveryParts();
    const { epoch, seq } = this.runtime.head();
    return dumpPage(this.#store, cursor, limit, { epoch, seq });
  }

  // ---------------------------------------------------------------- live

  /** The live stream; the first message is where the object stands. */
  override fetch(request: Request): Response {
    const asked = streamAsked(request);
    if (asked instanceof Response) return asked;
    const { after } = asked;
    const head = this.runtime.head();
    const hello: StreamMessage = { event: 'hello', id: formatPosition(head), data: {} };
    if (!after) return acceptStream(this.ctx, CALENDAR_STREAM, asked, [hello]);
    const missed = this.runtime.missedAfter(after.seq, MAX_BACKLOG + 1);
    const gapless =
      after.epoch === head.epoch &&
      (missed[0]?.seq === after.seq + 1 || after.seq === head.seq) &&
      missed.length <= MAX_BACKLOG;
    const schedule = this.#store.schedule.current();
    const backlog =
      gapless && compareHeads(after, head) <= 0
        ? missed.flatMap((event) => messageOf(event, schedule))
        : [{ event: 'reset', id: hello.id ?? '', data: {} }];
    return acceptStream(this.ctx, CALENDAR_STREAM, asked, [hello, ...backlog]);
  }
  #tell(events: readonly OutboxEvent[]): void {
    if (this.ctx.getWebSockets(CALENDAR_STREAM).length === 0) return;
    const schedule = this.#store.schedule.current();
    const messages = events.flatMap((event) => messageOf(event, schedule));
    broadcast(this.ctx, CALENDAR_STREAM, messages);
  }
  announce(announcement: Types.Announcement): void {
    const { event, id, data } = announcement;
    broadcast(this.ctx, CALENDAR_STREAM, [{ event, data: { ...data, ids: id === undefined ? [] : [id] } }]);
  }

  // ---------------------------------------------------------------- restore

  /** Commands carry ids only; bodies of master data and texts come back from the rows that had drained, as each definition says. */
  override async replay(commands: readonly LostCommand[]): Promise<Replayed[]> {
    const needed = commands.map(({ name, command }): Needed => {
      const definition: { needs?: (recorded: typeof command) => Needed } | undefined = COMMANDS[name as CalendarVerb];
      return definition?.needs?.(command) ?? {};
    });
    const { drainedTexts } = await deliveryParts();
    const drained = await drainedTexts(platformOf(this.env), this.runtime.tenantId, allNeeded(needed));
    return this.runtime.replay(commands, drained);
  }
}
