/** API keys as a resource; making, rotating and revoking one are verbs of their own (api-key-routes.ts). Mounted through team-routes.ts. */
import { apiKeyListQuery, apiKeyView } from '../../shared/contract/identity.ts';
import { defineResource } from '../resources/define.ts';
import { listApiKeys, oneApiKey } from './queries/api-keys.ts';

export const apiKeysResource = defineResource({
  noun: 'api_key',
  path: '/api/v1/api-keys',
  collection: 'identity',
  words: { one: 'an API key', many: 'API keys that were not revoked', listed: 'oldest first' },
  permissions: { view: 'view_api_keys' },
  contract: { item: apiKeyView, query: apiKeyListQuery },
  backing: { kind: 'd1', page: listApiKeys, one: oneApiKey },
});
