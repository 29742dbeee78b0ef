/** Bounds of request bodies, and the raw body of signed requests. Called by middleware.ts and by webhook routes. */
import type { Context, MiddlewareHandler } from 'hono';
import { MAX_IMPORT_BYTES } from '../../shared/import-sets.ts';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { refuse } from './problem.ts';

/** Largest JSON body of the API: 1,000 usage events of 400 bytes fit with space to spare. */
export const MAX_JSON_BYTES = 512 * 1024;
/** Largest webhook body unless the vendor is known to send more. */
const MAX_WEBHOOK_BYTES = 1024 * 1024;
/** Outer bound of all signed requests: Retell's call_ended with word timings reaches 4 MB. */
export const MAX_SIGNED_BYTES = 4 * 1024 * 1024;

/** 413 for a body over the bound, whatever its Content-Length says. */
export const boundBody = (maxBytes: number) =>
  bodyLimit({ maxSize: maxBytes, onError: (c) => refuse(c, { code: 'PAYLOAD_TOO_LARGE', max_bytes: maxBytes }) });

/** A file of an import (shared/import-sets.ts): the one body of the API that is no JSON. */
const IMPORT_FILE = /^\/api\/v1\/imports\/[^/]+\/file$/;
const boundFile = boundBody(MAX_IMPORT_BYTES);
const boundJson = boundBody(MAX_JSON_BYTES);
/** What a request of the API may send. */
export const boundApiBody: MiddlewareHandler = (c, next) =>
  (IMPORT_FILE.test(c.req.path) ? boundFile : boundJson)(c, next);

/** The body exactly as signed (a byte order mark stays). Over `maxBytes` the request ends with 413. */
export async function readRawBody(c: Context, maxBytes: number = MAX_WEBHOOK_BYTES): Promise<string> {
  const bytes = await c.req.arrayBuffer();
  if (bytes.byteLength > maxBytes) throw new HTTPException(413, { cause: { max_bytes: maxBytes } });
  return new TextDecoder('utf-8', { ignoreBOM: true, fatal: false }).decode(bytes);
}
