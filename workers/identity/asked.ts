/** What the commands behind open routes are told of a request, and the answer of those that never say whether an address is known. Called by the routes of sign-in, links and sign-up. */
import type { Context } from 'hono';
import type { Instant } from '../../shared/clock.ts';
import type { DomainError, EdgeError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import { isSecure } from '../http/authenticate.ts';
import type { OpenEnv } from '../http/module-routes.ts';
import { refuse } from '../http/problem.ts';
import { addressOf } from '../http/rate-limit.ts';
import type { Realm } from '../tenancy/directory.ts';

/** Who asks where nobody is signed in. */
export interface Asked {
  realm: Realm;
  /** of the line: what the locks count by */
  address: string;
  /** of the request: the audit row's time and name of its cause */
  now: Instant;
  requestId: string;
}

/** The same of a browser that may be signed in by the answer. */
export interface AskedByBrowser extends Asked {
  /** what the browser knew before: by it it proves that the account has signed in there */
  cookie: string | undefined;
  /** user agent and address are kept with the session */
  headers: Headers;
  /** https: the cookie gets Secure */
  secure: boolean;
}

/** Of a request that anybody may send. */
export const asked = (c: Context<OpenEnv>): Asked => ({
  realm: c.get('realm'),
  address: addressOf(c),
  now: c.get('now'),
  requestId: c.get('requestId'),
});

/** Of a request that may end in a session. */
export const askedByBrowser = (c: Context<OpenEnv>): AskedByBrowser => ({
  ...asked(c),
  cookie: c.req.header('Cookie'),
  headers: browserHeaders(c),
  secure: isSecure(c),
});

/** Only what the session row keeps: the old cookie must not reach the library, a sign-in starts a new session. */
function browserHeaders(c: Context<OpenEnv>): Headers {
  const headers = new Headers();
  const agent = c.req.header('User-Agent');
  if (agent !== undefined) headers.set('User-Agent', agent.slice(0, 300));
  const address = c.req.header('CF-Connecting-IP');
  if (address !== undefined) headers.set('CF-Connecting-IP', address);
  return headers;
}

/** The same answer whether the address is known: the work is done behind it, so that its time says nothing either. */
export function heardAnswer(
  c: Context<OpenEnv>,
  heard: Result<{ work: () => Promise<void> }, DomainError | EdgeError>,
) {
  if (!heard.ok) return refuse(c, heard.error);
  c.executionCtx.waitUntil(heard.value.work());
  return c.json({ success: true as const }, 200);
}
