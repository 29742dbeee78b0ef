/**
 * What `defineResource` asks of the place where a noun's items live: rows of D1 (`d1-backing.ts`), or items of the calendar object. Both
 * answer views and versions, so that the routes are the same.
 */
import type { Result } from '../../shared/result.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import type { Language } from '../../shared/i18n/language.ts';
import type { ResourceMeta } from '../../shared/contract/resource-list.ts';

/** The members that every list's query has; a resource's filters and look-ups are further texts. */
export interface ListQuery {
  limit: number;
  cursor?: string | undefined;
  /** left out of lists that have one order */
  sort?: string | undefined;
  deleted?: 'true' | 'false' | undefined;
  [filter: string]: unknown;
}

/** An item as it is answered: `version` (where the noun has one) becomes the ETag, `head` the projection head of an object that was asked. */
export interface VersionedView<View> {
  view: View;
  version?: number;
  head?: string | null;
  /** future appointments that lost their place by the change, where the noun can do that */
  stranded?: number;
}

export interface ViewPage<View> {
  data: View[];
  meta: ResourceMeta;
  /** lists of a projection: it was still behind what the client has written */
  stale?: boolean;
  head?: string | null;
}

/** What the request says beside its body. */
export interface Asked {
  /** `If-Match`; null: none */
  expectedVersion: number | null;
  /** `X-Askpro-Min` */
  minimum: string | null;
  /** of the texts that are answered */
  language: Language;
  /** `Idempotency-Key`, for commands of objects */
  key: string | null;
  /** agreement with what a change would strand, and the token of the refusal that named it */
  confirm: boolean;
  confirmToken: string | null;
}

/** Items that a look-up found, at most as many as can be read at once. */
export interface Candidates<Row> {
  ids: readonly string[];
  /** its bound was reached: there may be more */
  truncated: boolean;
  /** judges what the look-up could not; left out: all fit */
  fits?: (row: Row) => boolean;
  /** comes first, whatever the order */
  isExact?: (row: Row) => boolean;
}

/**
 * What there is of a noun: its list, and as many of the other parts as it has. A part that is left out has no route; a verb that is none of
 * them (making a key whose secret is shown once, cancelling an appointment) is a command with a route of its own.
 * Refusals of each: PERMISSION_DENIED, and what its commands refuse.
 */
export interface Backing<View, Create = never, Change = never, Detail = View> {
  /** where its items are decided */
  kind: 'd1' | 'calendar' | 'ledger';
  /** Refusals: VALIDATION_ERROR on `cursor`. */
  page(scope: TenantScope, query: ListQuery, asked: Asked): Promise<Result<ViewPage<View>>>;
  /** Refusals: NOT_FOUND. */
  one?(scope: TenantScope, id: string, asked: Asked): Promise<Result<VersionedView<Detail>>>;
  create?(scope: TenantScope, input: Create, asked: Asked): Promise<Result<VersionedView<Detail>>>;
  /** Everything at once, what is left out by its default. Refusals: NOT_FOUND, VERSION_CONFLICT, WOULD_STRAND. */
  replace?(scope: TenantScope, id: string, input: Create, asked: Asked): Promise<Result<VersionedView<Detail>>>;
  /** Refusals: NOT_FOUND, VERSION_CONFLICT, WOULD_STRAND. */
  change?(scope: TenantScope, id: string, input: Change, asked: Asked): Promise<Result<VersionedView<Detail>>>;
  remove?(scope: TenantScope, id: string, asked: Asked): Promise<Result<VersionedView<Detail>>>;
  restore?(scope: TenantScope, id: string, asked: Asked): Promise<Result<VersionedView<Detail>>>;
}
