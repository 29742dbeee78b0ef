/** Imports as they are shown, their rows by pages, and the refused ones as a file. Called by the resource and routes.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { Language } from '../../../shared/i18n/language.ts';
import type { ImportItem, ImportRowView, ImportView } from '../../../shared/contract/imports.ts';
import { fullName } from '../../../shared/full-name.ts';
import type { RowOutcome } from '../../../shared/import-sets.ts';
import type { JobRow } from '../../storage/queries/jobs.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { isoOrNull, toIso } from '../../../shared/time.ts';
import { cursorOf, type Page, pageOf } from '../../http/list.ts';
import { CSV_START, csvLine } from '../../resources/csv.ts';
import { customersByIds, phonesOf } from '../../storage/queries/customers.ts';
import { type ImportedRow, type ImportRow, importById, rowsPage } from '../../storage/queries/imports.ts';
import { nothingReached } from '../../storage/queries/reach.ts';
import { jobRow } from '../../storage/queries/jobs.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { faultWords } from '../words.ts';
import type { ReadCustomer } from '../rules/read-row.ts';
import { timeOf } from '../times.ts';

export const itemOfImport = (row: ImportRow, language: Language): ImportItem => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  fault: row.fault,
  fault_row: row.faultRow,
  fault_text: row.fault === null ? null : faultWords(language)[row.fault],
  file_name: row.fileName,
  branch_id: row.branchId,
  staff_id: row.staffId,
  source: row.source,
  titles: row.keepsTitles,
  bytes: row.bytes,
  encoding: row.encoding,
  delimiter: row.delimiter,
  by_number: row.byNumber,
  by_name: row.byName,
  counts: row.counts ?? {},
  created_at: toIso(row.createdAt),
  ended_at: isoOrNull(row.endedAt),
});

/** The job of an import that has not come to its end; null: there is none. */
export const jobOf = async (scope: TenantScope, row: ImportRow): Promise<JobRow | null> => {
  const id = row.state === 'checking' ? row.checkJob : row.state === 'writing' ? row.runJob : null;
  return id === null ? null : jobRow(scope.db, id);
};
/** Whether its job will not go on by itself. */
export const isStopped = (job: JobRow | null): boolean =>
  job === null || job.state === 'failed' || job.state === 'cancelled' || job.state === 'paused';

/** One with its columns and how far it is. */
export async function viewOfImport(scope: TenantScope, row: ImportRow, language: Language): Promise<ImportView> {
  const isWorking = row.state === 'checking' || row.state === 'writing';
  const job = isWorking ? await jobOf(scope, row) : null;
  const step = job?.steps.find(({ name }) => name === 'rows');
  return {
    ...itemOfImport(row, language),
    // While it is being written, what has been written so far.
    ...(row.state === 'writing' && job !== null ? { counts: { ...row.counts, ...job.counts } } : {}),
    columns: (row.head?.headers ?? []).map((header, i) => ({
      header,
      samples: row.head?.samples[i] ?? [],
      field: row.fields?.[i] ?? null,
    })),
    progress: isWorking ? { done: step?.done ?? 0, total: step?.total ?? null, stopped: isStopped(job) } : null,
  };
}

const NO_IMPORT = err({ code: 'NOT_FOUND', entity: 'import' } as const);

/** The import, as far as the actor reaches. Refusals: PERMISSION_DENIED, NOT_FOUND. */
export async function reachedImport(scope: TenantScope, id: string): Promise<Result<ImportRow>> {
  const refused = permissionRefusal(scope.actor, 'view_imports');
  if (refused) return refused;
  const row = await importById(scope.db, id, nothingReached(await scope.reached()));
  return row === null ? NO_IMPORT : ok(row);
}

function eventOf(row: ImportedRow): ImportRowView['event'] {
  const time = timeOf(row);
  if (time === null) return null;
  return {
    starts_at: toIso(time.startsAt),
    ends_at: toIso(time.endsAt),
    all_day: time.allDay,
    title: time.title,
    appointments: time.met.map((one) => ({
      appointment_id: one.id,
      branch_id: one.branchId,
      starts_at: toIso(one.startsAt),
    })),
  };
}

function viewOfRow(
  one: ImportRow,
  row: ImportedRow,
  people: ReadonlyMap<string, ImportRowView['matches'][number]>,
  words: ReturnType<typeof faultWords>,
): ImportRowView {
  const isCalendar = one.kind === 'busy_times';
  const read = isCalendar ? null : (row.read as ReadCustomer | null);
  const headerOf = (column: number): string | null =>
    (isCalendar ? row.cells[column] : one.head?.headers[column]) ?? null;
  // Of a calendar the value stands behind the property's name.
  const cellOf = (column: number): string => row.cells[isCalendar ? column + 1 : column] ?? '';
  return {
    row: row.row,
    outcome: row.outcome,
    by: row.by,
    line: isCalendar ? Number(row.cells[0] ?? 0) : null,
    event: isCalendar ? eventOf(row) : null,
    read: read && { name: fullName(read), phones: read.lines.map(({ e164 }) => e164), email: read.email },
    problems: row.problems.map(({ column, fault, left }) => ({
      column: column === null ? null : headerOf(column),
      value: column === null ? null : cellOf(column).slice(0, MAX_VALUE),
      fault,
      text: words[fault],
      left_out: left === true,
    })),
    matches: isCalendar ? [] : row.matches.flatMap((id) => people.get(id) ?? []),
    same_as: row.sameAs,
    choice: row.choice,
    result: row.result,
    customer_id: row.customerId,
  };
}

/** Characters of a cell that a list shows. */
const MAX_VALUE = 200;

/** A page of rows. Refusals: PERMISSION_DENIED, NOT_FOUND, VALIDATION_ERROR (`cursor`). */
export async function importRowPage(
  scope: TenantScope,
  asked: {
    id: string;
    language: Language;
    cursor?: string | undefined;
    limit: number;
    outcome?: RowOutcome | undefined;
  },
): Promise<Result<Page<ImportRowView>>> {
  const found = await reachedImport(scope, asked.id);
  if (!found.ok) return found;
  const after = cursorOf(asked.cursor, ['number']);
  if (!after.ok) return after;
  const rows = await rowsPage(scope.db, asked.id, {
    after: after.value?.[0] ?? null,
    outcome: asked.outcome ?? null,
    limit: asked.limit + 1,
  });
  const { shown, meta } = pageOf(rows, asked.limit, ({ row }) => [row]);
  const ids = found.value.kind === 'busy_times' ? [] : [...new Set(shown.flatMap(({ matches }) => matches))];
  const [customers, lines] =
    ids.length === 0 ? [[], []] : await Promise.all([customersByIds(scope.db, ids), phonesOf(scope.db, ids)]);
  const people = new Map(
    customers.map((customer) => [
      customer.id,
      {
        id: customer.id,
        name: fullName(customer),
        email: customer.email,
        phones:
          customer.deletionRequestedAt === null
            ? lines.filter(({ customerId }) => customerId === customer.id).map(({ e164 }) => e164)
            : [],
      },
    ]),
  );
  return ok({ shown: shown.map((row) => viewOfRow(found.value, row, people, faultWords(asked.language))), meta });
}

/** Rows read for the file at a time. */
const FILE_PAGE = 250;

/**
 * The refused rows as CSV: the columns of the file, and behind them what is wrong. Cells that begin a formula are quoted.
 * Refusals: PERMISSION_DENIED, NOT_FOUND.
 */
export async function refusedFile(
  scope: TenantScope,
  id: string,
  language: Language,
): Promise<Result<AsyncGenerator<string>>> {
  const found = await reachedImport(scope, id);
  if (!found.ok) return found;
  const one = found.value;
  const say = faultWords(language);
  const separator = one.delimiter === ',' ? ',' : ';';
  const headers =
    one.kind === 'busy_times' ? [say.line, say.property, say.value] : [say.row, ...(one.head?.headers ?? [])];
  async function* lines(): AsyncGenerator<string> {
    yield CSV_START + csvLine([...headers, say.reason], separator);
    for (let after: number | null = null; ; ) {
      const rows: ImportedRow[] = await rowsPage(scope.db, id, { after, outcome: 'refused', limit: FILE_PAGE });
      for (const { row, cells, problems } of rows) {
        if (one.kind === 'busy_times') {
          const reasons = problems.map(({ fault }) => say[fault]);
          yield csvLine([cells[0] ?? '', cells[1] ?? '', cells[2] ?? '', reasons.join(' · ')], separator);
          continue;
        }
        const reasons = problems.map(({ column, fault }) => {
          const header = column === null ? undefined : one.head?.headers[column];
          return header === undefined ? say[fault] : `${header}: ${say[fault]}`;
        });
        const width = one.head?.headers.length ?? cells.length;
        yield csvLine(
          [row, ...Array.from({ length: width }, (_, i) => cells[i] ?? ''), reasons.join(' · ')],
          separator,
        );
      }
      const last: ImportedRow | undefined = rows.at(-1);
      if (rows.length < FILE_PAGE || last === undefined) return;
      after = last.row;
    }
  }
  return ok(lines());
}
