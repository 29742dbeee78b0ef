/** Imports as a resource: begun, listed and shown; what is done with one are verbs (routes.ts). Mounted through routes.ts. */
import {
  type CreateImport,
  createImportRequest,
  importItem,
  type ImportItem,
  importQuery,
  importView,
  type ImportView,
} from '../../shared/contract/imports.ts';
import { lazy } from '../../shared/lazy.ts';
import { ok } from '../../shared/result.ts';
import type { Asked } from '../resources/backing.ts';
import { defineResource } from '../resources/define.ts';
import { lazyReading } from '../resources/lazy-backing.ts';
import { importList } from '../storage/queries/imports.ts';
import { nothingReached } from '../storage/queries/reach.ts';
import type { imports } from '../storage/tables/imports.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { itemOfImport, viewOfImport } from './queries/imports.ts';

const creating = lazy(() => import('./commands/create-import.ts'));

const reading = lazyReading<typeof imports, ImportItem, ImportView>({
  noun: 'import',
  source: importList,
  // Duplicates are looked for among all customers, and shown: whoever does not reach everybody has no imports.
  only: async (scope) => nothingReached(await scope.reached()),
  views: async (_scope, rows, { language }) => rows.map((row) => itemOfImport(row, language)),
  detail: (scope, row, { language }) => viewOfImport(scope, row, language),
});

export const importsResource = defineResource({
  noun: 'import',
  path: '/api/v1/imports',
  collection: 'imports',
  words: { one: 'an import', many: 'imports', listed: 'newest first', shown: 'with its columns and how far it is' },
  permissions: { view: 'view_imports', create: 'create_imports' },
  contract: { item: importItem, detail: importView, query: importQuery, create: createImportRequest },
  backing: {
    ...reading,
    async create(scope: TenantScope, input: CreateImport, { language }: Asked) {
      const { createImport } = await creating();
      const made = await createImport(scope, input);
      return made.ok ? ok({ view: await viewOfImport(scope, made.value, language) }) : made;
    },
  },
  refusals: ['LIMIT_REACHED'],
});
