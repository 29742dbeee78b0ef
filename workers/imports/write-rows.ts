/**
 * What the run does with rows: customers are made together with the note of it on their row, in one transaction, under ids that follow from
 * the import and the row, so that killed anywhere and begun again nothing is made twice. Called by jobs.ts.
 */
import { bytesOfHash, newId } from '../../shared/ids.ts';
import type { RowResult } from '../../shared/import-sets.ts';
import { updateCustomer } from '../crm/commands/update-customer.ts';
import { createTag } from '../crm/commands/create-tag.ts';
import { auditWrites } from '../identity/audit.ts';
import { sha256Hex } from '../object-runtime/hash.ts';
import { consentWrites, type NewConsent } from '../storage/queries/consents.ts';
import { belongingsOf, customerInsert, customerRow } from '../storage/queries/customers.ts';
import {
  customersByEmails,
  customersOnLines,
  type ImportedRow,
  type ImportRow,
  lineKey,
  ownRows,
  rowDone,
  tagsByNames,
} from '../storage/queries/imports.ts';
import { tagsPut } from '../storage/queries/tags.ts';
import type { Write } from '../storage/tenant-db.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import type { ReadCustomer } from './rules/read-row.ts';

/** Customers of one transaction: some two hundred statements, which D1 takes in one call. */
const MADE_AT_ONCE = 25;
const MAX_TAGS = 20;
const MAX_LINES = 5;

/** The same row of the same import is the same customer. */
const idOf = (noun: 'customer' | 'consent' | 'tag', { id, createdAt }: ImportRow, cause: string): string =>
  newId(noun, createdAt, bytesOfHash(sha256Hex(`import ${id} ${cause}`)));

/** What becomes of a row. */
type Plan = { row: ImportedRow; read: ReadCustomer } & (
  | { verb: 'make' }
  | { verb: 'update'; customerId: string }
  | { verb: 'skip'; customerId: string | null }
);

/** Somebody who came since the check (a caller, a colleague's entry) is not made again. */
async function cameSince(
  scope: TenantScope,
  importId: string,
  rows: readonly { row: ImportedRow; read: ReadCustomer }[],
): Promise<Map<number, string>> {
  const fresh = rows.filter(({ row }) => row.outcome === 'new');
  const [onLines, byEmail] = await Promise.all([
    customersOnLines(
      scope.db,
      fresh.flatMap(({ read }) => read.lines.map(({ e164 }) => e164)),
    ),
    customersByEmails(
      scope.db,
      fresh.flatMap(({ read }) => read.email ?? []),
    ),
  ]);
  const own = await ownRows(scope.db, importId, [...new Set([...onLines, ...byEmail].map(({ id }) => id))]);
  const others = [...onLines, ...byEmail].filter(({ id }) => !own.has(id));
  return new Map(
    fresh.flatMap(({ row, read }) => {
      const keys = [...read.lines.map(lineKey), read.email];
      const found = others.find(({ key }) => keys.includes(key));
      return found === undefined ? [] : [[row.row, found.id] as const];
    }),
  );
}

function planOf(row: ImportedRow, read: ReadCustomer, made: ImportRow, since: ReadonlyMap<number, string>): Plan {
  const came = since.get(row.row);
  if (came !== undefined) return { row, read, verb: 'skip', customerId: came };
  if (row.outcome === 'new') return { row, read, verb: 'make' };
  const verb = row.choice ?? (row.by === 'name' ? made.byName : made.byNumber);
  const [first = null] = row.matches;
  if (verb === 'make') return { row, read, verb };
  // A row that repeats another of the file has nobody to update: the first of them was made by this very run.
  if (verb === 'update' && first !== null) return { row, read, verb, customerId: first };
  return { row, read, verb: 'skip', customerId: first };
}

/** Ids of the tags with these names; those that are missing are made, under ids that follow from the import and the name. */
async function tagIdsOf(scope: TenantScope, made: ImportRow, names: readonly string[]): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  const wanted = new Map(names.map((name) => [name.toLowerCase(), name]));
  for (const { id, name } of await tagsByNames(scope.db, [...wanted.values()]))
    if (!ids.has(name.toLowerCase())) ids.set(name.toLowerCase(), id);
  for (const [key, name] of wanted) {
    if (ids.has(key)) continue;
    const tag = await createTag(scope, { id: idOf('tag', made, key), name });
    if (tag.ok) ids.set(key, tag.value.id);
  }
  return ids;
}

const consentsOf = (scope: TenantScope, made: ImportRow, plan: Plan, customerId: string): NewConsent[] =>
  plan.read.consents.map(({ purpose, channel }) => ({
    id: idOf('consent', made, `${plan.row.row} ${purpose} ${channel}`),
    customerId,
    purpose,
    channel,
    state: 'given' as const,
    textVersion: null,
    at: plan.read.consentAt ?? scope.now,
    way: 'import' as const,
    proof: plan.read.consentSource,
    recordedBy: made.createdBy,
    createdAt: scope.now,
  }));

function madeWrites(
  scope: TenantScope,
  made: ImportRow,
  plan: Plan,
  tagIds: ReadonlyMap<string, string>,
): { id: string; writes: Write[] } {
  const { read, row } = plan;
  const id = idOf('customer', made, String(row.row));
  const { firstName, lastName, email, language, vip, notes, lines } = read;
  const fields = { firstName, lastName, email, language, vip, notes };
  const tags = [...new Set(read.tags.flatMap((name) => tagIds.get(name.toLowerCase()) ?? []))];
  const consents = consentsOf(scope, made, plan, id);
  return {
    id,
    writes: [
      ...customerInsert(
        scope.db,
        { id, ...fields, source: 'import', createdAt: scope.now, updatedAt: scope.now },
        lines,
        true,
      ),
      ...(tags.length === 0 ? [] : tagsPut(scope.db, id, tags)),
      ...(consents.length === 0 ? [] : consentWrites(scope.db, consents)),
      ...auditWrites(scope, {
        log: 'customers',
        description: 'customer.created',
        subjectType: 'customer',
        subjectId: id,
        causer: made.createdBy,
        after: {
          ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== false)),
          source: 'import',
          ...(tags.length === 0 ? {} : { tags }),
          ...(lines.length === 0 ? {} : { phones: lines.map(({ e164 }) => e164) }),
        },
      }),
      rowDone(scope.db, made.id, row.row, 'made', id),
    ],
  };
}

/** Empty fields of somebody who is there get what the row says; a number, tags and consents are added. Again, it changes nothing. */
async function update(
  scope: TenantScope,
  made: ImportRow,
  plan: Plan & { verb: 'update' },
  tagIds: ReadonlyMap<string, string>,
): Promise<RowResult> {
  const { customerId, read } = plan;
  const [known, belongings] = await Promise.all([
    customerRow(scope.db, customerId),
    belongingsOf(scope.db, [customerId]),
  ]);
  if (known === null || known.deletionRequestedAt !== null) return 'failed';
  const { phones = [], tags = [] } = belongings.get(customerId) ?? {};
  const present = tags.map(({ id }) => id);
  const more = read.tags.flatMap((name) => tagIds.get(name.toLowerCase()) ?? []).filter((id) => !present.includes(id));
  const lines = phones.map(({ e164, extension }) => ({ e164, extension }));
  const newLines = read.lines.filter((line) => !lines.some((one) => lineKey(one) === lineKey(line)));
  const isNameless = known.firstName === null && known.lastName === null;
  const changed = await updateCustomer(scope, {
    id: customerId,
    expectedVersion: known.version,
    change: {
      ...(isNameless || (known.firstName === null && known.lastName === read.lastName)
        ? { firstName: read.firstName }
        : {}),
      ...(isNameless || (known.lastName === null && known.firstName === read.firstName)
        ? { lastName: read.lastName }
        : {}),
      ...(known.email === null ? { email: read.email } : {}),
      ...(known.language === null ? { language: read.language } : {}),
      ...(known.notes === null || known.notes === '' ? { notes: read.notes } : {}),
      ...(read.vip && !known.vip ? { vip: true } : {}),
      ...(newLines.length === 0 ? {} : { lines: [...lines, ...newLines].slice(0, Math.max(MAX_LINES, lines.length)) }),
      ...(more.length === 0 ? {} : { tagIds: [...present, ...more].slice(0, Math.max(MAX_TAGS, present.length)) }),
    },
  });
  if (!changed.ok) return 'failed';
  const consents = consentsOf(scope, made, plan, customerId);
  if (consents.length > 0) await scope.db.batch(consentWrites(scope.db, consents));
  return 'updated';
}

/** Works on rows that have no result yet. Answers what became of all of them, those of an earlier attempt too. */
export async function writeRows(
  scope: TenantScope,
  made: ImportRow,
  rows: readonly ImportedRow[],
): Promise<Record<RowResult, number>> {
  const results = new Map<number, RowResult>();
  const register: string[] = [];
  for (const row of rows) {
    if (row.result !== null) results.set(row.row, row.result);
    // Killed between the rows and the calendar: it is told again.
    if (row.result === 'made' && row.customerId !== null) register.push(row.customerId);
  }
  const open = rows
    .filter((row) => row.outcome !== 'refused' && row.result === null)
    .map((row) => ({ row, read: row.read as ReadCustomer }));
  const since = await cameSince(scope, made.id, open);
  const plans = open.map(({ row, read }) => planOf(row, read, made, since));
  const tagIds = await tagIdsOf(
    scope,
    made,
    plans.filter(({ verb }) => verb !== 'skip').flatMap(({ read }) => read.tags),
  );
  const making = plans.filter(({ verb }) => verb === 'make');
  for (let i = 0; i < making.length; i += MADE_AT_ONCE) {
    const some = making.slice(i, i + MADE_AT_ONCE).map((plan) => ({ plan, ...madeWrites(scope, made, plan, tagIds) }));
    await scope.db.batch(some.flatMap(({ writes }) => writes));
    for (const { plan, id } of some) {
      results.set(plan.row.row, 'made');
      register.push(id);
    }
  }
  for (const plan of plans) {
    if (plan.verb === 'make') continue;
    const result = plan.verb === 'update' ? await update(scope, made, plan, tagIds) : 'skipped';
    await scope.db.batch([rowDone(scope.db, made.id, plan.row.row, result, plan.customerId)]);
    results.set(plan.row.row, result);
  }
  if (register.length > 0) await scope.calendar.registerCustomers({ customerIds: register, now: scope.now });
  const counts: Record<RowResult, number> = { made: 0, updated: 0, skipped: 0, failed: 0 };
  for (const result of results.values()) counts[result]++;
  return counts;
}
