/**
 * `defineResource`: list, one, create, change, delete, restore and export of a noun from one declaration over one contract. Called by the
 * `*.resource.ts` of modules, which app.ts mounts; what cannot be said here is a command with a route of its own.
 */
import { createRoute, type RouteConfig, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { itemOf } from '../../shared/contract/parts.ts';
import {
  bulkResponse,
  chosenRequest,
  confirmationQuery,
  EXPORT_FORMATS,
  EXPORT_SEPARATORS,
  resourceListOf,
} from '../../shared/contract/resource-list.ts';
import { toIso } from '../../shared/time.ts';
import type { Permission } from '../../shared/permissions.ts';
import { permissionRefusal } from '../../shared/actor.ts';
import type { Noun } from '../../shared/ids.ts';
import { lazy } from '../../shared/lazy.ts';
import { assert, err, ok, type Result } from '../../shared/result.ts';
import { auditWrites } from '../identity/audit.ts';
import { etagOf, presentedVersion } from '../http/answer.ts';
import { guardedOnce, onceErrors } from '../http/idempotency.ts';
import { refuse, type RefusalCode } from '../http/problem.ts';
import { fieldErrors } from '../http/validation.ts';
import { type AppEnv, createRoutes } from '../http/module-routes.ts';
import { errorResponses, guardErrors, guarded, idParam, jsonAnswer, jsonBody } from '../http/schema.ts';
import type { Asked, Backing, ListQuery, VersionedView } from './backing.ts';
import { answerEach, type Told } from './answer-each.ts';
import { type Cell, CSV_START, csvLine } from './csv.ts';

interface ResourceDeclaration<
  Item extends z.ZodObject,
  Query extends z.ZodObject,
  Create extends z.ZodType,
  Change extends z.ZodType,
  Detail extends z.ZodObject,
> {
  /** noun of shared/ids.ts */
  noun: string;
  /** `/api/v1/customers` */
  path: string;
  /** group in the document, name of the exported file */
  collection: string;
  /** for the document's summaries: "a customer", "customers", what is to be said of the list and of one, and what deleting is where it is more */
  words: { one: string; many: string; listed?: string; shown?: string; removal?: string };
  /** of each part that the backing has */
  permissions: { view: Permission; create?: Permission; edit?: Permission; remove?: Permission; export?: Permission };
  /**
   * `detail`: one item, where it shows more than the list; `replace`: PUT beside PATCH; `bulk`: `POST …/bulk`, whose items are changes with
   * `id` and `remove`
   */
  contract: {
    item: Item;
    query: Query;
    detail?: Detail;
    create?: Create;
    change?: Change;
    replace?: z.ZodType;
    bulk?: z.ZodType;
  };
  /** a change may cost future appointments their place: it is refused with their list until it is confirmed */
  canStrand?: true;
  /** what its changes refuse besides what every noun's do */
  refusals?: readonly RefusalCode[];
  /** only people change it: access that was given outlives a key. Its commands refuse keys themselves */
  changedBy?: 'user';
  /** a list's choice is deleted and restored by one request: `POST …/bulk/delete`, `…/bulk/restore` */
  isChosen?: true;
  backing: Backing<z.infer<Item>, z.output<Create>, z.output<Change>, z.infer<Detail>>;
  /** columns of the export, in their order, by name; needs `permissions.export` */
  columns?: Readonly<Record<string, (item: z.infer<Item>) => Cell>>;
}

/** What a declaration became: routes to mount, and the declaration itself for tests that go over all resources. */
export interface Resource {
  routes: ReturnType<typeof createRoutes>;
  path: string;
  noun: string;
  backing: Backing<unknown>['kind'];
  /** names of the query's members that order, filter or search, with their choices where they have some */
  query: Readonly<Record<string, readonly string[] | null>>;
}

/** Rows of one page of an export, and of the whole of it: memory is one page, D1 is asked at most twice a page (1,000 times an invocation). */
const EXPORT_PAGE = 250;
const MAX_EXPORTED = { csv: 100_000, xlsx: 50_000 } as const;
type Format = keyof typeof MAX_EXPORTED;
const EXPORT_TYPES: Readonly<Record<Format, string>> = {
  csv: 'text/csv; charset=UTF-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};
const workbook = lazy(() => import('./xlsx.ts'));

type Handler = (c: Context<AppEnv>) => Promise<Response>;

/**
 * Makes the routes of a noun: those of the parts that its backing has. A part without its permission or its shape is a defect at start.
 * Refusals of each route are in its document; permissions are asked at the edge and again by the commands.
 */
export function defineResource<
  Item extends z.ZodObject,
  Query extends z.ZodObject,
  Create extends z.ZodType,
  Change extends z.ZodType,
  Detail extends z.ZodObject = Item,
>(declared: ResourceDeclaration<Item, Query, Create, Change, Detail>): Resource {
  const { noun, path, words, permissions, contract, backing, columns } = declared;
  const routes = createRoutes();
  const tags = [declared.collection];
  const params = z.object({ id: idParam(noun) });
  const shape: z.ZodObject = contract.detail ?? contract.item;
  const one = jsonAnswer(itemOf(shape), words.one);
  /** What the declaration must say of a part that the backing has. */
  const said = <T>(what: T | undefined, part: string): T => {
    assert(what !== undefined, `${path}: the backing has a part, the declaration lacks its ${part}`);
    return what as T;
  };
  const strands = declared.canStrand === true;
  const changed = strands ? jsonAnswer(itemOf(shape).extend({ stranded: z.int() }), words.one) : one;
  // Codes of one status share an answer, so what is said of a status is said of all its codes at once.
  const more = declared.refusals ?? [];
  const also = () => (more.length === 0 ? {} : errorResponses('PERMISSION_DENIED', 'VALIDATION_ERROR', ...more));
  const changeErrors = () => ({
    ...guardErrors(),
    ...also(),
    ...(strands
      ? onceErrors('VERSION_CONFLICT', 'WOULD_STRAND')
      : backing.kind === 'd1'
        ? errorResponses('VERSION_CONFLICT')
        : onceErrors('VERSION_CONFLICT')),
  });
  const by = declared.changedBy === undefined ? {} : { 'x-actor': declared.changedBy };
  // Objects know a repeated command by its key; a change that is worked out from what is there has none, its answer is kept.
  const kept = (permission: Permission) =>
    backing.kind === 'calendar' ? guardedOnce(permission) : guarded(permission);
  /** The schemas are the declaration's: what the handler reads and answers is typed by the backing instead of the route. */
  const mount = (config: Parameters<typeof createRoute>[0], handler: Handler): void => {
    routes.openapi(createRoute(config) as RouteConfig, handler as never);
  };
  const idOf = (c: Context<AppEnv>): string => (c.req.valid('param' as never) as { id: string }).id;
  const queryOf = (c: Context<AppEnv>): ListQuery => c.req.valid('query' as never) as ListQuery;
  const bodyOf = <T>(c: Context<AppEnv>): T => c.req.valid('json' as never) as T;
  const item = (
    c: Context<AppEnv>,
    result: Result<VersionedView<z.infer<Detail>>>,
    status: 200 | 201 = 200,
  ): Response => {
    if (!result.ok) return refuse(c, result.error);
    const { view, version, head, stranded } = result.value;
    if (head) c.header('X-Askpro-Head', head);
    if (version !== undefined) c.header('ETag', etagOf(version));
    return c.json({ success: true, data: view, ...(stranded === undefined ? {} : { stranded }) }, status);
  };

  mount(
    {
      method: 'get',
      path,
      tags,
      summary: `List ${words.many}${words.listed === undefined ? '' : `, ${words.listed}`}`,
      ...guarded(permissions.view),
      request: { query: contract.query },
      responses: { 200: jsonAnswer(resourceListOf(contract.item), `a page of ${words.many}`), ...guardErrors() },
    },
    async (c) => {
      const result = await backing.page(c.get('scope'), queryOf(c), askedOf(c));
      if (!result.ok) return refuse(c, result.error);
      const { data, meta, stale, head } = result.value;
      if (head) c.header('X-Askpro-Head', head);
      return c.json({ success: true, data, meta, ...(stale === undefined ? {} : { stale }) }, 200);
    },
  );

  const exportPermission = permissions.export;
  if (columns !== undefined && exportPermission !== undefined) {
    mount(
      {
        method: 'get',
        path: `${path}/export`,
        tags,
        summary: `Export ${words.many} as a file, filtered and ordered as the list; at most ${MAX_EXPORTED.csv} rows of CSV, ${MAX_EXPORTED.xlsx} of XLSX`,
        ...guarded(exportPermission),
        request: {
          query: contract.query.omit({ cursor: true, limit: true } as never).extend({
            format: z.enum(EXPORT_FORMATS).default('csv'),
            separator: z.enum(EXPORT_SEPARATORS).default('comma').meta({ description: 'of the cells of a CSV' }),
          }),
        },
        responses: {
          200: {
            description: 'the file',
            content: { 'text/csv': { schema: z.string() }, [EXPORT_TYPES.xlsx]: { schema: z.string() } },
          },
          ...guardErrors(),
        },
      },
      async (c) => {
        const scope = c.get('scope');
        const { format: wanted, separator, ...query } = queryOf(c);
        const format: Format = wanted === 'xlsx' ? 'xlsx' : 'csv';
        // Who took which list away is known before the first byte leaves.
        await scope.db.batch(
          auditWrites(scope, {
            log: declared.collection,
            description: `${noun}.exported`,
            subjectType: noun,
            subjectId: '*',
            after: { ...query, format },
          }),
        );
        const first = await backing.page(scope, { ...query, limit: EXPORT_PAGE } as ListQuery, askedOf(c));
        if (!first.ok) return refuse(c, first.error);
        c.header('Content-Type', EXPORT_TYPES[format]);
        c.header('Cache-Control', 'no-store');
        c.header(
          'Content-Disposition',
          `attachment; filename="${declared.collection}-${toIso(scope.now).slice(0, 10)}.${format}"`,
        );
        const asked = askedOf(c);
        const pages = exported(columns, first.value, MAX_EXPORTED[format], async (cursor) => {
          const next = await backing.page(scope, { ...query, limit: EXPORT_PAGE, cursor } as ListQuery, asked);
          return next.ok ? next.value : null;
        });
        const bytes =
          format === 'xlsx'
            ? (await workbook()).xlsxOf(words.many, pages)
            : csvOf(pages, separator === 'semicolon' ? ';' : ',');
        return c.body(streamOf(bytes), 200);
      },
    );
  }

  const { one: show, create, replace, change, remove, restore } = backing;
  if (show !== undefined) {
    mount(
      {
        method: 'get',
        path: `${path}/{id}`,
        tags,
        summary: `Show ${words.one}${words.shown === undefined ? '' : `, ${words.shown}`}`,
        ...guarded(permissions.view),
        request: { params },
        responses: { 200: one, ...guardErrors() },
      },
      async (c) => item(c, await show(c.get('scope'), idOf(c), askedOf(c))),
    );
  }

  if (create !== undefined) {
    const permission = said(permissions.create, 'permission');
    mount(
      {
        method: 'post',
        path,
        tags,
        summary: `Create ${words.one}`,
        ...guardedOnce(permission),
        ...by,
        request: { body: jsonBody(said(contract.create, 'shape')) },
        responses: { 201: changed, ...(strands ? changeErrors() : { ...guardErrors(), ...also(), ...onceErrors() }) },
      },
      async (c) => {
        const { input, asked } = inputOf<z.output<Create>>(c, bodyOf(c));
        return item(c, await create(c.get('scope'), input, asked), 201);
      },
    );
  }

  if (change !== undefined) {
    mount(
      {
        method: 'patch',
        path: `${path}/{id}`,
        tags,
        summary: `Change ${words.one}; \`If-Match\` protects against overwriting somebody else’s change`,
        ...kept(said(permissions.edit, 'permission')),
        ...by,
        request: { params, body: jsonBody(said(contract.change, 'shape')) },
        responses: { 200: changed, ...changeErrors() },
      },
      async (c) => {
        const { input, asked } = inputOf<z.output<Change>>(c, bodyOf(c));
        return item(c, await change(c.get('scope'), idOf(c), input, asked));
      },
    );
  }

  if (contract.replace !== undefined && replace !== undefined) {
    mount(
      {
        method: 'put',
        path: `${path}/{id}`,
        tags,
        summary: `Replace ${words.one}`,
        ...guarded(said(permissions.edit, 'permission')),
        request: { params, body: jsonBody(contract.replace) },
        responses: { 200: changed, ...changeErrors() },
      },
      async (c) => {
        const { input, asked } = inputOf<z.output<Create>>(c, bodyOf(c));
        return item(c, await replace(c.get('scope'), idOf(c), input, asked));
      },
    );
  }

  if (contract.bulk !== undefined && create !== undefined && change !== undefined && remove !== undefined) {
    const may = {
      create: said(permissions.create, 'permission'),
      edit: said(permissions.edit, 'permission'),
      remove: said(permissions.remove, 'permission'),
    };
    const createShape = said(contract.create, 'shape');
    const work = async (
      c: Context<AppEnv>,
      { id, remove: isRemoval, ...members }: { id?: string; remove?: boolean },
      index: number,
    ): Promise<Result<VersionedView<z.infer<Detail>>>> => {
      const scope = c.get('scope');
      const { input, asked } = inputOf<unknown>(c, members);
      // Each item is a command of its own: the request's key with the item's place.
      const its = { ...asked, expectedVersion: asked.expectedVersion, key: asked.key && `${asked.key}.${index}` };
      if (isRemoval === true) {
        if (id === undefined) return err({ code: 'VALIDATION_ERROR', errors: { id: ['required'] } });
        return permissionRefusal(scope.actor, may.remove) ?? remove(scope, id, its);
      }
      if (id !== undefined)
        return permissionRefusal(scope.actor, may.edit) ?? change(scope, id, input as z.output<Change>, its);
      const read = createShape.safeParse(input);
      if (!read.success) {
        return err({ code: 'VALIDATION_ERROR', errors: fieldErrors(read.error, c.get('language')) });
      }
      return permissionRefusal(scope.actor, may.create) ?? create(scope, read.data, its);
    };
    mount(
      {
        method: 'post',
        path: `${path}/bulk`,
        tags,
        summary: `Create, change and delete ${words.many}, one after the other; each is answered by itself`,
        ...guardedOnce(may.edit),
        request: { body: jsonBody(contract.bulk) },
        responses: {
          207: jsonAnswer(bulkResponse, 'what became of each item'),
          ...guardErrors(),
          ...onceErrors(),
        },
      },
      async (c) => {
        const { items } = bodyOf<{ items: { id?: string; remove?: boolean }[] }>(c);
        return answerEach(c, items, async (entry, index) => {
          const done = await work(c, entry, index);
          return done.ok ? ok(toldOf(done.value, entry.id === undefined ? 201 : 200)) : done;
        });
      },
    );
  }

  if (declared.isChosen === true && remove !== undefined && restore !== undefined) {
    const permission = said(permissions.remove, 'permission');
    for (const [verb, run] of [
      ['delete', remove],
      ['restore', restore],
    ] as const) {
      mount(
        {
          method: 'post',
          path: `${path}/bulk/${verb}`,
          tags,
          summary: `${verb === 'delete' ? 'Delete' : 'Restore'} the named ${words.many}, one after the other; each is answered by itself`,
          ...guardedOnce(permission),
          ...by,
          request: { body: jsonBody(chosenRequest(noun as Noun)) },
          responses: { 207: jsonAnswer(bulkResponse, 'what became of each item'), ...guardErrors(), ...onceErrors() },
        },
        async (c) => {
          const { items } = bodyOf<z.output<ReturnType<typeof chosenRequest>>>(c);
          return answerEach(c, items, async (entry) => {
            const asked = { ...askedOf(c), expectedVersion: entry.expected_version ?? null };
            const done = await run(c.get('scope'), entry.id, asked);
            return done.ok ? ok(toldOf(done.value, 200)) : done;
          });
        },
      );
    }
  }

  if (remove !== undefined) {
    mount(
      {
        method: 'delete',
        path: `${path}/{id}`,
        tags,
        summary:
          words.removal ?? `Delete ${words.one}; it can be restored${backing.kind === 'd1' ? ' for 30 days' : ''}`,
        ...guarded(said(permissions.remove, 'permission')),
        ...by,
        request: strands ? { params, query: confirmationQuery() } : { params },
        responses: { 200: changed, ...changeErrors() },
      },
      async (c) => item(c, await remove(c.get('scope'), idOf(c), askedByQuery(c))),
    );
  }

  if (restore !== undefined) {
    const permission = said(permissions.remove, 'permission');
    mount(
      {
        method: 'post',
        path: `${path}/{id}/restore`,
        tags,
        summary: `Restore ${words.one} that was deleted`,
        ...guardedOnce(permission),
        ...by,
        request: strands ? { params, query: confirmationQuery() } : { params },
        responses: { 200: changed, ...changeErrors() },
      },
      async (c) => item(c, await restore(c.get('scope'), idOf(c), askedByQuery(c))),
    );
  }

  return { routes, path, noun, backing: backing.kind, query: choicesOf(contract.query) };
}

/** What a bulk request says of an item that was done. */
const toldOf = ({ view, version, head }: VersionedView<unknown>, status: 200 | 201): Told => ({
  status,
  id: (view as { id: string }).id,
  version,
  head,
});

const askedOf = (c: Context<AppEnv>): Asked => ({
  expectedVersion: presentedVersion(c),
  minimum: c.req.header('X-Askpro-Min') ?? null,
  key: c.get('idempotencyKey') ?? null,
  confirm: false,
  confirmToken: null,
  language: c.get('language'),
});

interface Agreed {
  expected_version?: number;
  confirm?: boolean | 'true' | 'false';
  confirm_token?: string;
}

const agreedOf = (asked: Asked, { expected_version, confirm, confirm_token }: Agreed): Asked => ({
  ...asked,
  expectedVersion: expected_version ?? asked.expectedVersion,
  confirm: confirm === true || confirm === 'true',
  confirmToken: confirm_token ?? null,
});

/** What is written, apart from what the request says of its version and agreement. */
function inputOf<T>(c: Context<AppEnv>, body: Agreed): { input: T; asked: Asked } {
  const { expected_version: _version, confirm: _confirm, confirm_token: _token, ...input } = body;
  return { input: input as T, asked: agreedOf(askedOf(c), body) };
}

/** Requests without a body agree in their query; one that declares no query agrees to nothing. */
const askedByQuery = (c: Context<AppEnv>): Asked =>
  agreedOf(askedOf(c), (c.req.valid('query' as never) as Agreed | undefined) ?? {});

interface ExportedPage<View> {
  data: readonly View[];
  meta: { next_cursor: string | null };
}

/** The rows of the file, its head first: one page at a time, the next one only when the client has taken what there is. */
async function* exported<View>(
  columns: Readonly<Record<string, (item: View) => Cell>>,
  first: ExportedPage<View>,
  most: number,
  next: (cursor: string) => Promise<ExportedPage<View> | null>,
): AsyncGenerator<Cell[][]> {
  yield [Object.keys(columns)];
  const cells = Object.values(columns);
  let page: ExportedPage<View> | null = first;
  for (let rows = 0; page !== null && rows < most; rows += EXPORT_PAGE) {
    yield page.data.map((item) => cells.map((cell) => cell(item)));
    page = page.meta.next_cursor === null ? null : await next(page.meta.next_cursor);
  }
}

async function* csvOf(pages: AsyncIterable<Cell[][]>, separator: ',' | ';'): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(CSV_START);
  for await (const page of pages) yield encoder.encode(page.map((cells) => csvLine(cells, separator)).join(''));
}

function streamOf(bytes: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await bytes.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await bytes.return(undefined);
    },
  });
}

/** Members of a query with their choices, for tests that ask every list for everything it offers. */
function choicesOf(query: z.ZodObject): Record<string, readonly string[] | null> {
  const choices: Record<string, readonly string[] | null> = {};
  for (const [name, schema] of Object.entries(query.shape)) {
    if (name === 'cursor' || name === 'limit') continue;
    let inner = schema as z.ZodType;
    while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault) inner = inner.unwrap() as z.ZodType;
    choices[name] = inner instanceof z.ZodEnum ? (inner.options as string[]) : null;
  }
  return choices;
}
