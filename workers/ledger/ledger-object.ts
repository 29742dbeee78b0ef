/**
 * The tenant's ledger: one instance per tenant, named by tenant id. RPC surface over the object runtime; rules are in rules/. Reached
 * through `client.ts` only.
 */
import { asInstant, type Instant, processNow } from '../../shared/clock.ts';
import { lazy } from '../../shared/lazy.ts';
import { asCents, asMicros, type Cents, microsToCentsExact } from '../../shared/money.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { DAY } from '../../shared/time.ts';
import type { LostCommand, Replayed } from '../object-runtime/restore.ts';
import { ObjectRuntime } from '../object-runtime/object-runtime.ts';
import { TenantObject } from '../object-runtime/object-base.ts';
import { acceptStream, broadcast, streamAsked } from '../object-runtime/streams.ts';
import { tellAlarm } from '../alarms/raise.ts';
import { type Env, platformOf } from '../env.ts';
import { behindOf, keepSoon } from '../storage/keep-soon.ts';
import { objectFor } from '../object-runtime/place.ts';
import { tenantById } from '../storage/platform-db.ts';
import { knownHead, projectionSink } from '../projection/apply.ts';
import { effectsSink } from '../projection/effects.ts';
import { auditorOf } from '../projection/audit.ts';
import { projectorOf } from '../projection/project.ts';
import { dumpedRows } from '../projection/rows.ts';
import { periodOf } from './rules/charge.ts';
import { type LedgerCommand, usedMinutes } from './commands/parts.ts';
import { type AnswerOf, type CommandOf, LEDGER_COMMANDS } from './commands/registry.ts';
import { estimateOf, spendCheck } from './rules/hold.ts';
import { BALANCE_STREAM, backlogOf, MAX_BACKLOG, messagesOf } from './live.ts';
import { type Book, balanceView } from './rules/post.ts';
import { entriesAfter, entryById } from './entries.ts';
import { monthInvoice, monthSums, openMonths } from './month.ts';
import { listCost } from './rules/outlook.ts';
import { secondsToUnits } from './rules/pricing.ts';
import { DEFAULT_PAGE, entryPage, topupPage, topupsChangedSince, usageView } from './queries.ts';
import {
  balanceRow,
  entryRow,
  LEDGER_AUDITS,
  LEDGER_PROJECTS,
  LEDGER_TABLES,
  statementRow,
  topupRow,
  transferRow,
  usageRow,
} from './projects.ts';
import { LEDGER_REACTIONS } from './reactions.ts';
import { type Repaired, repairEntries } from './repair.ts';
import { Asked, MAX_ASKED, type Peer } from './drive-transfers.ts';
import {
  lapsedReservations,
  dueTransfers,
  nextTransferWork,
  noteAttempt,
  transferPage,
  transfersAfter,
} from './schema-transfers.ts';
import { transferView } from './commands/transfer-parts.ts';
import { outKey, waitAfter } from './rules/transfer.ts';
import { closeRows, LEDGER_MIGRATIONS, lapsedHolds, lineOf, nextExpiry, sqlStore } from './schema.ts';
import { type UsageSumsQuery, usageSums } from './queries/usage-sums.ts';
import type { LedgerStore } from './store.ts';
import type { StorageLevel } from './usage-tables.ts';
import { amountRefusal, MAX_TOPUP_CENTS, MIN_TOPUP_CENTS, previewTopup, topupView } from './rules/topup.ts';
import type { LedgerAnswer } from './port.ts';
import type * as Types from './types.ts';
import { decideVat } from './rules/vat.ts';

/** Holds released per wake; the rest on the next alarm. */
const EXPIRIES_PER_WAKE = 200;
/** How long a transfer waits for the projection of its own sending before it is tried again. */
const LEAVE_MS = 2_000;
/** Rows of a dump page. */
const MAX_DUMP_ROWS = 500;
/** Days of `spending` at most. */
const MAX_SPENDING_DAYS = 400;
/** Wake again at once when more holds have lapsed than one wake releases. */
const SOON_MS = 100;

type Answer<T> = LedgerAnswer<T>;

/** Loads with the first verification: no start needs it. */
const verifying = lazy(() => import('./verify-pages.ts'));
/** Loads with the first restore. */
const usageArchive = lazy(() => import('../storage/usage-files.ts'));

const LEDGER_AUDITOR = auditorOf('ledger', LEDGER_AUDITS);

export class TenantLedger extends TenantObject<Env, LedgerStore> {
  protected readonly runtime: ObjectRuntime<LedgerStore>;
  readonly #store: LedgerStore;
  readonly #sql: SqlStorage;
  readonly #asked = new Asked();

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#sql = ctx.storage.sql;
    this.#store = sqlStore(this.#sql, {
      epoch: () => this.runtime.epoch,
      previousHeadHash: () => this.runtime.previousHeadHash,
      wakeAt: (at) => this.runtime.wakeAt(at),
    });
    this.runtime = new ObjectRuntime({
      ctx,
      kind: 'ledger',
      migrations: LEDGER_MIGRATIONS,
      store: this.#store,
      commands: LEDGER_COMMANDS,
      sinks: (tenantId) => [
        projectionSink(platformOf(env), tenantId, 'ledger', projectorOf(LEDGER_PROJECTS, undefined), LEDGER_AUDITOR, {
          headHash: () => this.#store.book()?.book.headHash ?? null,
          now: processNow,
        }),
        effectsSink(platformOf(env), tenantId, LEDGER_REACTIONS, processNow),
      ],
      knownHead: (tenantId) => knownHead(platformOf(env), tenantId, 'ledger'),
      tell: (alarm) => tellAlarm(platformOf(env), this.runtime.tenantId, alarm),
      wake: (now) => this.#wake(now),
      committed: (events) =>
        broadcast(
          ctx,
          BALANCE_STREAM,
          messagesOf(events, (micros) => microsToCentsExact(asMicros(micros), this.#currency())),
        ),
    });
  }

  /** What it had to say is kept, too: nobody else may come by where it lives. */
  override async alarm(): Promise<void> {
    await super.alarm();
    await this.#asked.all();
    const platform = platformOf(this.env);
    await keepSoon(platform, behindOf(platform, this.ctx));
  }

  #run<I extends Types.Clocked, A, K>(definition: LedgerCommand<I, A, K>, command: I): Answer<A> {
    const { result, head } = this.runtime.run(definition, command, command.now ?? processNow());
    return { result: result.ok ? ok(definition.answer(this.#store, result.value, command)) : result, head };
  }

  #currency(): string {
    return this.#store.book()?.book.currency ?? 'EUR';
  }

  /** What is due: holds that lapse at once, receivers of transfers asked after it, sums and keys of events whose time is over. */
  #wake(now: Instant): Instant | null {
    this.#expireReservations(now);
    const dues = [this.#expireHolds(now), this.#askReceivers(now), this.#store.usage.prune(now)].filter(
      (due) => due !== null,
    );
    return dues.length === 0 ? null : asInstant(Math.min(...dues));
  }

  #expireReservations(now: Instant): void {
    for (const reservationId of lapsedReservations(this.#sql, now, EXPIRIES_PER_WAKE))
      this.runtime.run(LEDGER_COMMANDS.releaseReservation, { reservationId, as: 'expired' as const }, now);
  }

  /** When the next one is due is written before anybody is asked, so that an object that dies meanwhile asks again. */
  #askReceivers(now: Instant): Instant | null {
    for (const transfer of dueTransfers(this.#sql, now, MAX_ASKED)) {
      noteAttempt(this.#sql, transfer.key, asInstant(now + waitAfter(transfer.attempts)));
      this.ctx.waitUntil(this.#asked.ask(transfer, this.#peer(transfer.peerId)));
    }
    return nextTransferWork(this.#sql);
  }

  /** The receiver of a transfer, and the two ends that it may come to here. */
  #peer(to: string): Peer {
    const receiver = objectFor(this.env.LEDGER, to, !platformOf(this.env).development);
    return {
      from: this.runtime.tenantId,
      leaves: () => this.#leaves(),
      isClosed: async () => (await tenantById(platformOf(this.env), to))?.status === 'closed',
      receive: (command) => receiver.receiveTransfer(command),
      flush: (ms) => receiver.flush(ms),
      settle: (command) => void this.#run(LEDGER_COMMANDS.settleTransfer, command),
      giveBack: (command) => void this.#run(LEDGER_COMMANDS.returnTransfer, command),
    };
  }

  /** Whether everything that was decided here is in D1, from where a restore takes it. */
  async #leaves(): Promise<boolean> {
    const { seq } = this.runtime.head();
    const { projected } = await this.runtime.flush(LEAVE_MS);
    return projected >= seq;
  }

  #expireHolds(now: Instant): Instant | null {
    const lapsed = lapsedHolds(this.#sql, now, EXPIRIES_PER_WAKE);
    for (const key of lapsed) {
      const input = { key, as: 'expired' as const };
      this.runtime.run(LEDGER_COMMANDS.releaseHold, input, now);
    }
    return lapsed.length === EXPIRIES_PER_WAKE ? asInstant(now + SOON_MS) : nextExpiry(this.#sql);
  }

  // ---------------------------------------------------------------- commands

  putTerms(command: CommandOf<'putTerms'>): Answer<AnswerOf<'putTerms'>> {
    return this.#run(LEDGER_COMMANDS.putTerms, command);
  }
  openTopup(command: CommandOf<'openTopup'>): Answer<AnswerOf<'openTopup'>> {
    return this.#run(LEDGER_COMMANDS.openTopup, command);
  }
  linkTopup(command: CommandOf<'linkTopup'>): Answer<AnswerOf<'linkTopup'>> {
    return this.#run(LEDGER_COMMANDS.linkTopup, command);
  }
  recordTopup(command: CommandOf<'recordTopup'>): Answer<AnswerOf<'recordTopup'>> {
    return this.#run(LEDGER_COMMANDS.recordTopup, command);
  }
  topupProcessing(command: CommandOf<'topupProcessing'>): Answer<AnswerOf<'topupProcessing'>> {
    return this.#run(LEDGER_COMMANDS.topupProcessing, command);
  }
  topupFailed(command: CommandOf<'topupFailed'>): Answer<AnswerOf<'topupFailed'>> {
    return this.#run(LEDGER_COMMANDS.topupFailed, command);
  }
  reverseTopup(command: CommandOf<'reverseTopup'>): Answer<AnswerOf<'reverseTopup'>> {
    return this.#run(LEDGER_COMMANDS.reverseTopup, command);
  }
  holdForCall(command: CommandOf<'holdForCall'>): Answer<AnswerOf<'holdForCall'>> {
    return this.#run(LEDGER_COMMANDS.holdForCall, command);
  }
  settleCall(command: CommandOf<'settleCall'>): Answer<AnswerOf<'settleCall'>> {
    return this.#run(LEDGER_COMMANDS.settleCall, command);
  }
  voidCallHold(command: Types.VoidCallHold): Answer<AnswerOf<'releaseHold'>> {
    return this.#run(LEDGER_COMMANDS.releaseHold, { ...command, as: 'voided' });
  }
  settleAppointment(command: CommandOf<'settleAppointment'>): Answer<AnswerOf<'settleAppointment'>> {
    return this.#run(LEDGER_COMMANDS.settleAppointment, command);
  }
  chargeUsage(command: CommandOf<'chargeUsage'>): Answer<AnswerOf<'chargeUsage'>> {
    return this.#run(LEDGER_COMMANDS.chargeUsage, command);
  }
  chargeUsageBatch(command: CommandOf<'chargeUsageBatch'>): Answer<AnswerOf<'chargeUsageBatch'>> {
    return this.#run(LEDGER_COMMANDS.chargeUsageBatch, command);
  }
  adjust(command: CommandOf<'adjust'>): Answer<AnswerOf<'adjust'>> {
    return this.#run(LEDGER_COMMANDS.adjust, command);
  }
  closePeriod(command: CommandOf<'closePeriod'>): Answer<AnswerOf<'closePeriod'>> {
    return this.#run(LEDGER_COMMANDS.closePeriod, command);
  }

  sendTransfer(command: CommandOf<'sendTransfer'>): Answer<AnswerOf<'sendTransfer'>> {
    return this.#run(LEDGER_COMMANDS.sendTransfer, command);
  }
  /** Asked by the sender's object only. */
  receiveTransfer(command: CommandOf<'receiveTransfer'>): Answer<AnswerOf<'receiveTransfer'>> {
    return this.#run(LEDGER_COMMANDS.receiveTransfer, command);
  }

  reserveAmount(command: CommandOf<'reserveAmount'>): Answer<AnswerOf<'reserveAmount'>> {
    return this.#run(LEDGER_COMMANDS.reserveAmount, command);
  }
  captureReservation(command: CommandOf<'captureReservation'>): Answer<AnswerOf<'captureReservation'>> {
    return this.#run(LEDGER_COMMANDS.captureReservation, command);
  }
  releaseReservation(command: CommandOf<'releaseReservation'>): Answer<AnswerOf<'releaseReservation'>> {
    return this.#run(LEDGER_COMMANDS.releaseReservation, command);
  }

  // ---------------------------------------------------------------- reads

  #read<T>(read: (book: Book, terms: Types.Terms) => Result<T>): Answer<T> {
    const stored = this.#store.book();
    const head = this.runtime.head();
    if (!stored) return { result: err({ code: 'NOT_FOUND', entity: 'ledger' }), head };
    return { result: read(stored.book, this.#store.terms(stored.book.termsVersion)), head };
  }

  terms(query: { at?: Instant } = {}): Answer<{ terms: Types.Terms; version: number }> {
    return this.#read(({ termsVersion, currency }) => {
      const version = query.at === undefined ? termsVersion : this.#store.termsAt(query.at, currency);
      return ok({ terms: this.#store.terms(version), version });
    });
  }
  balance(): Answer<Types.BalanceView> {
    return this.#read((book) => ok(balanceView(book)));
  }
  spending(query: { days: number } & Types.Clocked): Answer<{ balance: Types.BalanceView; spending: Types.Spending }> {
    const now = query.now ?? processNow();
    const days = Math.min(Math.max(1, Math.floor(query.days)), MAX_SPENDING_DAYS);
    return this.#read((book) => {
      const { micros, since } = this.#store.spent(asInstant(now - days * DAY), now);
      const cents = microsToCentsExact(micros, book.currency);
      return ok({ balance: balanceView(book), spending: { cents, since } });
    });
  }
  canSpend(query: Types.Estimate & Types.Clocked): Answer<Types.SpendCheck> {
    const now = query.now ?? processNow();
    return this.#read((book, terms) =>
      ok(spendCheck(book, terms, estimateOf(query, terms, usedMinutes(this.#store, terms, book.termsVersion, now)))),
    );
  }
  previewTopup(query: { amountCents: Types.Topup['amountCents'] } & Types.Clocked): Answer<Types.TierPreview> {
    return this.#read((book, terms) => {
      const refusal = amountRefusal(query.amountCents, 'manual', book.currency);
      return refusal ? err(refusal) : ok(previewTopup(terms, query.amountCents, query.now ?? processNow()));
    });
  }
  bonusTiers(query: Types.Clocked = {}): Answer<Types.BonusTerms> {
    const now = query.now ?? processNow();
    return this.#read((book, terms) =>
      ok({
        tiers: terms.bonusTiers
          .filter((t) => (t.activeFrom ?? 0) <= now && now < (t.activeUntil ?? Number.POSITIVE_INFINITY))
          .sort((a, b) => a.fromCents - b.fromCents),
        currency: book.currency,
        vat: decideVat(terms.vat),
        minCents: asCents(MIN_TOPUP_CENTS),
        maxCents: asCents(MAX_TOPUP_CENTS),
      }),
    );
  }
  topup(query: { topupId: string }): Answer<Types.Topup> {
    return this.#read(() => {
      const row = this.#store.topup(query.topupId);
      return row ? ok(topupView(row)) : err({ code: 'NOT_FOUND', entity: 'topup' });
    });
  }
  topups(query: { cursor?: string; limit?: number } = {}): Answer<Types.Page<Types.Topup>> {
    return this.#read(() => ok(topupPage(this.#sql, query.cursor, query.limit ?? DEFAULT_PAGE)));
  }
  transfers(query: { peerId: string; cursor?: string; limit?: number }): Answer<Types.Page<Types.Transfer>> {
    return this.#read(() => {
      const { items, nextCursor } = transferPage(this.#sql, query, query.limit ?? DEFAULT_PAGE);
      return ok({ items: items.map(transferView), nextCursor });
    });
  }
  reservation(query: { reservationId: string }): Answer<Types.Reservation> {
    return this.#read(() => {
      const reservation = this.#store.reservation(query.reservationId);
      return reservation ? ok(reservation) : err({ code: 'NOT_FOUND', entity: 'reservation' });
    });
  }
  transfer(query: { transferId: string }): Answer<Types.Transfer> {
    return this.#read(() => {
      const transfer = this.#store.transfer(outKey(query.transferId));
      return transfer ? ok(transferView(transfer)) : err({ code: 'NOT_FOUND', entity: 'transfer' });
    });
  }
  entries(
    query: { cursor?: string; limit?: number; filter?: Types.EntryFilter } = {},
  ): Answer<Types.Page<Types.Entry>> {
    return this.#read((book) =>
      ok(entryPage(this.#sql, query.cursor, query.limit ?? DEFAULT_PAGE, query.filter ?? {}, book.currency)),
    );
  }
  entry(query: { entryId: string }): Answer<Types.Entry> {
    return this.#read(() => {
      const entry = entryById(this.#sql, query.entryId);
      return entry ? ok(entry) : err({ code: 'NOT_FOUND', entity: 'entry' });
    });
  }
  usage(query: { period?: string } & Types.Clocked = {}): Answer<Types.UsageView> {
    const now = query.now ?? processNow();
    return this.#read(({ currency }, { timeZone: zone }) => {
      const period = query.period ?? periodOf(now, zone);
      if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(period)) {
        return err({ code: 'VALIDATION_ERROR', errors: { period: ['YYYY-MM'] } });
      }
      const last = this.#store.lastClosed();
      const invoice = this.#store.invoice(period) ?? monthInvoice(this.#store, { currency, zone }, period, now);
      return ok(usageView(zone, period, last !== null && period <= last, this.#store.lines(period), invoice));
    });
  }

  usageSums(query: UsageSumsQuery): Answer<Types.UsageSum[]> {
    return this.#read((_, { timeZone }) => usageSums(this.#store.usage, timeZone, query));
  }
  storageLevel(query: { period: string }): Answer<StorageLevel> {
    return this.#read(() => ok(this.#store.usage.storage(query.period)));
  }
  month(query: { period?: string } & Types.Clocked): Answer<Types.MonthSums> {
    return this.#read((_book, terms) => {
      const sums = monthSums(this.#store, terms, query.period ?? null, query.now ?? processNow());
      return sums === null ? err({ code: 'NOT_FOUND', entity: 'period' }) : ok(sums);
    });
  }
  listCosts(query: { voiceSeconds: readonly number[] }): Answer<Cents[]> {
    return this.#read((_book, { plan, currency }) =>
      ok(query.voiceSeconds.map((seconds) => listCost(plan, 'voice_minute', secondsToUnits(seconds), currency))),
    );
  }
  openMonths(query: { until: string } & Types.Clocked): Answer<{ period: string; invoice: Types.Invoice }[]> {
    const now = query.now ?? processNow();
    return this.#read(({ currency }, { timeZone: zone }) => {
      const last = this.#store.lastClosed();
      if (query.until >= periodOf(now, zone) || (last !== null && query.until <= last)) return ok([]);
      return ok(
        openMonths(this.#store, last, query.until).map((period) => ({
          period,
          invoice: monthInvoice(this.#store, { currency, zone }, period, now),
        })),
      );
    });
  }

  /** From the last checkpoint, or all of it; other requests are answered in between. */
  async verify(query: { full?: boolean } = {}): Promise<Answer<Types.VerifyResult>> {
    const { verifyInPages } = await verifying();
    const result = await verifyInPages(this.#sql, () => this.#store.book()?.book ?? null, query.full ?? false);
    return { result: ok(result), head: this.runtime.head() };
  }
  override async problems(): Promise<string[]> {
    const { result } = await this.verify({ full: true });
    if (!result.ok) return [result.error.code];
    return result.value.problems.map(
      ({ kind, seq, detail }) => `${kind}${seq === null ? '' : ` at ${seq}`}: ${detail}`,
    );
  }
  /** Sets changed entries back to what D1 witnesses and the chain proves: `repairEntries`. */
  repair(rows: readonly Types.WitnessRow[]): Repaired {
    const book = this.#store.book()?.book;
    return book === undefined ? { repaired: [], unproven: [] } : repairEntries(this.ctx.storage, book, rows);
  }
  /** Number and hash of the newest entry, and the hash under an earlier number: what is sealed every day, and compared with it. */
  sealable(query: { number?: number } = {}): { epoch: number; number: number; hash: string | null; at: string | null } {
    const book = this.#store.book()?.book ?? null;
    const [entry] = query.number === undefined ? [] : entriesAfter(this.#sql, query.number - 1, 1);
    return {
      epoch: this.runtime.head().epoch,
      number: book?.seq ?? 0,
      hash: book?.headHash ?? null,
      at: entry?.seq === query.number ? (entry?.hash ?? null) : null,
    };
  }

  /** Batches of metered events carry their name only: the events come back from the archive. */
  override async replay(commands: readonly LostCommand[]): Promise<Replayed[]> {
    const { chargeUsageBatch } = LEDGER_COMMANDS;
    const { UsageFiles } = await usageArchive();
    const files = new UsageFiles(platformOf(this.env), this.runtime.tenantId);
    const drained = new Map<string, readonly Types.MeteredEvent[]>();
    for (const { name, command } of commands) {
      if (name !== chargeUsageBatch.name) continue;
      const { batch, folders } = chargeUsageBatch.needs(command);
      drained.set(batch, await files.batch(batch, folders));
    }
    return this.runtime.replay(commands, drained);
  }

  /** Cursor: null → balances and usage first, then `e<number>` pages of entries, `t<cursor>` of top-ups, `x<key>` of transfers. */
  dump(cursor: string | null, limit: number): Types.DumpPage {
    const { epoch, seq } = this.runtime.head();
    const at = { epoch, seq };
    const size = Math.min(Math.max(1, limit), MAX_DUMP_ROWS);
    const stored = this.#store.book();
    if (!stored) return { tables: [], next: null };
    if (cursor === null) {
      const lines = this.#sql.exec('SELECT * FROM usage_lines').toArray();
      return {
        tables: [
          dumpedRows(LEDGER_TABLES.balances, [balanceRow(balanceView(stored.book), at)]),
          dumpedRows(
            LEDGER_TABLES.usage,
            lines.map((row) => usageRow(String(row['period']), lineOf(row), at)),
          ),
          dumpedRows(
            LEDGER_TABLES.statements,
            closeRows(this.#sql).flatMap(({ at: closedAt, invoice, statement }) =>
              statement === undefined ? [] : [statementRow({ at: closedAt, invoice, statement }, at)],
            ),
          ),
        ],
        next: 'e0',
      };
    }
    if (cursor.startsWith('e')) {
      const entries = entriesAfter(this.#sql, Number(cursor.slice(1)), size);
      const last = entries.at(-1);
      return {
        tables: [
          dumpedRows(
            LEDGER_TABLES.entries,
            entries.map((e) => entryRow(e, at)),
          ),
        ],
        next: last && entries.length === size ? `e${last.seq}` : 't',
      };
    }
    if (cursor.startsWith('x')) {
      const page = transfersAfter(this.#sql, cursor.slice(1), size);
      const last = page.at(-1);
      return {
        tables: [
          dumpedRows(
            LEDGER_TABLES.transfers,
            page.map((t) => transferRow(t, at)),
          ),
        ],
        next: last && page.length === size ? `x${last.key}` : null,
      };
    }
    const page = topupPage(this.#sql, cursor.slice(1) || undefined, size);
    return {
      tables: [
        dumpedRows(
          LEDGER_TABLES.topups,
          page.items.map((t) => topupRow(t, at)),
        ),
      ],
      next: page.nextCursor === null ? 'x' : `t${page.nextCursor}`,
    };
  }

  // ---------------------------------------------------------------- live

  /** The live balance; positions count entries. */
  override fetch(request: Request): Response {
    const asked = streamAsked(request);
    if (asked instanceof Response) return asked;
    const { after } = asked;
    const stored = this.#store.book();
    if (!stored) return new Response('no ledger', { status: 404 });
    const balance = balanceView(stored.book);
    const { epoch } = this.runtime;
    const inReach = after !== null && after.epoch === epoch && balance.sequence - after.seq <= MAX_BACKLOG;
    const missed = {
      entries: inReach && after ? entriesAfter(this.#sql, after.seq, MAX_BACKLOG) : [],
      topups: inReach && after ? topupsChangedSince(this.#sql, after.seq, MAX_BACKLOG + 1) : [],
    };
    return acceptStream(this.ctx, BALANCE_STREAM, asked, backlogOf({ balance, epoch }, after, missed));
  }
}
