/**
 * What `defineResource` asks of the place where a noun's items live: rows of D1 (`d1-backing.ts`), or items of the calendar object. Both
 * answer views and versions, so that the routes are the same.
 */
import type { Result } from '../../shared/result.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import type { ResourceMeta } from '../../shared/contract/resource-list.ts';

/** The members that every list's query has; a resource's filters and look-ups are further texts. */
export interface ListQuery {
  limit: number;
  cursor?: string | undefined;
  sort: string;
  deleted?: 'true' | 'false' | undefined;
  [filter: string]: string | number | undefined;
}

/** An item as it is answered: `version` becomes the ETag, `head` the projection head of an object that was asked. */
export interface VersionedView<View> {
  view: View;
  version: number;
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

/** Refusals of each: PERMISSION_DENIED, and what its commands refuse. */
export interface Backing<View, Create, Change> {
  kind: 'd1' | 'calendar';
  /** Refusals: VALIDATION_ERROR on `cursor`. */
  page(scope: TenantScope, query: ListQuery, asked: Asked): Promise<Result<ViewPage<View>>>;
  /** Refusals: NOT_FOUND. */
  one(scope: TenantScope, id: string): Promise<Result<VersionedView<View>>>;
  create(scope: TenantScope, input: Create, asked: Asked): Promise<Result<VersionedView<View>>>;
  /** Everything at once, what is left out by its default. Refusals: NOT_FOUND, VERSION_CONFLICT, WOULD_STRAND. */
  replace?(scope: TenantScope, id: string, input: Create, asked: Asked): Promise<Result<VersionedView<View>>>;
  /** Refusals: NOT_FOUND, VERSION_CONFLICT, WOULD_STRAND. */
  change(scope: TenantScope, id: string, input: Change, asked: Asked): Promise<Result<VersionedView<View>>>;
  remove(scope: TenantScope, id: string, asked: Asked): Promise<Result<VersionedView<View>>>;
  restore(scope: TenantScope, id: string, asked: Asked): Promise<Result<VersionedView<View>>>;
}
