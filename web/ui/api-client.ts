/**
 * The one way the web apps speak to the Worker: JSON in and out, refusals as values, request id kept for support,
 * read-your-writes heads carried from each answer to the next request. Called by admin and portal.
 */
import type { InlinedAnswer } from '../../shared/page-data.ts';
import { mergeHeads } from './heads.ts';

/** A refusal or a failed connection, ready to be shown. `code` is the registry's, `NETWORK` without any answer. */
export interface ApiFault {
  status: number;
  code: string;
  /** the server's sentence; the web apps prefer their own translation of `code` */
  message: string;
  details: Record<string, unknown>;
  errors: Record<string, string[]>;
  retryAfterSeconds: number | null;
  requestId: string | null;
}

export type ApiAnswer<T> = { ok: true; body: T; requestId: string | null } | { ok: false; fault: ApiFault };

export type Query = Record<string, string | number | boolean | null | undefined>;

export interface ApiClient {
  get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<ApiAnswer<T>>;
  /** One answer per `idempotencyKey`: a repeated click or a retry does not act twice. */
  post<T>(path: string, body: unknown, idempotencyKey?: string): Promise<ApiAnswer<T>>;
  /** `version` of the row as it was read goes out as `If-Match`: a change made meanwhile is refused, not overwritten. */
  patch<T>(path: string, body: unknown, idempotencyKey?: string, version?: number): Promise<ApiAnswer<T>>;
  /** Puts a thing as it is into its place; `version` as for `patch`. */
  put<T>(path: string, body: unknown, version?: number): Promise<ApiAnswer<T>>;
  /** Sends a file as it is; waited for as long as a slow line takes. */
  upload<T>(path: string, file: Blob): Promise<ApiAnswer<T>>;
  delete<T>(path: string, query?: Query): Promise<ApiAnswer<T>>;
}

export interface ApiClientOptions {
  fetch?: typeof globalThis.fetch;
  /** for Accept-Language: the server's sentences follow the web app's language */
  language: () => string;
  /** called at every 401 except that of the sign-in itself */
  onSignedOut?: () => void;
  /** called where the session owes a second factor by now */
  onFactorOwed?: () => void;
  /** called with whether an answer of any kind arrived */
  onReached?: (reached: boolean) => void;
  /** Hands out what came along with the page, once; without it everything is fetched. */
  takeInlined?: (path: string, query?: Query) => InlinedAnswer | null;
}

/** Longer than any answer we accept to wait for; a hanging connection becomes a message with a retry. */
const REQUEST_TIMEOUT_MS = 20_000;
/** Twenty megabytes over the slowest line that anybody has patience with. */
const UPLOAD_TIMEOUT_MS = 600_000;

/** Appends only what has a value. */
export function withQuery(path: string, query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${text}`;
}

export function createApiClient(options: ApiClientOptions): ApiClient {
  const doFetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  let head = '';

  async function send<T>(
    method: string,
    path: string,
    init: RequestInit,
    within = REQUEST_TIMEOUT_MS,
  ): Promise<ApiAnswer<T>> {
    const headers = new Headers(init.headers);
    headers.set('accept', 'application/json');
    headers.set('accept-language', options.language());
    if (head !== '') headers.set('x-askpro-min', head);
    const timeout = AbortSignal.timeout(within);
    const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
    let response: Response;
    try {
      response = await doFetch(path, { ...init, method, headers, signal, credentials: 'same-origin' });
    } catch {
      // Whoever dropped the question knows nothing of the network.
      if (init.signal?.aborted !== true) options.onReached?.(false);
      return { ok: false, fault: networkFault() };
    }
    options.onReached?.(true);
    head = mergeHeads(head, response.headers.get('x-askpro-head') ?? '');
    const requestId = response.headers.get('x-request-id');
    const body = await readJson(response);
    if (response.ok && body !== undefined) return { ok: true, body: body as T, requestId };
    const fault = faultOf(response, body, requestId);
    if (fault.status === 401 && !path.startsWith('/api/auth/')) options.onSignedOut?.();
    if (fault.code === 'SECOND_FACTOR_REQUIRED') options.onFactorOwed?.();
    return { ok: false, fault };
  }

  function withBody<T>(
    method: string,
    path: string,
    body: unknown,
    key: string | undefined,
    version?: number,
  ): Promise<ApiAnswer<T>> {
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (key !== undefined) headers['idempotency-key'] = key;
    if (version !== undefined) headers['if-match'] = `"${version}"`;
    return send<T>(method, path, { headers, body: JSON.stringify(body) });
  }

  /** What came along is as good as fetched: its position counts for later reads too. */
  function inlined<T>(path: string, query?: Query): ApiAnswer<T> | null {
    const found = options.takeInlined?.(path, query) ?? null;
    if (found === null) return null;
    head = mergeHeads(head, found.head ?? '');
    return { ok: true, body: found.body as T, requestId: null };
  }

  return {
    get: async (path, query, signal) =>
      inlined(path, query) ?? send('GET', withQuery(path, query), signal ? { signal } : {}),
    post: (path, body, key) => withBody('POST', path, body, key),
    patch: (path, body, key, version) => withBody('PATCH', path, body, key, version),
    put: (path, body, version) => withBody('PUT', path, body, undefined, version),
    upload: (path, file) =>
      send('PUT', path, { headers: { 'content-type': 'application/octet-stream' }, body: file }, UPLOAD_TIMEOUT_MS),
    delete: (path, query) => send('DELETE', withQuery(path, query), {}),
  };
}

async function readJson(response: Response): Promise<unknown> {
  try {
    const text = await response.text();
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}

const networkFault = (): ApiFault => ({
  status: 0,
  code: 'NETWORK',
  message: '',
  details: {},
  errors: {},
  retryAfterSeconds: null,
  requestId: null,
});

const textOr = (value: unknown, otherwise: string | null): string | null =>
  typeof value === 'string' ? value : otherwise;
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Reads our envelope (`error: {code, …}`), and flat `{code, message}` bodies as the sign-in library writes them. */
export function faultOf(
  response: Pick<Response, 'status' | 'headers'>,
  body: unknown,
  requestId: string | null,
): ApiFault {
  const outer = isRecord(body) ? body : {};
  const inner = isRecord(outer['error']) ? outer['error'] : outer;
  const seconds = Number(inner['retry_after'] ?? response.headers.get('retry-after') ?? Number.NaN);
  return {
    status: response.status,
    code: typeof inner['code'] === 'string' ? inner['code'] : `HTTP_${response.status}`,
    message: typeof inner['message'] === 'string' ? inner['message'] : '',
    details: isRecord(inner['details']) ? inner['details'] : {},
    errors: isRecord(inner['errors']) ? (inner['errors'] as Record<string, string[]>) : {},
    retryAfterSeconds: Number.isFinite(seconds) ? seconds : null,
    requestId: textOr(inner['request_id'], textOr(outer['request_id'], requestId)),
  };
}
