/** The answer of a request that does something to many items, one after the other: what became of each (207). Called by define.ts and by bulk routes of modules. */
import type { Context } from 'hono';
import type { z } from 'zod';
import type { bulkResponse } from '../../shared/contract/resource-list.ts';
import type { Result } from '../../shared/result.ts';
import type { AppEnv } from '../http/module-routes.ts';
import { problemBody, STATUS } from '../http/problem.ts';

/** What is said of an item that was done. */
export interface Told {
  status: 200 | 201;
  id: string;
  version?: number | undefined;
  head?: string | null | undefined;
}

/** Each item is a command of its own: one that is refused stops none of the others. Never refuses. */
export async function answerEach<Item>(
  c: Context<AppEnv>,
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Result<Told>>,
) {
  const results: z.infer<typeof bulkResponse>['results'] = [];
  for (const [index, item] of items.entries()) {
    const done = await work(item, index);
    if (done.ok) {
      const { status, id, version, head } = done.value;
      if (head) c.header('X-Askpro-Head', head);
      results.push({ index, status, item: id, version: version ?? null, error: null });
    } else {
      const { error } = problemBody(done.error, c.get('language'), c.get('requestId'));
      results.push({ index, status: STATUS[done.error.code], item: null, version: null, error });
    }
  }
  return c.json({ success: true as const, results }, 207);
}
