/**
 * The tenant's money: one instance per tenant, named by tenant id. RPC surface over the kit; rules are in the files beside. Reached
 * through `client.ts` only.
 */
import { DurableObject } from 'cloudflare:workers';
import { asInstant, type Instant, processNow } from '../../shared/clock.ts';
import type { DomainError } from '../../shared/errors.ts';
import { asCents, asMicros, microsToCentsExact } from '../../shared/money.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Head } from '../object-runtime/events.ts';
import { canonicalJson, type JsonObject, sha256Hex } from '../object-runtime/hash.ts';
import { type CommandDefinition, type Decision, Kit } from '../object-runtime/kit.ts';
import { acceptStream, broadcast, STREAM_HANDLERS, streamAsked } from '../object-runtime/streams.ts';
import { type Env, platformOf } from '../env.ts';
import { knownHead, projectionSink } from '../projection/apply.ts';
import { effectsSink } from '../projection/effects.ts';
import { balanceRow, entryRow, LEDGER_TABLES, projectLedger, topupRow, usageRow } from '../projection/ledger.ts';
import { periodOf } from './charge.ts';
import * as commands from './commands.ts';
import { estimateOf, spendCheck } from './hold.ts';
import { BALANCE_STREAM, backlogOf, MAX_BACKLOG, messagesOf } from './live.ts';
import { type Book, balanceView } from './post.ts';
import {
  allEntries,
  DEFAULT_PAGE,
  entriesAfter,
  entryById,
  entryPage,
  periodLines,
  topupPage,
  topupsChangedSince,
  usageView,
} from './queries.ts';
import { effectsOf } from './react.ts';
import { holdOf, LEDGER_MIGRATIONS, lapsedHolds, lineOf, nextExpiry, sqlStore } from './schema.ts';
import type { LedgerStore } from './store.ts';
import { amountRefusal, MAX_TOPUP_CENTS, MIN_TOPUP_CENTS, previewTopup, topupView } from './topup.ts';
import type * as Types from './types.ts';
import { decideVat } from './vat.ts';
import { verifyLedger } from './verify.ts';

const TOOLS: commands.Tools = { hash: sha256Hex, canonical: canonicalJson };

/** Holds released per wake; the rest on the next alarm. */
const EXPIRIES_PER_WAKE = 200;
/** Rows of a dump page. */
const MAX_DUMP_ROWS = 500;
/** Wake again at once when more holds have lapsed than one wake releases. */
const SOON_MS = 100;

type Answer<T> = Types.LedgerAnswer<T>;

export class TenantLedger extends DurableObject<Env> {
  readonly #kit: Kit;
  readonly #store: LedgerStore;
  readonly #sql: SqlStorage;

  readonly #putTerms = this.#define<Types.PutTerms, { version: number }>('putTerms', (c, now) =>
    commands.putTerms(this.#store, c, now),
  );
  readonly #openTopup = this.#define<Types.OpenTopup, Types.TopupResult>('openTopup', (c, now) =>
    commands.openTopupCommand(this.#store, c, now, TOOLS),
  );
  readonly #linkTopup = this.#define<Types.LinkTopup, Types.TopupResult>('linkTopup', (c, now) =>
    commands.linkTopup(this.#store, c, now, TOOLS),
  );
  readonly #recordTopup = this.#define<Types.RecordTopup, Types.TopupResult>('recordTopup', (c, now) =>
    commands.recordTopup(this.#store, c, now, TOOLS),
  );
  readonly #topupProcessing = this.#define<Types.TopupProgress, Types.TopupResult>('topupProcessing', (c, now) =>
    commands.topupProcessing(this.#store, c, now, TOOLS),
  );
  readonly #topupFailed = this.#define<Types.TopupFailed, Types.TopupResult>('topupFailed', (c, now) =>
    commands.topupFailed(this.#store, c, now, TOOLS),
  );
  readonly #reverseTopup = this.#define<Types.ReverseTopup, Types.TopupResult>('reverseTopup', (c, now) =>
    commands.reverseTopup(this.#store, c, now, TOOLS),
  );
  readonly #holdForCall = this.#define<Types.HoldForCall, Types.HoldResult>('holdForCall', (c, now) =>
    commands.holdForCall(this.#store, c, now, TOOLS),
  );
  readonly #settleCall = this.#define<Types.SettleCall, Types.ChargeResult>('settleCall', (c, now) =>
    commands.settleCall(this.#store, c, now, TOOLS),
  );
  readonly #releaseHold = this.#define<
    { key: string; as: 'voided' | 'expired' },
    { released: boolean; balance: Types.BalanceView }
  >('releaseHold', (c, now) => commands.releaseHold(this.#store, c, now, TOOLS));
  readonly #chargeUsage = this.#define<Types.ChargeUsage, Types.ChargeResult>('chargeUsage', (c, now) =>
    commands.chargeUsageCommand(this.#store, c, now, TOOLS),
  );
  readonly #adjust = this.#define<Types.Adjust, { entry: Types.Entry; balance: Types.BalanceView }>(
    'adjust',
    (c, now) => commands.adjust(this.#store, c, now, TOOLS),
  );
  readonly #closePeriod = this.#define<
    Types.ClosePeriod,
    { period: string; entryIds: Types.Entry['id'][]; balance: Types.BalanceView }
  >('closePeriod', (c, now) => commands.closePeriod(this.#store, c, now, TOOLS));

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#sql = ctx.storage.sql;
    this.#store = sqlStore(this.#sql, {
      epoch: () => this.#kit.epoch,
      previousHeadHash: () => this.#kit.previousHeadHash,
      wakeAt: (at) => this.#kit.wakeAt(at),
    });
    this.#kit = new Kit({
      ctx,
      kind: 'ledger',
      migrations: LEDGER_MIGRATIONS,
      commands: [
        this.#putTerms,
        this.#openTopup,
        this.#linkTopup,
        this.#recordTopup,
        this.#topupProcessing,
        this.#topupFailed,
        this.#reverseTopup,
        this.#holdForCall,
        this.#settleCall,
        this.#releaseHold,
        this.#chargeUsage,
        this.#adjust,
        this.#closePeriod,
      ],
      sinks: (tenantId) => [
        projectionSink(platformOf(env), tenantId, 'ledger', projectLedger, {
          headHash: () => this.#store.book()?.book.headHash ?? null,
          now: processNow,
        }),
        effectsSink(platformOf(env), tenantId, effectsOf, processNow),
      ],
      knownHead: (tenantId) => knownHead(platformOf(env), tenantId, 'ledger'),
      headHash: () => this.#store.book()?.book.headHash ?? null,
      wake: (now) => this.#expireHolds(now),
      committed: (events) =>
        broadcast(
          ctx,
          BALANCE_STREAM,
          messagesOf(events, (micros) => microsToCentsExact(asMicros(micros), this.#currency())),
        ),
    });
  }

  /** Ledger keys live for ever. A command holds ids and numbers only, so it is its own record. */
  #define<I, T>(
    name: string,
    decide: (input: I, now: Instant) => Result<Decision<T>, DomainError>,
  ): CommandDefinition<I, T> {
    return { name, keepMs: null, decide, record: (input) => input as unknown as JsonObject };
  }

  /** Runs a command under its log key; the request's clock is no part of what is hashed. */
  #run<I extends Types.Clocked, T>(
    definition: CommandDefinition<Omit<I, 'now'>, T>,
    logKey: string,
    command: I,
  ): Answer<T> {
    const { now, ...input } = command;
    return this.#kit.run(definition, logKey, input, now ?? processNow());
  }

  #currency(): string {
    return this.#store.book()?.book.currency ?? 'EUR';
  }

  #expireHolds(now: Instant): Instant | null {
    const lapsed = lapsedHolds(this.#sql, now, EXPIRIES_PER_WAKE);
    for (const key of lapsed) {
      const input = { key, as: 'expired' as const };
      this.#kit.run(this.#releaseHold, commands.logKeys.releaseHold(input), input, now);
    }
    return lapsed.length === EXPIRIES_PER_WAKE ? asInstant(now + SOON_MS) : nextExpiry(this.#sql);
  }

  // ---------------------------------------------------------------- commands

  putTerms(command: Types.PutTerms): Answer<{ version: number }> {
    return this.#run(this.#putTerms, command.key, command);
  }
  openTopup(command: Types.OpenTopup): Answer<Types.TopupResult> {
    return this.#run(this.#openTopup, command.key, command);
  }
  linkTopup(command: Types.LinkTopup): Answer<Types.TopupResult> {
    return this.#run(this.#linkTopup, commands.logKeys.linkTopup(command), command);
  }
  recordTopup(command: Types.RecordTopup): Answer<Types.TopupResult> {
    return this.#run(this.#recordTopup, command.key, command);
  }
  topupProcessing(command: Types.TopupProgress): Answer<Types.TopupResult> {
    return this.#run(this.#topupProcessing, commands.logKeys.topupProcessing(command), command);
  }
  topupFailed(command: Types.TopupFailed): Answer<Types.TopupResult> {
    return this.#run(this.#topupFailed, commands.logKeys.topupFailed(command), command);
  }
  reverseTopup(command: Types.ReverseTopup): Answer<Types.TopupResult> {
    return this.#run(this.#reverseTopup, commands.logKeys.reverseTopup(command), command);
  }
  holdForCall(command: Types.HoldForCall): Answer<Types.HoldResult> {
    const { now, ...input } = command;
    return this.#kit.run(this.#holdForCall, commands.logKeys.holdForCall(command), input, now ?? processNow());
  }
  settleCall(command: Types.SettleCall): Answer<Types.ChargeResult> {
    return this.#run(this.#settleCall, command.key, command);
  }
  voidCallHold(command: Types.VoidCallHold): Answer<{ released: boolean; balance: Types.BalanceView }> {
    const input = { key: command.key, as: 'voided' as const };
    return this.#kit.run(this.#releaseHold, commands.logKeys.releaseHold(input), input, command.now ?? processNow());
  }
  chargeUsage(command: Types.ChargeUsage): Answer<Types.ChargeResult> {
    return this.#run(this.#chargeUsage, command.key, command);
  }
  adjust(command: Types.Adjust): Answer<{ entry: Types.Entry; balance: Types.BalanceView }> {
    return this.#run(this.#adjust, command.key, command);
  }
  closePeriod(
    command: Types.ClosePeriod,
  ): Answer<{ period: string; entryIds: Types.Entry['id'][]; balance: Types.BalanceView }> {
    return this.#run(this.#closePeriod, command.key, command);
  }

  // ---------------------------------------------------------------- reads

  #read<T>(read: (book: Book, terms: Types.Terms) => Result<T>): Answer<T> {
    const stored = this.#store.book();
    const head = this.#kit.head();
    if (!stored) return { result: err({ code: 'NOT_FOUND', entity: 'ledger' }), head };
    return { result: read(stored.book, this.#store.terms(stored.book.termsVersion)), head };
  }

  terms(): Answer<{ terms: Types.Terms; version: number }> {
    return this.#read((book, terms) => ok({ terms, version: book.termsVersion }));
  }
  balance(): Answer<Types.BalanceView> {
    return this.#read((book) => ok(balanceView(book)));
  }
  canSpend(query: Types.Estimate & Types.Clocked): Answer<Types.SpendCheck> {
    const now = query.now ?? processNow();
    return this.#read((book, terms) =>
      ok(
        spendCheck(
          book,
          terms,
          estimateOf(query, terms, commands.usedMinutes(this.#store, terms, book.termsVersion, now)),
        ),
      ),
    );
  }
  previewTopup(query: { amountCents: Types.Topup['amountCents'] } & Types.Clocked): Answer<Types.TierPreview> {
    return this.#read((_book, terms) => {
      const refusal = amountRefusal(query.amountCents, 'manual');
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
      const view = row ? topupView(row) : null;
      return view ? ok(view) : err({ code: 'NOT_FOUND', entity: 'topup' });
    });
  }
  topups(query: { cursor?: string; limit?: number } = {}): Answer<Types.Page<Types.Topup>> {
    return this.#read(() => ok(topupPage(this.#sql, query.cursor, query.limit ?? DEFAULT_PAGE)));
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
    return this.#read((_book, terms) => {
      const period = query.period ?? periodOf(query.now ?? processNow(), terms.timeZone);
      if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(period)) {
        return err({ code: 'VALIDATION_ERROR', errors: { period: ['YYYY-MM'] } });
      }
      return ok(usageView(terms, period, this.#store.isClosed(period), periodLines(this.#sql, period)));
    });
  }

  verify(): Answer<Types.VerifyResult> {
    const holds = this.#sql.exec("SELECT * FROM holds WHERE status = 'held'").toArray().map(holdOf);
    const lines = this.#sql
      .exec('SELECT * FROM usage_lines')
      .toArray()
      .map((row) => ({ period: String(row['period']), line: lineOf(row) }));
    const book = this.#store.book()?.book ?? null;
    return {
      result: ok(verifyLedger({ book, entries: allEntries(this.#sql), holds, lines }, TOOLS)),
      head: this.#kit.head(),
    };
  }

  /** Cursor: null → balances and usage first, then `e<number>` pages of entries, then `t<cursor>` pages of top-ups. */
  dump(cursor: string | null, limit: number): Types.DumpPage {
    const { epoch, seq } = this.#kit.head();
    const at = { epoch, seq };
    const size = Math.min(Math.max(1, limit), MAX_DUMP_ROWS);
    const stored = this.#store.book();
    if (!stored) return { tables: [], next: null };
    if (cursor === null) {
      const lines = this.#sql.exec('SELECT * FROM usage_lines').toArray();
      return {
        tables: [
          { table: LEDGER_TABLES.balances, rows: [balanceRow(balanceView(stored.book), at)] },
          { table: LEDGER_TABLES.usage, rows: lines.map((row) => usageRow(String(row['period']), lineOf(row), at)) },
        ],
        next: 'e0',
      };
    }
    if (cursor.startsWith('e')) {
      const entries = entriesAfter(this.#sql, Number(cursor.slice(1)), size);
      const last = entries.at(-1);
      return {
        tables: [{ table: LEDGER_TABLES.entries, rows: entries.map((e) => entryRow(e, at)) }],
        next: last && entries.length === size ? `e${last.seq}` : 't',
      };
    }
    const page = topupPage(this.#sql, cursor.slice(1) || undefined, size);
    return {
      tables: [{ table: LEDGER_TABLES.topups, rows: page.items.map((t) => topupRow(t, at)) }],
      next: page.nextCursor === null ? null : `t${page.nextCursor}`,
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
    const { epoch } = this.#kit;
    const inReach = after !== null && after.epoch === epoch && balance.sequence - after.seq <= MAX_BACKLOG;
    const missed = {
      entries: inReach && after ? entriesAfter(this.#sql, after.seq, MAX_BACKLOG) : [],
      topups: inReach && after ? topupsChangedSince(this.#sql, after.seq, MAX_BACKLOG + 1) : [],
    };
    return acceptStream(this.ctx, BALANCE_STREAM, backlogOf({ balance, epoch }, after, missed));
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
    return this.ctx.getWebSockets(BALANCE_STREAM).length;
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
  beginRestore(input: Parameters<Kit['beginRestore']>[0]): ReturnType<Kit['beginRestore']> {
    return this.#kit.beginRestore(input);
  }
  replay(commandsToReplay: Parameters<Kit['replay']>[0]) {
    return this.#kit.replay(commandsToReplay);
  }
  resume(): void {
    this.#kit.resume();
  }
  projectionCursor(): ReturnType<Kit['projectionCursor']> {
    return this.#kit.projectionCursor();
  }
  finishRestore(): Head {
    return this.#kit.finishRestore();
  }
}
