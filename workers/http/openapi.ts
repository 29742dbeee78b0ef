/** The OpenAPI 3.1 document, composed from the mounted rooms. Called once by app.ts after the last room is mounted. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { AppEnv } from './room.ts';
import { publicRoute } from './schema.ts';

const INFO = {
  openapi: '3.1.0',
  info: {
    title: 'AskProAI',
    version: '1.0.0',
    description:
      'Ids are opaque strings. Instants are UTC ISO 8601; wall-clock fields are in the zone of the branch. Money is integer minor units. ' +
      'Mutations answer `X-Askpro-Head`; send it back as `X-Askpro-Min` to read your own writes. ' +
      'Refusals: `{success: false, error: {code, message, details?, errors?, request_id}}`. ' +
      'Limits: 120 requests a minute per user or API key, 60 per address without; see the `X-RateLimit-*` headers.',
  },
} as const;

/** Vendors whose signature a `signedRoute` may name, with the header that carries it. */
const SIGNATURES = {
  retell: 'X-Retell-Signature',
  calcom: 'X-Cal-Signature-256',
  stripe: 'Stripe-Signature',
  twilio: 'X-Twilio-Signature',
  telegram: 'X-Telegram-Bot-Api-Secret-Token',
} as const;

const DOCUMENT_PATH = '/api/openapi.json';

export type OpenApiDocument = ReturnType<OpenAPIHono<AppEnv>['getOpenAPI31Document']>;

/** The document of everything mounted so far. */
export const documentOf = (app: OpenAPIHono<AppEnv>): OpenApiDocument => app.getOpenAPI31Document(INFO);

/** Serves `GET /api/openapi.json`; the document is made at the first request and kept. */
export function mountDocument(app: OpenAPIHono<AppEnv>): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-askpro_session',
    description: 'Set by POST /api/auth/sign-in/email (`askpro_session` on http://localhost)',
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'ask_live_… | ask_test_…',
  });
  for (const [vendor, header] of Object.entries(SIGNATURES)) {
    app.openAPIRegistry.registerComponent('securitySchemes', `${vendor}Signature`, {
      type: 'apiKey',
      in: 'header',
      name: header,
    });
  }
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: DOCUMENT_PATH,
    tags: ['meta'],
    summary: 'This document',
    ...publicRoute,
    responses: { 200: { description: 'OpenAPI 3.1' } },
  });
  let made: OpenApiDocument | null = null;
  app.get(DOCUMENT_PATH, (c) => {
    made ??= documentOf(app);
    c.header('Cache-Control', 'public, max-age=300');
    return c.json(made, 200);
  });
}
