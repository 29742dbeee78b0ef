/**
 * ra-core's entry point to our API: lists by cursor, single items, create, change, delete, restore. ra-core thinks in pages, the API in
 * cursors, so the cursor of every page seen is remembered per question. Resources are paths below /api/v1; a list's order is the
 * parameter `sort` of its filter. Called by ra-core's controllers and by the kit.
 */
import { type DataProvider, HttpError, type RaRecord } from 'ra-core';
import type { ListMeta } from '../../shared/contract/parts.ts';
import { type ApiAnswer, type ApiClient, type ApiFault, type Query, withQuery } from '../ui/api-client.ts';
import { newKey } from '../ui/new-key.ts';

/** Queries whose cursors are cached; older ones are dropped and walked again from the first page. */
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

/** A refusal (4xx) is final; what never arrived or broke on the server is tried twice more. */
export const RETRY = {
  retry: (failures: number, error: unknown): boolean => {
    const status = faultOfError(error)?.status ?? 0;
    return (status === 0 || status >= 500) && failures < 2;
  },
};

interface Page {
  data: RaRecord[];
  /** `truncated`: the search stopped at its bound, there may be more than the list says */
  meta: ListMeta & { truncated?: boolean };
}

interface Item {
  data: RaRecord;
}

/** ra-core's provider and what it has no word for. */
export interface PanelDataProvider extends DataProvider {
  /** Takes a deletion back. Rejects with NOT_FOUND once the record is gone for good. */
  restore: (resource: string, id: string, agreement?: Agreement) => Promise<{ data: RaRecord }>;
}

/** That appointments may lose their place: the token of the refusal (WOULD_STRAND) that named them. */
export interface Agreement {
  confirmToken?: string | undefined;
}

/** What a request says of an agreement, in its body or query alike. */
export const agreed = (agreement: Agreement | undefined): { confirm?: boolean; confirm_token?: string } =>
  agreement?.confirmToken === undefined ? {} : { confirm: true, confirm_token: agreement.confirmToken };

const refuseBulk = (): Promise<never> => Promise.reject(new Error('the API changes one record at a time'));

export function createDataProvider(api: ApiClient): PanelDataProvider {
  const cursors = new Map<string, (string | null)[]>();

  async function page(resource: string, query: Query, limit: number, cursor: string | null): Promise<Page> {
    return bodyOf(await api.get<Page>(`/api/v1/${resource}`, { ...query, limit, cursor }));
  }

  async function getList(
    resource: string,
    filter: Query,
    wanted: { page: number; perPage: number },
  ): Promise<{
    data: RaRecord[];
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean };
    meta: { truncated: boolean };
  }> {
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
    return {
      data: found.data,
      pageInfo: { hasNextPage: found.meta.has_more, hasPreviousPage: at > 1 },
      meta: { truncated: found.meta.truncated === true },
    };
  }

  const pathOf = (resource: string, id: string | number): string =>
    `/api/v1/${resource}/${encodeURIComponent(String(id))}`;

  const provider = {
    getList: (resource: string, params: { filter?: Query; pagination?: { page: number; perPage: number } }) =>
      getList(resource, params.filter ?? {}, params.pagination ?? { page: 1, perPage: 25 }),
    getOne: async (resource: string, params: { id: string | number }) => ({
      data: bodyOf(await api.get<Item>(pathOf(resource, params.id))).data,
    }),
    getMany: async (resource: string, params: { ids: (string | number)[] }) => ({
      data: await Promise.all(params.ids.map(async (id) => bodyOf(await api.get<Item>(pathOf(resource, id))).data)),
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
    /** `meta.key`: one per intent, so that a repeated click creates once. */
    create: async (resource: string, params: { data: object; meta?: { key?: string } & Agreement }) => ({
      data: bodyOf(
        await api.post<Item>(
          `/api/v1/${resource}`,
          { ...params.data, ...agreed(params.meta) },
          params.meta?.key ?? newKey(),
        ),
      ).data,
    }),
    /** Sends the version of `previousData`; rejects with VERSION_CONFLICT when somebody was faster. */
    update: async (
      resource: string,
      params: { id: string | number; data: object; previousData?: { version?: number }; meta?: Agreement },
    ) => ({
      data: bodyOf(
        await api.patch<Item>(
          pathOf(resource, params.id),
          { ...params.data, ...agreed(params.meta) },
          newKey(),
          params.previousData?.version,
        ),
      ).data,
    }),
    delete: async (resource: string, params: { id: string | number; meta?: Agreement }) => ({
      data: bodyOf(await api.delete<Item>(pathOf(resource, params.id), agreed(params.meta))).data,
    }),
    restore: async (resource: string, id: string, agreement?: Agreement) => ({
      data: bodyOf(await api.post<Item>(withQuery(`${pathOf(resource, id)}/restore`, agreed(agreement)), {}, newKey()))
        .data,
    }),
    updateMany: refuseBulk,
    deleteMany: refuseBulk,
  };
  // The generic signatures of DataProvider promise any record type; what the API answers is checked by the outside tests.
  return provider as unknown as PanelDataProvider;
}
