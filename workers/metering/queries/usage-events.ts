/** A day's events of a type, as they lie in the archive. Called by the routes. */
import type { UsageEventView } from '../../../shared/contract/usage-events.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { EventType } from '../../../shared/usage-events.ts';
import { cursorOf, metaOf, type Page } from '../../http/list.ts';
import type { RawUsage } from '../../storage/usage-files.ts';
import type { TenantScope } from '../../tenancy/scope.ts';

export interface DayAsked {
  eventType: EventType;
  /** `YYYY-MM-DD` of the tenant's clock */
  date: string;
  cursor?: string | undefined;
}

/** Files of one part of an export: each is a request to the archive, of which an invocation has a thousand. */
const FILES_A_PART = 500;
/** Files read for one page at most: those of single events hold one each. */
const FILES_A_PAGE = 200;
/** Read side by side. */
const AT_ONCE = 10;

const shownOf = ({ key, hash: _hash, ...rest }: RawUsage): UsageEventView => ({ idempotency_key: key, ...rest });

/**
 * A page in the order in which the events came.
 *
 * Refusals: VALIDATION_ERROR (`cursor`).
 */
export async function usageEventPage(
  scope: TenantScope,
  { eventType, date, cursor, limit }: DayAsked & { limit: number },
): Promise<Result<Page<UsageEventView>>> {
  const after = cursorOf(cursor, ['string', 'number']);
  if (!after.ok) return after;
  const folder = `${eventType}/${date}`;
  const usageFiles = await scope.usageFiles();
  const [name, line] = after.value ?? [null, 0];
  // A file that was shown in part is read again; the one before it ends just below its name.
  const first = name === null ? [] : [name];
  const { names, more } = await usageFiles.names(folder, name, FILES_A_PAGE);
  const shown: UsageEventView[] = [];
  const queue = [...first, ...names];
  for (let at = 0; at < queue.length; at += AT_ONCE) {
    const some = queue.slice(at, at + AT_ONCE);
    const read = await Promise.all(some.map((one) => usageFiles.filed(folder, one)));
    for (const [index, events] of read.entries()) {
      const file = some[index] ?? '';
      const from = file === name ? line : 0;
      for (const [offset, event] of events.entries()) {
        if (offset < from) continue;
        if (shown.length === limit) return ok({ shown, meta: metaOf([file, offset]) });
        shown.push(shownOf(event));
      }
    }
  }
  const last = queue.at(-1);
  return ok({ shown, meta: metaOf(more && last !== undefined ? [last, Number.MAX_SAFE_INTEGER] : null) });
}

interface ExportPart {
  /** of the part behind this one; null: it is the last */
  next: string | null;
  events: AsyncGenerator<UsageEventView[]>;
}

/**
 * A part of an export: at most 500 files, read one after the other while they are sent.
 *
 * Refusals: VALIDATION_ERROR (`cursor`).
 */
export async function usageExport(
  scope: TenantScope,
  { eventType, date, cursor }: DayAsked,
): Promise<Result<ExportPart>> {
  const after = cursorOf(cursor, ['string']);
  if (!after.ok) return after;
  const folder = `${eventType}/${date}`;
  const usageFiles = await scope.usageFiles();
  const { names, more } = await usageFiles.names(folder, after.value?.[0] ?? null, FILES_A_PART);
  const last = names.at(-1);
  async function* events(): AsyncGenerator<UsageEventView[]> {
    for (const name of names) yield (await usageFiles.filed(folder, name)).map(shownOf);
  }
  return ok({ next: more && last !== undefined ? metaOf([last]).next_cursor : null, events: events() });
}

/** Whether the companies that events name are the tenant's. Refusals: NOT_FOUND company. */
export async function ownCompanies(scope: TenantScope, asked: ReadonlySet<string>): Promise<Result<null>> {
  if (asked.size === 0) return ok(null);
  const { result } = await scope.calendar.schedule({ maxAgeMs: 60_000 });
  if (!result.ok) return result;
  const own = new Set([
    ...result.value.companies.map(({ id }) => id),
    ...result.value.branches.map(({ body }) => body.companyId),
  ]);
  return [...asked].every((id) => own.has(id)) ? ok(null) : err({ code: 'NOT_FOUND', entity: 'company' });
}
