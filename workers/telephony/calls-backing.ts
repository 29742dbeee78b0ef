/** Where calls are listed, found and changed: rows of the tenant. Loaded with the first request by calls.resource.ts. */
import type { CallChange, CallDetail, CallListItem } from '../../shared/contract/calls.ts';
import { err, type Err, ok, type Result } from '../../shared/result.ts';
import type { DomainError } from '../../shared/errors.ts';
import type { Asked, Backing, VersionedView } from '../resources/backing.ts';
import { d1Reading } from '../resources/d1-backing.ts';
import { callById, callList, type CallRow } from '../storage/queries/calls.ts';
import { callsReached } from '../storage/queries/reach.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { deleteCall, restoreCall } from './commands/delete-call.ts';
import { updateCall } from './commands/update-call.ts';
import { awaitingCallback, detailOfCall, viewsOfCalls } from './queries/calls.ts';
import { searchCalls } from './queries/search-calls.ts';

export type CallsBacking = Required<Omit<Backing<CallListItem, never, CallChange, CallDetail>, 'create' | 'replace'>>;

const reading = d1Reading<typeof callList.table, CallListItem, CallDetail>({
  noun: 'call',
  source: callList,
  only: async (scope) => callsReached(await scope.reached()),
  lookups: { callback: awaitingCallback, q: searchCalls },
  views: viewsOfCalls,
  detail: (scope, row, { language }) => detailOfCall(scope, row, language),
});

const noCall = err({ code: 'NOT_FOUND' as const, entity: 'call' });

/** The refusal of a call that does not exist for this actor; null: go on. */
const beyond = async (scope: TenantScope, id: string): Promise<Err<DomainError> | null> =>
  (await callById(scope.db, id, callsReached(await scope.reached()))) === null ? noCall : null;

async function changed(
  scope: TenantScope,
  { language }: Asked,
  result: Result<CallRow>,
): Promise<Result<VersionedView<CallDetail>>> {
  if (!result.ok) return result;
  // Pages that show it read it again.
  await scope.calendar.announce({ event: 'call', id: result.value.id }).catch(() => undefined);
  return ok({ view: await detailOfCall(scope, result.value, language) });
}

export const callsBacking: CallsBacking = {
  ...reading,
  change: async (scope, id, input, asked) =>
    (await beyond(scope, id)) ??
    changed(scope, asked, await updateCall(scope, { id, expectedVersion: asked.expectedVersion, input })),
  remove: async (scope, id, asked) =>
    (await beyond(scope, id)) ??
    changed(scope, asked, await deleteCall(scope, { id, expectedVersion: asked.expectedVersion })),
  restore: async (scope, id, asked) =>
    (await beyond(scope, id)) ??
    changed(scope, asked, await restoreCall(scope, { id, expectedVersion: asked.expectedVersion })),
};
