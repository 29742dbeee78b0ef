/** One bounded HTTP exchange with a vendor: time-out over headers and body, size limit, closed fault union. Called by every vendor client here. */
import { err, ok, type Result } from '../../shared/result.ts';

/** Default patience with a vendor; tests and `VENDOR_TIMEOUT_MS` shorten it. Longer than any vendor's p99, shorter than a queue attempt. */
export const DEFAULT_VENDOR_TIMEOUT_MS = 8_000;
/** A vendor answer larger than this is refused: a page of 250 Cal.com bookings is about 600 kB. */
export const MAX_VENDOR_RESPONSE_BYTES = 2_000_000;
/** How much of an error body is kept for rows and logs. */
const MAX_FAULT_BODY_CHARS = 300;
/** A vendor that asks for more patience than this is asked again sooner all the same: a queue owns the back-off. */
const MAX_RETRY_AFTER_SECONDS = 3_600;

type VendorFaultKind = 'timeout' | 'network' | 'status' | 'rate_limited' | 'invalid_response';

/** The world failed. The owner of a durable retry decides by `retryable` and `ambiguous`; nothing here retries. */
export interface VendorFault {
  readonly kind: VendorFaultKind;
  /** The same request may succeed later. */
  readonly retryable: boolean;
  /** The vendor may have acted although no usable answer came: look before retrying where there is no idempotency key. */
  readonly ambiguous: boolean;
  readonly status?: number;
  readonly retryAfterSeconds?: number;
  /** Start of the vendor's error body (or the network error), never with credentials of ours. */
  readonly body?: string;
}

export type VendorResult<T> = Result<T, VendorFault>;

/** The part of `fetch` we use; injectable so that tests need no network. */
export type FetchLike = (url: string, init: RequestInit) => Promise<Response>;

/** What every vendor configuration carries. `baseUrl` without trailing slash. */
export interface VendorOptions {
  readonly baseUrl: string;
  readonly timeoutMs?: number;
  readonly fetch?: FetchLike;
  /** Is told how the call ended, before its caller is. Must not throw. */
  readonly heard?: Heard;
  /** Default: what `timeoutMs` says. */
  readonly patience?: Patience;
}

/** How long one waits for a vendor that one would give so many ms alone. */
export type Patience = <T>(ms: number, work: (ms: number) => Promise<T>) => Promise<T>;
export const asIfAlone: Patience = (ms, work) => work(ms);

/** Of one event of a Worker so many connections wait for an answer at a time; further ones wait inside the runtime, which nobody sees. */
const CONNECTIONS = 6;
/** Several calls of one attempt stay below its bound of 120 s. */
const LONGEST_PATIENCE_MS = 30_000;

/** For calls of one event that share its connections: whoever waits behind others has their time on top of its own. */
export function sharedPatience(): Patience {
  let open = 0;
  return async (ms, work) => {
    open++;
    try {
      return await work(Math.max(ms, Math.min(LONGEST_PATIENCE_MS, ms * Math.ceil(open / CONNECTIONS))));
    } finally {
      open--;
    }
  };
}

/** @param fault code-like; null: the vendor answered, be it with a refusal of what was asked */
type Heard = (fault: string | null) => Promise<void>;

/** Our credentials count as the vendor's fault: with wrong ones nothing gets through either. */
const OUR_CREDENTIALS: ReadonlySet<number> = new Set([401, 403]);

/** What an outcome says of the vendor: null: it is there; else what it failed by. */
export const faultHeard = (result: VendorResult<unknown>): string | null => {
  if (result.ok) return null;
  const { kind, status } = result.error;
  const isAnswer = kind === 'status' && status !== undefined && status < 500 && !OUR_CREDENTIALS.has(status);
  return isAnswer ? null : status === undefined ? kind : `${kind} ${status}`;
};

export interface VendorRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path with query, beginning with a slash; appended to the base URL. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** True when the call changes something at the vendor: its silence is ambiguous. */
  readonly acts: boolean;
}

interface VendorAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/**
 * Sends one request and reads the whole bounded answer. 2xx → ok; everything else a fault.
 * Refusals: timeout, network, rate_limited (429), status (the rest), invalid_response (answer too large).
 */
export async function callVendor(options: VendorOptions, request: VendorRequest): Promise<VendorResult<VendorAnswer>> {
  const { timeoutMs = DEFAULT_VENDOR_TIMEOUT_MS, patience = asIfAlone } = options;
  const result = await patience(timeoutMs, (ms) => exchange(options, request, ms));
  await options.heard?.(faultHeard(result));
  return result;
}

async function exchange(
  options: VendorOptions,
  request: VendorRequest,
  timeoutMs: number,
): Promise<VendorResult<VendorAnswer>> {
  const send: FetchLike = options.fetch ?? ((url, init) => globalThis.fetch(url, init));
  const abort = new AbortController();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    abort.abort();
  }, timeoutMs);
  try {
    const response = await send(trimSlash(options.baseUrl) + request.path, {
      method: request.method,
      headers: { ...request.headers },
      ...(request.body === undefined ? {} : { body: request.body }),
      redirect: 'manual',
      signal: abort.signal,
    });
    const text = await readBounded(response);
    if (text === null) {
      abort.abort();
      return err({
        kind: 'invalid_response',
        retryable: false,
        ambiguous: request.acts,
        status: response.status,
        body: 'answer too large',
      });
    }
    if (response.status >= 200 && response.status < 300)
      return ok({ status: response.status, headers: response.headers, text });
    return err(faultOfStatus(response.status, response.headers, text, request.acts));
  } catch (error) {
    if (timedOut) return err({ kind: 'timeout', retryable: true, ambiguous: request.acts });
    return err({ kind: 'network', retryable: true, ambiguous: request.acts, body: shorten(describe(error)) });
  } finally {
    clearTimeout(timer);
  }
}

/** Parses a successful answer; a shape we cannot read after the vendor acted is ambiguous, like its silence. */
export function readAnswer<T>(
  answer: VendorAnswer,
  parse: (body: unknown) => { success: true; data: T } | { success: false },
  acts: boolean,
): VendorResult<T> {
  let body: unknown;
  try {
    body = JSON.parse(answer.text);
  } catch {
    body = undefined;
  }
  const parsed = body === undefined ? ({ success: false } as const) : parse(body);
  if (parsed.success) return ok(parsed.data);
  return err({
    kind: 'invalid_response',
    retryable: true,
    ambiguous: acts,
    status: answer.status,
    body: shorten(answer.text),
  });
}

/**
 * Sorts an HTTP status into the union. 5xx of an acting call is ambiguous (a gateway may time out after the vendor acted);
 * 4xx is the vendor's refusal. 408, 409, 423 and 425 are momentary: worth another try.
 */
export function faultOfStatus(status: number, headers: Headers, text: string, acts: boolean): VendorFault {
  const retryAfterSeconds = retryAfter(headers);
  const base = { status, body: shorten(text), ...(retryAfterSeconds === null ? {} : { retryAfterSeconds }) };
  if (status === 429) return { ...base, kind: 'rate_limited', retryable: true, ambiguous: false };
  if (status >= 500) return { ...base, kind: 'status', retryable: true, ambiguous: acts };
  const momentary = status === 408 || status === 409 || status === 423 || status === 425;
  return { ...base, kind: 'status', retryable: momentary, ambiguous: false };
}

/** Seconds from `Retry-After` (number, or HTTP date measured against the answer's own `Date`); null when absent. */
function retryAfter(headers: Headers): number | null {
  const value = headers.get('retry-after');
  if (value === null) return null;
  if (/^\d{1,9}$/.test(value.trim())) return Math.min(Number(value), MAX_RETRY_AFTER_SECONDS);
  const at = Date.parse(value);
  const from = Date.parse(headers.get('date') ?? '');
  if (Number.isNaN(at) || Number.isNaN(from)) return null;
  return Math.min(Math.max(0, Math.ceil((at - from) / 1000)), MAX_RETRY_AFTER_SECONDS);
}

async function readBounded(response: Response): Promise<string | null> {
  if (!response.body) return '';
  const reader = response.body.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > MAX_VENDOR_RESPONSE_BYTES) {
      await reader.cancel().catch(() => undefined);
      return null;
    }
    text += decoder.decode(value, { stream: true });
  }
}

const describe = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return error.message + cause;
};

export const shorten = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, MAX_FAULT_BODY_CHARS);
export const trimSlash = (url: string): string => url.replace(/\/+$/, '');
