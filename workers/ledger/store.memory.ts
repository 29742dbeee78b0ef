/** The ledger in memory with the kit's manners (keys, replay, rollback): lets tests run the real commands under thousands of histories. */
import { asInstant, type Instant } from '../../shared/clock.ts';
import type { DomainError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { NewEvent } from '../object-runtime/events.ts';
import { canonicalJson, sha256Hex } from '../object-runtime/hash.ts';
import type { Decision } from '../object-runtime/command.ts';
import * as commands from './commands.ts';
import { balanceView, type Book } from './post.ts';
import type { LedgerStore, StoredHold } from './store.ts';
import type { ThresholdState } from './thresholds.ts';
import { type TopupRow, topupView } from './topup.ts';
import type * as Types from './types.ts';
import { verifyLedger } from './verify.ts';

interface State {
  book: { book: Book; thresholds: ThresholdState } | null;
  terms: Record<number, Types.Terms>;
  entries: Types.Entry[];
  topups: Record<string, TopupRow>;
  holds: Record<string, StoredHold>;
  lines: Record<string, Types.UsageLine>;
  closed: Record<string, number>;
  outcomes: Record<string, { input: string; outcome: string }>;
}

const TOOLS: commands.Tools = {
  hash: sha256Hex,
  canonical: canonicalJson,
};

/** A cheap stand-in for the chain hash where a test makes tens of thousands of entries and does not look at hashes. */
export const QUICK_TOOLS: commands.Tools = {
  hash: (text) => {
    let h = 5381;
    for (let i = 0; i < text.length; i++) h = (h * 33 + text.charCodeAt(i)) | 0;
    return (h >>> 0).toString(16).padStart(8, '0').repeat(8);
  },
  canonical: (value) => JSON.stringify(value),
};

export class MemoryLedger {
  state: State = { book: null, terms: {}, entries: [], topups: {}, holds: {}, lines: {}, closed: {}, outcomes: {} };
  events: NewEvent[] = [];
  now: Instant = asInstant(Date.UTC(2026, 10, 20, 9));
  readonly #tools: commands.Tools;
  readonly #store: LedgerStore;

  constructor(tools: commands.Tools = TOOLS) {
    this.#tools = tools;
    const state = (): State => this.state;
    this.#store = {
      book: () => state().book,
      saveBook: (book, thresholds) => {
        state().book = { book, thresholds };
      },
      terms: (version) => state().terms[version] as Types.Terms,
      addTerms: (version, terms) => {
        state().terms[version] = terms;
      },
      addEntries: (entries) => {
        state().entries = [...state().entries, ...entries];
      },
      topup: (id) => state().topups[id] ?? null,
      saveTopup: (row) => {
        state().topups = { ...state().topups, [row.id]: row };
      },
      hold: (key) => state().holds[key] ?? null,
      saveHold: (hold) => {
        state().holds = { ...state().holds, [hold.key]: hold };
      },
      used: (period, eventType, version) => {
        const lines = Object.entries(state().lines).filter(
          ([key, line]) => key.startsWith(`${period} `) && line.eventType === eventType,
        );
        return {
          units: lines.reduce((sum, [, line]) => sum + line.quantityUnits, 0),
          line: state().lines[`${period} ${eventType}@${version}`] ?? null,
        };
      },
      lines: (period) =>
        Object.entries(state().lines)
          .filter(([key]) => key.startsWith(`${period} `))
          .map(([, line]) => line),
      saveLine: (period, line) => {
        state().lines = { ...state().lines, [`${period} ${line.priceLine}`]: line };
      },
      isClosed: (period) => state().closed[period] !== undefined,
      closePeriod: (period, at) => {
        state().closed = { ...state().closed, [period]: at };
      },
      wakeAt: () => undefined,
    };
  }

  #run<I extends object, T>(
    key: string,
    input: I,
    decide: (store: LedgerStore, input: I, now: Instant, tools: commands.Tools) => Result<Decision<T>, DomainError>,
  ): Result<T, DomainError> {
    const text = canonicalJson(input);
    const known = this.state.outcomes[key];
    if (known) {
      return known.input === text ? ok(JSON.parse(known.outcome) as T) : err({ code: 'IDEMPOTENCY_MISMATCH', key });
    }
    const before = { ...this.state, terms: { ...this.state.terms } };
    const decided = decide(this.#store, input, this.now, this.#tools);
    if (!decided.ok) {
      this.state = before;
      return decided;
    }
    this.events.push(...decided.value.events);
    this.state.outcomes[key] = { input: text, outcome: JSON.stringify(decided.value.value) };
    return ok(decided.value.value);
  }

  putTerms = (c: Types.PutTerms) => this.#run(c.key, c, commands.putTerms);
  openTopup = (c: Types.OpenTopup) => this.#run(c.key, c, commands.openTopupCommand);
  recordTopup = (c: Types.RecordTopup) => this.#run(c.key, c, commands.recordTopup);
  topupProcessing = (c: Types.TopupProgress) =>
    this.#run(commands.logKeys.topupProcessing(c), c, commands.topupProcessing);
  topupFailed = (c: Types.TopupFailed) => this.#run(commands.logKeys.topupFailed(c), c, commands.topupFailed);
  reverseTopup = (c: Types.ReverseTopup) => this.#run(commands.logKeys.reverseTopup(c), c, commands.reverseTopup);
  holdForCall = (c: Types.HoldForCall) => this.#run(commands.logKeys.holdForCall(c), c, commands.holdForCall);
  settleCall = (c: Types.SettleCall) => this.#run(c.key, c, commands.settleCall);
  #release(key: string, as: 'voided' | 'expired') {
    return this.#run(commands.logKeys.releaseHold({ key, as }), { key, as }, commands.releaseHold);
  }
  voidCallHold = (c: { key: string }) => this.#release(c.key, 'voided');
  expireHold = (c: { key: string }) => this.#release(c.key, 'expired');
  chargeUsage = (c: Types.ChargeUsage) => this.#run(c.key, c, commands.chargeUsageCommand);
  adjust = (c: Types.Adjust) => this.#run(c.key, c, commands.adjust);
  closePeriod = (c: Types.ClosePeriod) => this.#run(c.key, c, commands.closePeriod);

  get book(): Book {
    if (!this.state.book) throw new Error('no terms yet');
    return this.state.book.book;
  }
  get balance(): Types.BalanceView {
    return balanceView(this.book);
  }
  topup(id: string): Types.Topup {
    const row = this.state.topups[id];
    const view = row ? topupView(row) : null;
    if (!view) throw new Error(`no top-up ${id}`);
    return view;
  }
  verify(): Types.VerifyResult {
    return verifyLedger(
      {
        book: this.book,
        entries: this.state.entries,
        holds: Object.values(this.state.holds),
        lines: Object.entries(this.state.lines).map(([key, line]) => ({ period: key.slice(0, 7), line })),
      },
      this.#tools,
    );
  }
}
