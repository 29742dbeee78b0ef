/** The same done to many rows: requests of at most a hundred, one after the other, and what became of each row. Pure but for the API; called by the bulk bar. */
import type { BulkResponse } from '../../../shared/contract/resource-list.ts';
import type { ApiAnswer, ApiFault } from '../../ui/api-client.ts';
import type { KitRow } from './view.ts';

/** As the contract has it (`MAX_CHOSEN`), whose schemas stay out of the browser. */
const A_REQUEST = 100;

/** A row that stays as it was, and why. */
export interface RefusedRow<R> {
  row: R;
  fault: ApiFault;
}
export interface BulkOutcome<R> {
  /** rows that were changed, with the version that says so */
  done: { row: R; version: number | null }[];
  refused: RefusedRow<R>[];
}

type Post = (path: string, body: object, key: string) => Promise<ApiAnswer<BulkResponse>>;

/**
 * A request that is not answered stops nothing behind it: its rows are refused with its fault, the others go on.
 * @param onProgress how many rows are through
 */
export async function changeMany<R extends KitRow>(
  rows: readonly R[],
  ask: { post: Post; path: string; body?: object; newKey: () => string; onProgress?: (through: number) => void },
): Promise<BulkOutcome<R>> {
  const outcome: BulkOutcome<R> = { done: [], refused: [] };
  for (let at = 0; at < rows.length; at += A_REQUEST) {
    const some = rows.slice(at, at + A_REQUEST);
    const items = some.map(({ id, version }) => ({
      id,
      ...(version === undefined ? {} : { expected_version: version }),
    }));
    const answer = await ask.post(ask.path, { ...ask.body, items }, ask.newKey());
    if (!answer.ok) outcome.refused.push(...some.map((row) => ({ row, fault: answer.fault })));
    else {
      for (const { index, status, version, error } of answer.body.results) {
        const row = some[index];
        if (row === undefined) continue;
        if (error === null) outcome.done.push({ row, version });
        else {
          const fault: ApiFault = {
            status,
            code: error.code,
            message: error.message,
            details: error.details ?? {},
            errors: error.errors ?? {},
            retryAfterSeconds: error.retry_after ?? null,
            requestId: error.request_id,
          };
          outcome.refused.push({ row, fault });
        }
      }
    }
    ask.onProgress?.(Math.min(at + A_REQUEST, rows.length));
  }
  return outcome;
}

/** Refusals of the same kind together, the most frequent first: a list of a hundred same sentences says nothing. */
export function byReason<R>(refused: readonly RefusedRow<R>[]): { fault: ApiFault; rows: R[] }[] {
  const groups = new Map<string, { fault: ApiFault; rows: R[] }>();
  for (const { row, fault } of refused) {
    const key = `${fault.code}|${fault.message}`;
    const group = groups.get(key) ?? { fault, rows: [] };
    group.rows.push(row);
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => b.rows.length - a.rows.length);
}
