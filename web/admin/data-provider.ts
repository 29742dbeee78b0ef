/**
 * ra-core's door to our API: lists by cursor, single items. ra-core thinks in pages, the API in cursors, so the cursor of every
 * page seen is remembered per question. Resources are paths below /api/v1. Called by ra-core's controllers only.
 */
import { type DataProvider, HttpError, type RaRecord } from 'ra-core';
import type { ListMeta } from '../../shared/contract/parts.ts';
import type { ApiAnswer, ApiClient, ApiFault, Query } from '../ui/api-client.ts';

/** Questions whose cursors we remember; older ones are forgotten and walked again from the first page. */
const MAX_QUESTIONS = 50;
/** A reload on a far page walks there page by page; beyond this we show the first page instead. */
const MAX_WALK = 40;

/** The fault an HttpError of this provider carries in its body. */
export const faultOfError = (error: unknown): ApiFault | null =>
  error instanceof HttpError && typeof error.body === 'object' ? (error.body as ApiFault) : null;

function bodyOf<T>(answer: ApiAnswer<T>): T {
  if (answer.ok) return answer.body;
  throw new HttpError(answer.fault.message, answer.fault.status, answer.fault);
}

interface Page {
  data: RaRecord[];
  meta: ListMeta;
}

const refuseWrite = (): Promise<never> => Promise.reject(new Error('written through commands, not through ra-core'));

export function createDataProvider(api: ApiClient): DataProvider {
  const cursors = new Map<string, (string | null)[]>();

  async function page(resource: string, query: Query, limit: number, cursor: string | null): Promise<Page> {
    return bodyOf(await api.get<Page>(`/api/v1/${resource}`, { ...query, limit, cursor }));
  }

  async function getList(
    resource: string,
    filter: Query,
    wanted: { page: number; perPage: number },
  ): Promise<{ data: RaRecord[]; pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean } }> {
    const question = JSON.stringify([resource, filter, wanted.perPage]);
    if (!cursors.has(question) && cursors.size >= MAX_QUESTIONS) cursors.clear();
    const known = cursors.get(question) ?? [null];
    cursors.set(question, known);
    const target = Math.min(wanted.page, MAX_WALK);
    let at = Math.min(target, known.length);
    let found = await page(resource, filter, wanted.perPage, known[at - 1] ?? null);
    while (at < target && found.meta.has_more && found.meta.next_cursor !== null) {
      known[at] = found.meta.next_cursor;
      at += 1;
      found = await page(resource, filter, wanted.perPage, found.meta.next_cursor);
    }
    if (found.meta.has_more && found.meta.next_cursor !== null) known[at] = found.meta.next_cursor;
    return { data: found.data, pageInfo: { hasNextPage: found.meta.has_more, hasPreviousPage: at > 1 } };
  }

  const provider = {
    getList: (resource: string, params: { filter?: Query; pagination?: { page: number; perPage: number } }) =>
      getList(resource, params.filter ?? {}, params.pagination ?? { page: 1, perPage: 25 }),
    getOne: async (resource: string, params: { id: string | number }) => ({
      data: bodyOf(await api.get<{ data: RaRecord }>(`/api/v1/${resource}/${encodeURIComponent(params.id)}`)).data,
    }),
    getMany: async (resource: string, params: { ids: (string | number)[] }) => ({
      data: await Promise.all(
        params.ids.map(
          async (id) => bodyOf(await api.get<{ data: RaRecord }>(`/api/v1/${resource}/${encodeURIComponent(id)}`)).data,
        ),
      ),
    }),
    getManyReference: (
      resource: string,
      params: {
        target: string;
        id: string | number;
        filter?: Query;
        pagination?: { page: number; perPage: number };
      },
    ) =>
      getList(
        resource,
        { ...params.filter, [params.target]: params.id },
        params.pagination ?? { page: 1, perPage: 25 },
      ),
    create: refuseWrite,
    update: refuseWrite,
    updateMany: refuseWrite,
    delete: refuseWrite,
    deleteMany: refuseWrite,
  };
  // The generic signatures of DataProvider promise any record type; what the API answers is checked by the outside tests.
  return provider as unknown as DataProvider;
}
