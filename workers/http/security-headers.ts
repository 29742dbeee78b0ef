/** Security headers of every answer. Pages with an inline boot script ask for a nonce here. */
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { OpenEnv } from './module-routes.ts';

const HSTS = 'max-age=31536000; includeSubDomains';
const PERMISSIONS_POLICY = 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()';

const NONCES = new WeakMap<Context, string>();
const FRAME_ANCESTORS = new WeakMap<Context, readonly string[]>();
/** More origins than a tenant can list; a header has limits of its own. */
const MAX_ANCESTORS = 50;

/** A nonce for this answer's inline scripts; put it on the `<script nonce>` tags. The same within one request. */
export function scriptNonce(c: Context): string {
  const known = NONCES.get(c);
  if (known !== undefined) return known;
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18))));
  NONCES.set(c, nonce);
  return nonce;
}

/** Answers of the API tell of one tenant, often of one person: kept by no browser and no proxy, unless the route says otherwise. */
export const noStore = createMiddleware<OpenEnv>(async (c, next) => {
  await next();
  if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store');
});

/** Only for `/book/embed/*` and shared calendars: the listed origins may frame this answer. Origins were validated when saved. */
export function allowFraming(c: Context, origins: readonly string[]): void {
  FRAME_ANCESTORS.set(c, origins.slice(0, MAX_ANCESTORS));
}

/**
 * `style-src` allows inline styles because the web apps set CSS variables and style attributes; scripts stay strict.
 * @param ancestors origins that may frame the answer; empty = none
 */
export function contentSecurityPolicy(nonce: string | undefined, ancestors: readonly string[]): string {
  return [
    "default-src 'self'",
    nonce === undefined ? "script-src 'self'" : `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${ancestors.length === 0 ? "'none'" : ancestors.join(' ')}`,
  ].join('; ');
}

export const securityHeaders = createMiddleware<OpenEnv>(async (c, next) => {
  await next();
  if (c.res.status === 101) return;
  try {
    setSecurityHeaders(c, c.res.headers);
  } catch {
    // Answers of ASSETS and of fetch have immutable headers. All others keep their body as it is: a copy would turn it into a stream.
    const headers = new Headers(c.res.headers);
    setSecurityHeaders(c, headers);
    const { body, status, statusText } = c.res;
    c.res = undefined;
    c.res = new Response(body, { status, statusText, headers });
  }
});

function setSecurityHeaders(c: Context<OpenEnv>, headers: Headers): void {
  const ancestors = FRAME_ANCESTORS.get(c) ?? [];
  headers.set('Content-Security-Policy', contentSecurityPolicy(NONCES.get(c), ancestors));
  if (ancestors.length === 0) headers.set('X-Frame-Options', 'DENY');
  headers.set('X-Content-Type-Options', 'nosniff');
  headers.set('X-XSS-Protection', '0');
  // Pages whose address is a secret say less.
  if (!headers.has('Referrer-Policy')) headers.set('Referrer-Policy', 'strict-origin-when-cross-origin');
  headers.set('Permissions-Policy', PERMISSIONS_POLICY);
  headers.set('X-Request-Id', c.get('requestId'));
  // Browsers ignore it over http; sending it there would only confuse a developer's localhost behind a proxy.
  if (c.req.url.startsWith('https:')) headers.set('Strict-Transport-Security', HSTS);
}
