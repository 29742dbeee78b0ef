/** Bounds of request bodies, and the raw body of signed requests. Called by middleware.ts and by webhook routes. */
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import { HTTPException } from 'hono/http-exception';
import { mayHoldHalfCharacters } from '../../shared/half-characters.ts';
import { refuse } from './problem.ts';
import type { AppEnv } from './room.ts';

/** Largest JSON body of the API: 1,000 usage events of 400 bytes fit with room to spare. */
export const MAX_JSON_BYTES = 512 * 1024;
/** Largest webhook body unless the vendor is known to send more. */
const MAX_WEBHOOK_BYTES = 1024 * 1024;
/** Outer bound of all signed requests: Retell's call_ended with word timings reaches 4 MB. */
export const MAX_SIGNED_BYTES = 4 * 1024 * 1024;

/** 413 for a body over the bound, whatever its Content-Length says. */
export const boundBody = (maxBytes: number) =>
  bodyLimit({ maxSize: maxBytes, onError: (c) => refuse(c, { code: 'PAYLOAD_TOO_LARGE', max_bytes: maxBytes }) });

/**
 * Refuses JSON with half a character in it (`"\ud800"`, forbidden by RFC 7493): JavaScript keeps such a text, UTF-8 can't, and a row of D1
 * would differ from its object for ever. Other bodies only cost one look. Strangers hear 401 or 422 from the route, and nobody reads what
 * comes with a DELETE.
 */
export const wholeCharacters = createMiddleware<AppEnv>(async (c, next) => {
  const isRead = c.get('actor') !== undefined && c.req.method !== 'DELETE' && c.req.raw.body !== null;
  if (isRead && c.req.header('Content-Type')?.includes('json')) {
    const text = await c.req.text();
    if (mayHoldHalfCharacters(text) && !isWellFormed(text)) return refuse(c, { code: 'MALFORMED_JSON' });
  }
  await next();
  return undefined;
});

function isWellFormed(json: string): boolean {
  let isWhole = true;
  try {
    JSON.parse(json, (name: string, value: unknown) => {
      if (!name.isWellFormed() || (typeof value === 'string' && !value.isWellFormed())) isWhole = false;
      return value;
    });
  } catch (fault) {
    // Who reads it says that it is no JSON; what is too deep to look at is nothing we take.
    return fault instanceof SyntaxError;
  }
  return isWhole;
}

/** The body exactly as signed (a byte order mark stays). Over `maxBytes` the request ends with 413. */
export async function readRawBody(c: Context, maxBytes: number = MAX_WEBHOOK_BYTES): Promise<string> {
  const bytes = await c.req.arrayBuffer();
  if (bytes.byteLength > maxBytes) throw new HTTPException(413, { cause: { max_bytes: maxBytes } });
  return new TextDecoder('utf-8', { ignoreBOM: true, fatal: false }).decode(bytes);
}
