/** What the dry run says of the rows of one part of a file: read, compared with who is there and with the rows before them. Called by jobs.ts. */
import type { DuplicateBy } from '../../shared/import-sets.ts';
import { nameKey } from '../../shared/name-words.ts';
import {
  type Candidate,
  customersByEmails,
  customersByNames,
  customersOnLines,
  earlierRows,
  type ImportRow,
  lineKey,
  type NewImportedRow,
} from '../storage/queries/imports.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { type Place, type ReadCustomer, readRow } from './rules/read-row.ts';
import type { TableRow } from './rules/table.ts';

/** People shown beside a row: more on one number are a family of families. */
const MAX_MATCHES = 5;

const nameKeyOf = (read: ReadCustomer): string | null =>
  read.firstName === null && read.lastName === null ? null : nameKey(read);

const idsOf = (found: readonly Candidate[], keys: readonly string[]): string[] => [
  ...new Set(found.filter(({ key }) => keys.includes(key)).map(({ id }) => id)),
];

/** An earlier row of the file as a later one is compared with it. */
interface Earlier {
  row: number;
  e164: string | null;
  email: string | null;
  nameKey: string | null;
}

/**
 * The same person again in one file: same name, and no number or address says otherwise. One number with two names is a family, and one name
 * with two numbers may be two people.
 */
function sameInFile(one: Earlier, earlier: readonly Earlier[]): number | null {
  const isSame = (other: Earlier): boolean => {
    if (other.row >= one.row || other.nameKey !== one.nameKey) return false;
    const sameNumber = other.e164 === one.e164;
    const sameEmail = other.email === one.email;
    if (one.nameKey === null) return sameNumber && sameEmail;
    return (
      (one.e164 !== null && sameNumber) ||
      (one.email !== null && sameEmail) ||
      ((sameNumber || one.e164 === null || other.e164 === null) &&
        (sameEmail || one.email === null || other.email === null))
    );
  };
  return earlier.find(isSame)?.row ?? null;
}

/** The rows as they are stored; nothing is written here. */
export async function checkRows(
  scope: TenantScope,
  { id, fields }: Pick<ImportRow, 'id' | 'fields'>,
  rows: readonly TableRow[],
  place: Place,
): Promise<NewImportedRow[]> {
  const judged = rows.map(({ row, cells }) => ({ row, cells, ...readRow(cells, fields ?? [], place) }));
  const fine = judged.filter(({ problems }) => problems.every(({ left }) => left === true));
  const numbers = fine.flatMap(({ read }) => read.lines.map(({ e164 }) => e164));
  const emails = fine.flatMap(({ read }) => read.email ?? []);
  const names = fine.flatMap(({ read }) => nameKeyOf(read) ?? []);
  const before = rows[0]?.row ?? 0;
  const [onLines, byEmail, byName, earlier] = await Promise.all([
    customersOnLines(scope.db, numbers),
    customersByEmails(scope.db, emails),
    customersByNames(scope.db, names),
    earlierRows(scope.db, id, before, { e164: numbers, emails, names }),
  ]);
  const seen: Earlier[] = [...earlier].sort((a, b) => a.row - b.row);
  return judged.map(({ row, cells, read, problems }) => {
    const common = { importId: id, row, cells, problems, choice: null, result: null, customerId: null };
    const createdAt = scope.now;
    if (problems.some(({ left }) => left !== true)) {
      const nobody = { by: null, e164: null, email: null, nameKey: null, read: null, matches: [], sameAs: null };
      return { ...common, ...nobody, outcome: 'refused' as const, createdAt };
    }
    const key = nameKeyOf(read);
    const one: Earlier = { row, e164: read.lines[0]?.e164 ?? null, email: read.email, nameKey: key };
    const sameAs = sameInFile(one, seen);
    seen.push(one);
    const found: [DuplicateBy, string[]][] = [
      ['phone', idsOf(onLines, read.lines.map(lineKey))],
      ['email', idsOf(byEmail, read.email === null ? [] : [read.email])],
      ['name', idsOf(byName, key === null ? [] : [key])],
    ];
    const by = found.find(([, ids]) => ids.length > 0)?.[0] ?? (sameAs === null ? null : 'file');
    const matches = [...new Set(found.flatMap(([, ids]) => ids))].slice(0, MAX_MATCHES);
    return {
      ...common,
      outcome: by === null ? ('new' as const) : ('duplicate' as const),
      by,
      e164: one.e164,
      email: one.email,
      nameKey: key,
      read,
      matches,
      sameAs,
      createdAt,
    };
  });
}
