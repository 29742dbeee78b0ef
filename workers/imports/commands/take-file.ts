/** The file of an import arrives: kept as it came, its first rows shown, its columns guessed. Called by routes.ts. */
import type { ImportField, ImportKind } from '../../../shared/import-sets.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { sha256Hex } from '../../object-runtime/hash.ts';
import { changeImport, type ImportRow, type NewImport, recalledMapping } from '../../storage/queries/imports.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { FILE } from '../names.ts';
import { readCalendarHead, readHead } from '../read-file.ts';
import { foldHeader, guessFields, headerSet, recalledFields } from '../rules/mapping.ts';
import { illegalMove, importAudit, importToChange, isAllowed } from './parts.ts';

/** What a mapping and its headers are kept under: hashes, because a file without headers has somebody's name there. */
export const headersHash = (headers: readonly string[]): string => sha256Hex(`headers ${headerSet(headers)}`);
export const headerHash = (header: string): string => sha256Hex(`header ${foldHeader(header)}`).slice(0, 32);

async function fieldsOf(scope: TenantScope, headers: readonly string[]): Promise<(ImportField | null)[]> {
  const known = await recalledMapping(scope.db, headersHash(headers));
  return known === null ? guessFields(headers) : recalledFields(headers, (header) => known[headerHash(header)] ?? null);
}

/** What the file says of itself, or what is wrong with it. */
async function seen(scope: TenantScope, kind: ImportKind, bytes: Uint8Array): Promise<Partial<NewImport>> {
  if (kind === 'busy_times') {
    const head = readCalendarHead(bytes);
    if (!head.ok) return { state: 'broken', fault: head.fault, faultRow: null };
    return { state: 'read', encoding: head.encoding, source: head.name, counts: { events: head.events } };
  }
  const read = readHead(bytes);
  if (!read.ok) return { state: 'broken', fault: read.fault, faultRow: read.row };
  const { encoding, delimiter, head } = read;
  return { state: 'read', encoding, delimiter, head, fields: await fieldsOf(scope, head.headers) };
}

/**
 * A file that can't be read is kept nowhere and said in `fault`; another one may be sent instead of it.
 * Refusals: PERMISSION_DENIED, NOT_FOUND, ILLEGAL_TRANSITION.
 */
export async function takeFile(scope: TenantScope, id: string, bytes: Uint8Array): Promise<Result<ImportRow>> {
  const found = await importToChange(scope, id);
  if (!found.ok) return found;
  const row = found.value;
  if (!isAllowed(row.state, 'read')) return illegalMove(row.state, 'read');
  const set = await seen(scope, row.kind, bytes);
  const key = set.state === 'read' ? scope.archive.importKey(id) : null;
  // The file first: a row that names a missing one could not go on.
  if (key !== null) await scope.archive.putImport(key, FILE, bytes);
  const changed = await changeImport(
    scope.db,
    row,
    {
      fault: null,
      faultRow: null,
      encoding: null,
      delimiter: null,
      head: null,
      fields: null,
      source: null,
      counts: null,
      ...set,
      bytes: bytes.length,
      fileKey: key,
    },
    importAudit(scope, id, 'file_taken', { bytes: bytes.length, fault: set.fault ?? null }),
  );
  return changed === null ? illegalMove('read', 'read') : ok(changed);
}
