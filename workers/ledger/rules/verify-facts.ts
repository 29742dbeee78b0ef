/**
 * What of a ledger lies beside its entries and must follow from them: top-ups, price lines with their prices, terms, closed months. A fold over
 * entries whose small state can be kept between pages and in a checkpoint, and checks of the rows against it. Pure; called by `verify.ts`.
 *
 * A page of entries goes through `foldFacts`; when the last one is through, `lineProblems`, `termsProblems` and `closeProblems` judge the
 * rows by the state. Top-ups need no state: `topupProblems` takes one row with the entries that point at it, so they are gone through page by
 * page on their own.
 */
import { asCents, asMicros, centsToMicros, type Micros } from '../../../shared/money.ts';
import type { Account, Attests, Entry, UsageLine, VerifyProblem } from '../types.ts';
import { CREDIT } from './accrue.ts';
import { attestedCloses, attestedTerms, type CloseRow, type TermsRow } from './attest.ts';
import { invoiceOf } from './invoice.ts';
import type { Cause } from './post.ts';
import { chargeOf, unitPriceOf } from './pricing.ts';
import { feeOfDays } from '../../../shared/pricing-months.ts';
import { standingOf } from './refund.ts';
import { statementProblems } from './statement.ts';
import type { TopupRow } from './topup.ts';

type Tools = Pick<Cause, 'hash' | 'canonical'>;

/** What the entries so far say; plain JSON, so that a checkpoint can keep it. Its size is that of the price lines. */
export interface EntryFacts {
  /** by `{period}:{price line}` */
  lines: Record<string, { postedMicros: number; exactMicros: number }>;
  /** the newest of each kind that an entry vouches for */
  attested: Attests;
}

export const noEntryFacts = (): EntryFacts => ({ lines: {}, attested: {} });

/** Adds an entry. The state is the fold's own and is changed. */
export function foldFacts(facts: EntryFacts, entry: Entry): EntryFacts {
  const { priceLine, attests } = entry;
  if (priceLine !== null) {
    const known = facts.lines[priceLine];
    const line = known ?? { postedMicros: 0, exactMicros: 0 };
    if (!known) facts.lines[priceLine] = line;
    line.postedMicros += entry.postings.find((p) => p.account === 'usage_revenue')?.amountMicros ?? 0;
    line.exactMicros += entry.exactMicros ?? 0;
  }
  if (attests) facts.attested = { ...facts.attested, ...attests };
  return facts;
}

export interface StoredLine {
  period: string;
  line: UsageLine;
}

const problem = (kind: VerifyProblem['kind'], seq: number | null, detail: string): VerifyProblem => ({
  kind,
  seq,
  detail,
});

/** Version of the terms that a price line names. */
const versionOf = (priceLine: string): number => Number(priceLine.split('@')[1]?.split(':')[0]);

/** Posted and exact amounts of each price line by the entries, its price by the terms it names, its exact amount by its price. */
export function lineProblems(
  facts: EntryFacts,
  lines: readonly StoredLine[],
  terms: readonly TermsRow[],
): VerifyProblem[] {
  const problems: VerifyProblem[] = [];
  const left = new Set(Object.keys(facts.lines));
  const plans = new Map(terms.map((row) => [row.version, row.terms.plan]));
  for (const { period, line } of lines) {
    const name = `${period}:${line.priceLine}`;
    const said = `${period} ${line.priceLine}`;
    left.delete(name);
    const { postedMicros, exactMicros } = facts.lines[name] ?? { postedMicros: 0, exactMicros: 0 };
    if (postedMicros !== line.postedMicros)
      problems.push(problem('usage', null, `${said}: line ${line.postedMicros}, entries ${postedMicros}`));
    if (exactMicros !== line.exactMicros)
      problems.push(problem('usage', null, `${said}: exact ${line.exactMicros}, entries ${exactMicros}`));
    const plan = plans.get(versionOf(line.priceLine));
    if (!plan) {
      problems.push(problem('terms', null, `${said}: there are no such terms`));
      continue;
    }
    const { priceMicros } = unitPriceOf(plan, line.eventType);
    if (priceMicros !== line.unitPriceMicros)
      problems.push(problem('terms', null, `${said}: priced at ${line.unitPriceMicros}, terms say ${priceMicros}`));
    const due = chargeOf(line.billableUnits, { unitsPerOne: line.unitsPerOne, priceMicros: line.unitPriceMicros });
    if (!line.priceLine.endsWith(CREDIT) && due !== line.exactMicros)
      problems.push(problem('usage', null, `${said}: exact ${line.exactMicros}, units and price say ${due}`));
  }
  for (const name of left) problems.push(problem('usage', null, `${name}: entries without a line`));
  return problems;
}

/** Whether the terms are those that entries vouch for. @param rows in order of their versions */
export function termsProblems(facts: EntryFacts, rows: readonly TermsRow[], tools: Tools): VerifyProblem[] {
  const { terms } = facts.attested;
  if (terms === undefined || attestedTerms(rows, Number(terms.split(':')[0]), tools) === terms) return [];
  return [
    problem('terms', null, `the terms up to version ${terms.split(':')[0]} are not those that entries vouch for`),
  ];
}

/**
 * Whether the closed months are those that entries vouch for, and what was stored of each is what its lines come to.
 * @param closes in order of the months
 */
export function closeProblems(
  facts: EntryFacts,
  closes: readonly CloseRow[],
  lines: readonly StoredLine[],
  terms: readonly TermsRow[],
  tools: Tools,
): VerifyProblem[] {
  const problems: VerifyProblem[] = [];
  const attested = facts.attested.closes;
  const period = attested?.split(':')[0];
  if (period !== undefined && attestedCloses(closes, period, tools) !== attested)
    problems.push(problem('close', null, `the closed months up to ${period} are not those that entries vouch for`));
  const statements = closes.flatMap(({ statement }) => (statement === undefined ? [] : [statement]));
  problems.push(...statementProblems(statements).map((detail) => problem('close', null, detail)));
  for (const { period: closed, invoice } of closes) {
    const row = terms.find(({ version }) => version === invoice.termsVersion);
    const own = lines.filter((one) => one.period === closed).map(({ line }) => line);
    if (!row || tools.canonical(invoiceOf(row.terms, row.version, own, invoice.fees)) !== tools.canonical(invoice))
      problems.push(problem('close', null, `${closed}: the stored invoice lines are not what its usage comes to`));
    for (const part of invoice.fees ?? []) {
      const said = terms.find(({ version }) => version === part.termsVersion)?.terms.plan.baseFeeMicros;
      const due = feeOfDays(part.feeMicros, part.days, part.ofDays, invoice.currency);
      if (said !== part.feeMicros || due !== part.amountCents)
        problems.push(problem('close', null, `${closed}: the base fee is not what its terms and days come to`));
    }
  }
  return problems;
}

/**
 * Whether what a top-up says of itself is what its entries moved, and what its facts ask for.
 * @param entries that point at it, in order
 */
export function topupProblems(row: TopupRow, entries: readonly Entry[]): VerifyProblem[] {
  const { asked, facts, applied } = row;
  const complain = (detail: string): VerifyProblem =>
    problem('topup', entries.at(-1)?.seq ?? null, `${row.id}: ${detail}`);
  const sums = new Map<Account, number>();
  for (const { postings } of entries)
    for (const { account, amountMicros } of postings) sums.set(account, (sums.get(account) ?? 0) + amountMicros);
  const moved = (...accounts: Account[]): Micros =>
    asMicros(accounts.reduce((sum, account) => sum + (sums.get(account) ?? 0), 0));
  const micros = (cents: number): Micros => centsToMicros(asCents(cents), asked.currency);
  const problems: VerifyProblem[] = [];
  const expect = (what: string, cents: number, posted: Micros): void => {
    if (micros(cents) !== posted) problems.push(complain(`${what} ${micros(cents)}, entries ${posted}`));
  };
  expect('paid', entries.length === 0 ? 0 : asked.amountCents + asked.vatCents, asMicros(-moved('cash')));
  // Bonus and what is withheld of it can't be told apart by account: given less withheld is what was given away.
  expect('bonus', applied.bonusCents - applied.withheldCents, asMicros(-moved('bonus_expense')));
  expect('net', applied.netCents + applied.bonusCents - applied.withheldCents, moved('prepaid', 'bonus'));
  expect('VAT', applied.vatCents, moved('vat_output'));
  expect('refunds', applied.refundsCents, moved('refunds'));
  expect('clearing', applied.clearingCents, moved('clearing'));
  const target = standingOf(asked, facts);
  for (const part of Object.keys(target) as (keyof typeof target)[])
    if (target[part] !== applied[part])
      problems.push(complain(`${part} stands at ${applied[part]}, its facts ask for ${target[part]}`));
  return problems;
}
