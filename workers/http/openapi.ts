/** The OpenAPI 3.1 document, composed from the mounted modules. Called once by app.ts after the last module is mounted. */
import { OpenAPIHono } from '@hono/zod-openapi';
import type { OpenEnv } from './module-routes.ts';
import { STATUS } from './problem.ts';
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

type OpenApiDocument = ReturnType<OpenAPIHono<OpenEnv>['getOpenAPI31Document']>;

/** What the edge itself answers to a body before any module sees it; the last one only where a body is declared. */
const BODY_REFUSALS = ['PAYLOAD_TOO_LARGE', 'MALFORMED_JSON', 'UNSUPPORTED_MEDIA_TYPE'] as const;

/** The document of everything mounted so far, of one app or of several side by side, with the refusals that every route with a body shares. */
export function documentOf(...apps: Pick<OpenAPIHono<OpenEnv>, 'getOpenAPI31Document'>[]): OpenApiDocument {
  const whole = new OpenAPIHono();
  for (const app of apps) whole.route('/', app as unknown as OpenAPIHono);
  const document = whole.getOpenAPI31Document(INFO);
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    if (!path.startsWith('/api/') && !path.startsWith('/customer/') && !path.startsWith('/webhooks/')) continue;
    for (const operation of [item.post, item.put, item.patch, item.delete]) {
      if (operation === undefined) continue;
      const answers: Record<string, unknown> = operation.responses ?? {};
      operation.responses = answers;
      for (const code of operation.requestBody === undefined ? BODY_REFUSALS.slice(0, -1) : BODY_REFUSALS) {
        answers[STATUS[code]] ??= {
          description: code,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
        };
      }
    }
  }
  return document;
}

/**
 * Serves `GET /api/openapi.json`; the document is made at the first request and kept.
 * @param others loads the apps that are mounted beside this one
 */
export function mountDocument(app: OpenAPIHono<OpenEnv>, others: () => Promise<readonly OpenAPIHono<OpenEnv>[]>): void {
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
  app.get(DOCUMENT_PATH, async (c) => {
    if (made === null) {
      made = documentOf(app, ...(await others()));
      // They are 404 there: nobody should build on them.
      if (!c.get('platform').development)
        for (const path of Object.keys(made.paths ?? {})) if (path.startsWith('/api/dev/')) delete made.paths?.[path];
    }
    c.header('Cache-Control', 'public, max-age=300');
    return c.json(made, 200);
  });
}
