/** Background work of imports: the dry run reads a file whole, the run writes what it found. Registered in workers/cron.ts. */
import { processNow } from '../../shared/clock.ts';
import type { TenantId } from '../../shared/ids.ts';
import type { ImportFault } from '../../shared/import-sets.ts';
import { lazy } from '../../shared/lazy.ts';
import type { Platform } from '../env.ts';
import { auditWrites } from '../identity/audit.ts';
import type { JobKind, JobStep, StepContext } from '../jobs/types.ts';
import {
  importById,
  type ImportRow,
  checkCounts,
  removeRows,
  resultCounts,
  rowsByNumber,
  rowsPage,
  rowsPut,
  settleImport,
  timeCounts,
} from '../storage/queries/imports.ts';
import { openTenant, type TenantScope } from '../tenancy/scope.ts';
import type { NumberedEntry } from './check-times.ts';
import { CHECK_IMPORT, FILE, WRITE_IMPORT } from './names.ts';
import { placeOf } from './place.ts';
import type { TableRow } from './rules/table.ts';

// The readers of tables and numbers are large, and no other job needs them.
const reading = lazy(() => import('./read-file.ts'));
const checking = lazy(() => import('./check-rows.ts'));
const writing = lazy(() => import('./write-rows.ts'));
const checkingTimes = lazy(() => import('./check-times.ts'));
const writingTimes = lazy(() => import('./write-times.ts'));

/** Rows of one part of a file, and of one page of the check. */
const ROWS_A_PART = 200;
/** Rows of one page of the run. */
const ROWS_A_PAGE = 100;
/** Parts written to the archive at once. */
const PARTS_AT_ONCE = 6;

const open = (platform: Platform, tenantId: TenantId): TenantScope =>
  openTenant(platform, tenantId, { kind: 'system', cause: 'cron' }, { now: processNow() });

const partName = (part: number): string => `part-${part}`;
const NOTHING = { items: [], next: null };

/** A step over an import that is in a state; one that somebody ended has nothing left to do. */
const stepOf = (
  platform: Platform,
  state: ImportRow['state'],
  name: string,
  work: {
    list(one: ImportRow, scope: TenantScope, cursor: string | null): ReturnType<JobStep['list']>;
    handle(one: ImportRow, scope: TenantScope, items: readonly string[]): ReturnType<JobStep['handle']>;
    total?(one: ImportRow, scope: TenantScope): Promise<number | null>;
  },
): JobStep => {
  const found = async ({ tenantId, params }: StepContext) => {
    const scope = open(platform, tenantId);
    const one = await importById(scope.db, params['import'] ?? '');
    return one?.state === state ? { one, scope } : null;
  };
  return {
    name,
    async total(context) {
      const at = await found(context);
      return at === null ? null : ((await work.total?.(at.one, at.scope)) ?? null);
    },
    async list(context, cursor) {
      const at = await found(context);
      return at === null ? NOTHING : work.list(at.one, at.scope, cursor);
    },
    async handle(context, items) {
      const at = await found(context);
      return at === null ? {} : work.handle(at.one, at.scope, items);
    },
  };
};

const once = async (one: ImportRow) => ({ items: [one.id], next: null });

const logged = (scope: TenantScope, one: ImportRow, what: string, after: Record<string, unknown>) =>
  auditWrites(scope, {
    log: 'imports',
    description: `import.${what}`,
    subjectType: 'import',
    subjectId: one.id,
    causer: one.createdBy,
    after,
  });

async function broken(scope: TenantScope, one: ImportRow, fault: ImportFault, row: number | null): Promise<void> {
  await settleImport(
    scope.db,
    one.id,
    'checking',
    { state: 'broken', fault, faultRow: row, fileKey: null, head: null, endedAt: scope.now },
    logged(scope, one, 'broken', { fault }),
  );
  if (one.fileKey !== null) await scope.archive.removeImport(one.fileKey);
}

type Read =
  | { ok: true; rows: (TableRow | NumberedEntry)[]; left: Record<string, number> | null }
  | { ok: false; fault: ImportFault; row: number | null };

/** The rows of a table, or the entries of a calendar, numbered. */
async function partedFile(scope: TenantScope, one: ImportRow, bytes: Uint8Array): Promise<Read> {
  const { readFile, readTimes } = await reading();
  if (one.kind !== 'busy_times') {
    const read = readFile(bytes, one.fields ?? []);
    return read.ok ? { ...read, left: null } : read;
  }
  const [{ zone }, { host }] = await Promise.all([placeOf(scope, one), scope.address()]);
  // As of the check: a day later the same file is checked again.
  const read = readTimes(bytes, { zone, now: scope.now, ownHost: host });
  if (!read.ok) return read;
  const { entries, left } = read.calendar;
  return {
    ok: true,
    rows: entries.map((entry, i) => ({ ...entry, row: i + 1 })),
    left: Object.fromEntries(Object.entries(left).map(([why, count]) => [`left_${why}`, count])),
  };
}

/** Cuts the file into parts, so that the check goes on where it stood. */
async function cut(scope: TenantScope, one: ImportRow): Promise<void> {
  const bytes = one.fileKey === null ? null : await scope.archive.importBytes(one.fileKey, FILE);
  // An erasure or the end of its days took it.
  if (bytes === null || one.fileKey === null) {
    await settleImport(scope.db, one.id, 'checking', { state: 'expired', fileKey: null, head: null });
    return;
  }
  const read = await partedFile(scope, one, bytes);
  if (!read.ok) return broken(scope, one, read.fault, read.row);
  await removeRows(scope.db, one.id);
  const parts: (TableRow | NumberedEntry)[][] = [];
  for (let i = 0; i < read.rows.length; i += ROWS_A_PART) parts.push(read.rows.slice(i, i + ROWS_A_PART));
  const { fileKey } = one;
  for (let i = 0; i < parts.length; i += PARTS_AT_ONCE)
    await Promise.all(
      parts
        .slice(i, i + PARTS_AT_ONCE)
        .map((part, n) =>
          scope.archive.putImport(fileKey, partName(i + n), new TextEncoder().encode(JSON.stringify(part))),
        ),
    );
  await settleImport(scope.db, one.id, 'checking', { parts: parts.length, counts: read.left });
}

async function checkPart(scope: TenantScope, one: ImportRow, part: number): Promise<number> {
  const bytes = one.fileKey === null ? null : await scope.archive.importBytes(one.fileKey, partName(part));
  if (bytes === null) {
    await settleImport(scope.db, one.id, 'checking', { state: 'expired', fileKey: null, head: null });
    return 0;
  }
  const rows: unknown = JSON.parse(new TextDecoder().decode(bytes));
  const judged =
    one.kind === 'busy_times'
      ? await (await checkingTimes()).checkTimes(scope, one, rows as NumberedEntry[])
      : await (await checking()).checkRows(scope, one, rows as TableRow[], await placeOf(scope, one));
  await scope.db.batch(rowsPut(scope.db, judged));
  return judged.length;
}

/**
 * The times take the place of those before. Whoever booked since somebody agreed is asked about: then the import is checked again, and waits.
 */
async function replaceTimes(scope: TenantScope, one: ImportRow): Promise<{ counts?: Record<string, number> }> {
  const done = await (await writingTimes()).writeTimes(scope, one);
  const { asked_again: _asked, not_taken: _not, ...before } = one.counts ?? {};
  if (done.ok) {
    const { times, stranded } = done.value;
    await settleImport(scope.db, one.id, 'writing', { counts: { ...before, times, stranded } });
    return { counts: { times } };
  }
  const { code } = done.error;
  const isAsked = code === 'WOULD_STRAND';
  await settleImport(
    scope.db,
    one.id,
    'writing',
    { state: 'checked', confirmedSet: null, counts: { ...before, [isAsked ? 'asked_again' : 'not_taken']: 1 } },
    logged(scope, one, 'not_taken', { code }),
  );
  return {};
}

export const importJobs = (platform: Platform): JobKind[] => [
  {
    kind: CHECK_IMPORT,
    byHand: 'nobody',
    steps: [
      stepOf(platform, 'checking', 'cut', {
        list: once,
        async handle(one, scope) {
          await cut(scope, one);
          return {};
        },
      }),
      stepOf(platform, 'checking', 'rows', {
        total: async ({ parts }) => parts,
        async list({ parts }, _scope, cursor) {
          const part = cursor === null ? 0 : Number(cursor);
          if (part >= parts) return NOTHING;
          return { items: [String(part)], next: part + 1 < parts ? String(part + 1) : null };
        },
        async handle(one, scope, [part = '0']) {
          return { counts: { rows: await checkPart(scope, one, Number(part)) } };
        },
      }),
      stepOf(platform, 'checking', 'end', {
        list: once,
        async handle(one, scope) {
          const counts =
            one.kind === 'busy_times'
              ? { ...one.counts, ...(await timeCounts(scope.db, one.id)) }
              : await checkCounts(scope.db, one.id);
          await settleImport(
            scope.db,
            one.id,
            'checking',
            { state: 'checked', counts },
            logged(scope, one, 'checked', counts),
          );
          return {};
        },
      }),
    ],
  },
  {
    kind: WRITE_IMPORT,
    byHand: 'nobody',
    steps: [
      stepOf(platform, 'writing', 'rows', {
        total: async ({ counts }) => counts?.['rows'] ?? null,
        async list(one, scope, cursor) {
          // A calendar counts as a whole.
          if (one.kind === 'busy_times') return once(one);
          const after = cursor === null ? null : Number(cursor);
          const rows = await rowsPage(scope.db, one.id, { after, outcome: null, limit: ROWS_A_PAGE });
          const last = rows.at(-1);
          return {
            items: rows.map(({ row }) => String(row)),
            next: rows.length < ROWS_A_PAGE || last === undefined ? null : String(last.row),
          };
        },
        async handle(one, scope, items) {
          if (one.kind === 'busy_times') return replaceTimes(scope, one);
          const rows = await rowsByNumber(scope.db, one.id, items.map(Number));
          return { counts: await (await writing()).writeRows(scope, one, rows) };
        },
      }),
      stepOf(platform, 'writing', 'end', {
        list: once,
        async handle(one, scope) {
          const counts = { ...one.counts, ...(one.kind === 'busy_times' ? {} : await resultCounts(scope.db, one.id)) };
          const { fileKey } = one;
          if (fileKey !== null) await scope.archive.removeImport(fileKey);
          await settleImport(
            scope.db,
            one.id,
            'writing',
            { state: 'written', counts, fileKey: null, endedAt: scope.now },
            logged(scope, one, 'written', counts),
          );
          return {};
        },
      }),
    ],
  },
];
