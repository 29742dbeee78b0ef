/** Legal texts as a resource of whoever sells: list and one. Publishing a version is a command (routes.ts), which also mounts this. */
import { legalTextQuery, legalTextRow, legalTextView } from '../../shared/contract/legal.ts';
import { lazy } from '../../shared/lazy.ts';
import { defineResource } from '../resources/define.ts';

const queries = lazy(() => import('./queries/legal-texts.ts'));

export const legalTextsResource = defineResource({
  noun: 'legal_text',
  path: '/api/v1/legal-texts',
  collection: 'legal',
  words: { one: 'a legal text', many: 'legal texts', listed: 'of the platform or of the reseller who asks' },
  permissions: { view: 'view_legal_texts' },
  contract: { item: legalTextRow, query: legalTextQuery, detail: legalTextView },
  backing: {
    kind: 'd1',
    page: async (scope, query) => (await queries()).listLegalTexts(scope, query),
    one: async (scope, id) => (await queries()).oneLegalText(scope, id),
  },
});
