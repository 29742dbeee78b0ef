/** Published legal texts as whoever sells sees them. Called by legal-texts.resource.ts and the command. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { LegalTextRow as RowView, LegalTextView } from '../../../shared/contract/legal.ts';
import type { Language } from '../../../shared/i18n/language.ts';
import type { LegalKind } from '../../../shared/legal.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { toIso } from '../../../shared/time.ts';
import { cursorOf, pageOf } from '../../http/list.ts';
import type { ListQuery, VersionedView, ViewPage } from '../../resources/backing.ts';
import { type LegalVersion, legalTextOf, legalTextPage } from '../../storage/queries/legal.ts';
import type { TenantScope } from '../../tenancy/scope.ts';

const USER = 'user:';

/** How people who wrote something are called; whoever has no name here stays what the row says. */
export async function nameOfCauser(
  scope: TenantScope,
  causers: readonly string[],
): Promise<(causer: string) => string> {
  const ids = causers.flatMap((causer) => (causer.startsWith(USER) ? [causer.slice(USER.length)] : []));
  const names = await scope.recentNamesOfUsers([...new Set(ids)]);
  return (causer) => names.get(causer.slice(USER.length)) ?? causer;
}

/** Versions with the names of whoever published them. */
async function rowsOf(scope: TenantScope, versions: readonly LegalVersion[]): Promise<RowView[]> {
  const nameOf = await nameOfCauser(
    scope,
    versions.map(({ publishedBy }) => publishedBy),
  );
  return versions.map((one) => ({
    id: one.id,
    kind: one.kind,
    language: one.language,
    version: one.version,
    published_at: toIso(one.publishedAt),
    published_by: nameOf(one.publishedBy),
    superseded: one.superseded,
  }));
}

/** A page of the versions of the account that asks, newest first. Refusals: PERMISSION_DENIED (`view_legal_texts`), VALIDATION_ERROR (`cursor`). */
export async function listLegalTexts(scope: TenantScope, query: ListQuery): Promise<Result<ViewPage<RowView>>> {
  const refused = permissionRefusal(scope.actor, 'view_legal_texts');
  if (refused) return refused;
  const after = cursorOf(query.cursor, ['string']);
  if (!after.ok) return after;
  const rows = await legalTextPage(scope.db, {
    kind: query['kind'] as LegalKind | undefined,
    language: query['language'] as Language | undefined,
    after: after.value?.[0] ?? null,
    limit: query.limit + 1,
  });
  const { shown, meta } = pageOf(rows, query.limit, (row) => [row.id]);
  return ok({ data: await rowsOf(scope, shown), meta });
}

/** One version with its text. Refusals: PERMISSION_DENIED (`view_legal_texts`), NOT_FOUND. */
export async function oneLegalText(scope: TenantScope, id: string): Promise<Result<VersionedView<LegalTextView>>> {
  const refused = permissionRefusal(scope.actor, 'view_legal_texts');
  if (refused) return refused;
  const row = await legalTextOf(scope.db, id);
  if (row === null) return err({ code: 'NOT_FOUND', entity: 'legal_text' });
  const [view] = await rowsOf(scope, [row]);
  return view === undefined
    ? err({ code: 'NOT_FOUND', entity: 'legal_text' })
    : ok({ view: { ...view, text: row.text } });
}
