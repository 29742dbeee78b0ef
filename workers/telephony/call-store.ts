/**
 * The call row: merges an event's facts into it (compare-and-swap, so that events worked on side by side lose nothing) and keeps its
 * money in step with the ledger. Called by the webhook job, inbound, functions, healing and reactions.
 */
import { asInstant, type Instant } from '../../shared/clock.ts';
import { isTestCall } from '../../shared/ids.ts';
import { sha256Hex } from '../object-runtime/hash.ts';
import { eraseCall } from '../storage/queries/erasures.ts';
import {
  type CallChange,
  type CallRow,
  callById,
  callsByIds,
  insertCall,
  replaceCall,
  replaceCalls,
} from '../storage/queries/calls.ts';
import { Gather, inOrder } from '../../shared/gather.ts';
import type { TenantDb } from '../storage/tenant-db.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import {
  type CallFacts,
  type CallKnowledge,
  type CallSource,
  customerIdOf,
  durationOf,
  endedAtOf,
  joinKnowledge,
  knowledgeOf,
  knownOf,
  sameKnowledge,
  settlementOf,
  statusOf,
  type TranscriptTurn,
  transcriptMark,
} from './call-lifecycle.ts';
import { type CallMoney, moneyOf } from './receipt.ts';

/** The longest that one call waits for the others. */
const TOGETHER_WITHIN_MS = 5;
/** D1 rows may be 2 MB; a transcript beyond this lies in R2. */
const INLINE_TRANSCRIPT_CHARS = 500_000;
/** Events of one call that are worked on at the same moment: a handful. */
const MAX_ROUNDS = 12;
/** Held on the balance when a call begins: minutes at the plan's price. */
export const HOLD_MINUTES = 5;
/** A hold that is neither settled nor voided expires; Retell ends calls after an hour. */
const HOLD_LIFE_MS = 2 * 3_600_000;
/** Entries of one call: hold, release, charge, rounding. */
const MAX_ENTRIES = 20;

interface MergedCall {
  row: CallRow;
  /** this event opened the row */
  opened: boolean;
  /** the row has more facts than before */
  changed: boolean;
}

interface Beside {
  turns?: readonly TranscriptTurn[];
  /** the object knows that whoever called was erased */
  erased?: boolean;
  /** default: each by itself */
  rows?: CallRows;
}

/** How rows of calls are read and replaced. */
interface CallRows {
  byId(id: string): Promise<CallRow | null>;
  /** null: another event got in between */
  replace(change: CallChange): Promise<CallRow | null>;
}

const eachByItself = (db: TenantDb): CallRows => ({
  byId: (id) => callById(db, id),
  replace: (change) => replaceCall(db, change),
});

/** For calls that are advanced side by side: read with one statement, replaced with one batch. Also called by jobs.ts. */
export function allAtOnce(db: TenantDb): CallRows {
  const read = new Gather<string, CallRow | null>(
    async (ids) => inOrder(ids, await callsByIds(db, ids)),
    TOGETHER_WITHIN_MS,
  );
  const replaced = new Gather<CallChange, CallRow | null>((changes) => replaceCalls(db, changes), TOGETHER_WITHIN_MS);
  return { byId: (id) => read.add(id), replace: (change) => replaced.add(change) };
}

/** Merges a source's facts into the call's row, opening it when it is new. */
async function mergeFacts(
  scope: TenantScope,
  callId: string,
  source: CallSource,
  facts: Omit<CallFacts, 'transcript'>,
  { turns = [], erased = false, rows = eachByItself(scope.db) }: Beside,
): Promise<MergedCall> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const known = await rows.byId(callId);
    if (known !== null && known.erasedAt === null && erased) {
      // The row was opened while its caller was erased.
      await eraseCall(scope.db, callId, scope.now);
      continue;
    }
    const isErased = known === null ? erased || (await isErasedCall(scope, callId)) : known.erasedAt !== null;
    const text = turns.length > 0 && !isErased ? JSON.stringify(turns) : null;
    const mark = text === null ? null : transcriptMark(text.length, sha256Hex(text).slice(0, 16));
    const given = knowledgeOf(source, {
      ...(isErased ? withoutPerson(facts, known?.direction ?? facts.direction ?? 'inbound') : facts),
      ...(mark === null ? {} : { transcript: mark }),
    });
    const before = (known?.knowledge ?? {}) as CallKnowledge;
    const after = joinKnowledge(before, given);
    if (known && sameKnowledge(before, after)) return { row: known, opened: false, changed: false };
    const mine = mark !== null && knownOf(after, 'transcript') === mark;
    const next = {
      ...moneyColumns(known),
      erasedAt: isErased ? (known?.erasedAt ?? scope.now) : null,
      ...columnsOf(callId, after, asInstant(known?.openedAt ?? scope.now)),
      ...(mine && text !== null && mark !== null
        ? await placed(scope, callId, text, mark)
        : { transcript: known?.transcript ?? null, transcriptKey: known?.transcriptKey ?? null }),
      updatedAt: scope.now,
    };
    const opened = { ...next, reviewedAt: null, reviewedBy: null, deletedAt: null, version: 1 };
    const written = known
      ? await rows.replace({ seen: known, next })
      : (await insertCall(scope.db, opened))
        ? { ...opened, tenantId: scope.tenantId }
        : null;
    if (written) return { row: written, opened: known === null, changed: true };
  }
  throw new Error(`call ${callId}: too many events at once`);
}

/** Whether the object knows that whoever called was erased: of a call without a row nobody else does. Also called by callbacks.ts. */
export async function isErasedCall(scope: TenantScope, callId: string): Promise<boolean> {
  const { result } = await scope.calendar.conversation({ now: scope.now, callId });
  return result.ok && result.value.erased;
}

/** What a call costs and how it ended, without what says who called or what was said. */
function withoutPerson(
  facts: Omit<CallFacts, 'transcript'>,
  direction: CallRow['direction'],
): Omit<CallFacts, 'transcript'> {
  const { summary: _summary, analysis: _analysis, recordingUrl: _url, customerId: _customer, ...rest } = facts;
  const { fromNumber: _from, toNumber: _to, ...neither } = rest;
  const { fromNumber, toNumber } = rest;
  if (direction === 'outbound') return fromNumber === undefined ? neither : { ...neither, fromNumber };
  return toNumber === undefined ? neither : { ...neither, toNumber };
}

const moneyColumns = (
  known: CallRow | null,
): Pick<CallRow, 'chargeState' | 'heldCents' | 'chargedCents' | 'currency' | 'money'> => ({
  chargeState: known?.chargeState ?? 'none',
  heldCents: known?.heldCents ?? 0,
  chargedCents: known?.chargedCents ?? null,
  currency: known?.currency ?? null,
  money: known?.money ?? null,
});

/** The row as far as it follows from what is known. */
export function columnsOf(callId: string, knowledge: CallKnowledge, openedAt: Instant) {
  return {
    id: callId,
    companyId: knownOf(knowledge, 'companyId'),
    branchId: knownOf(knowledge, 'branchId'),
    customerId: customerIdOf(knowledge),
    appointmentId: knownOf(knowledge, 'appointmentId'),
    agentId: knownOf(knowledge, 'agentId'),
    direction: knownOf(knowledge, 'direction') ?? ('inbound' as const),
    fromNumber: knownOf(knowledge, 'fromNumber'),
    toNumber: knownOf(knowledge, 'toNumber'),
    status: statusOf(knowledge),
    startedAt: knownOf(knowledge, 'startedAt') ?? openedAt,
    endedAt: endedAtOf(knowledge),
    durationMs: durationOf(knowledge),
    disconnectionReason: knownOf(knowledge, 'disconnectionReason'),
    language: knownOf(knowledge, 'language'),
    summary: knownOf(knowledge, 'summary'),
    sentiment: knownOf(knowledge, 'sentiment'),
    successful: knownOf(knowledge, 'successful'),
    recordingUrl: knownOf(knowledge, 'recordingUrl'),
    analysis: knownOf(knowledge, 'analysis'),
    costUsdMicros: knownOf(knowledge, 'costUsdMicros'),
    costParts: knownOf(knowledge, 'costParts'),
    knowledge: knowledge as Record<string, unknown>,
    openedAt,
  };
}

async function placed(
  scope: TenantScope,
  callId: string,
  text: string,
  mark: string,
): Promise<{ transcript: string | null; transcriptKey: string | null }> {
  if (text.length <= INLINE_TRANSCRIPT_CHARS) return { transcript: text, transcriptKey: null };
  return { transcript: null, transcriptKey: await scope.archive.put('transcripts', `${callId}/${mark}`, text) };
}

/** The turns of a call, wherever they lie. */
export async function transcriptOf(scope: TenantScope, row: CallRow): Promise<TranscriptTurn[]> {
  const text = row.transcript ?? (row.transcriptKey ? await scope.archive.get('transcripts', row.transcriptKey) : null);
  return text ? (JSON.parse(text) as TranscriptTurn[]) : [];
}

// ---------------------------------------------------------------- money

const keyOf = (callId: string): string => `call:${callId}`;

/** Brings the ledger to where the call stands: hold once when it opens, settle at the end, void without a conversation. Repeating changes nothing. */
async function settleCall(scope: TenantScope, row: CallRow): Promise<void> {
  // Nobody pays for trying the agent, and nothing is held for it.
  if (row.chargeState === 'captured' || isTestCall(row.id)) return;
  const refs = {
    referenceType: 'call' as const,
    referenceId: row.id,
    ...(row.companyId === null ? {} : { companyId: row.companyId }),
    ...(row.branchId === null ? {} : { branchId: row.branchId }),
  };
  const settlement = settlementOf(row.knowledge as CallKnowledge);
  // A call whose first event is its end also gets a hold: every order of events leaves the same entries.
  if (row.chargeState === 'none' && settlement.kind !== 'void') {
    const { result } = await scope.ledger.holdForCall({
      key: keyOf(row.id),
      estimateMinutes: HOLD_MINUTES,
      expiresAt: asInstant(row.openedAt + HOLD_LIFE_MS),
      refs: { referenceType: 'call', referenceId: row.id },
    });
    if (result.ok && settlement.kind === 'hold' && result.value.status === 'held') {
      await recordMoney(scope, row, {
        chargeState: 'held',
        heldCents: result.value.amountCents,
        currency: result.value.balance.currency,
      });
    }
    // Too little money, or suspended: the call is going on all the same, what it costs is charged at its end.
  }
  if (settlement.kind === 'void') {
    await releaseHold(scope, row);
  } else if (settlement.kind === 'settle') {
    const { result } = await scope.ledger.settleCall({
      key: keyOf(row.id),
      seconds: settlement.seconds,
      occurredAt: settlement.occurredAt ?? asInstant(row.openedAt),
      refs,
    });
    if (!result.ok) {
      // Charged before by the length of an earlier event: that charge stands (an invoice may show it already).
      if (result.error.code === 'IDEMPOTENCY_MISMATCH') return;
      throw new Error(`ledger refused to settle call ${row.id}: ${result.error.code}`);
    }
    const [terms, entries] = await Promise.all([
      // What it was priced by, not what is in force now.
      scope.ledger.terms({ at: settlement.occurredAt ?? asInstant(row.openedAt) }),
      scope.ledger.entries({ filter: { referenceId: row.id }, limit: MAX_ENTRIES }),
    ]);
    const money = moneyOf({
      seconds: settlement.seconds,
      charge: result.value,
      plan: terms.result.ok ? terms.result.value.terms.plan : null,
      entryIds: entries.result.ok ? entries.result.value.items.map((entry) => entry.id).reverse() : [],
    });
    await recordMoney(scope, row, {
      chargeState: 'captured',
      heldCents: 0,
      chargedCents: result.value.postedCents,
      currency: result.value.balance.currency,
      money: money satisfies CallMoney as unknown as Record<string, unknown>,
    });
  }
}

/** Nothing is charged for the call (as far as is known; a later settlement still charges). */
export async function releaseHold(scope: TenantScope, row: CallRow): Promise<void> {
  if (isTestCall(row.id)) return;
  await scope.ledger.voidCallHold({ key: keyOf(row.id) });
  await recordMoney(scope, row, { chargeState: 'released', heldCents: 0 });
}

type MoneyColumns = Partial<ReturnType<typeof moneyColumns>>;

/** @param row as it was read last; another event's write in between is read again */
async function recordMoney(scope: TenantScope, row: CallRow, money: MoneyColumns): Promise<void> {
  let known: CallRow | null = row;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    // A hold that answers after the settlement has nothing to say any more.
    if (!known || (known.chargeState === 'captured' && money.chargeState !== 'captured')) return;
    if (await replaceCall(scope.db, { seen: known, next: { ...money, updatedAt: scope.now } })) return;
    known = await callById(scope.db, row.id);
  }
  throw new Error(`call ${row.id}: too many events at once`);
}

/** What every event of a call leads to: the row, its money, and a notification of live subscribers. */
export async function advance(
  scope: TenantScope,
  callId: string,
  source: CallSource,
  facts: Omit<CallFacts, 'transcript'>,
  beside: Beside = {},
): Promise<MergedCall> {
  const merged = await mergeFacts(scope, callId, source, facts, beside);
  await settleCall(scope, merged.row);
  // A live view that misses this reads the row at its next look.
  if (merged.changed) await scope.calendar.announce({ event: 'call', id: callId }).catch(() => undefined);
  return merged;
}
