/** What the routes of credentials load with their first request. */
export { endOldSecret } from './commands/end-old-secret.ts';
export { makeWebhookSecret } from './commands/make-webhook-secret.ts';
export { enterCredential } from './commands/put-credential.ts';
export { disconnect } from './commands/remove-credential.ts';
export { resealValues, sealedValues } from './commands/reseal.ts';
export { testConnection } from './commands/test-connection.ts';
export { listIntegrations, oneIntegration } from './queries/integrations.ts';
