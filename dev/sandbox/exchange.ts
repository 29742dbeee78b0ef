/** One HTTP exchange as the sandbox's services see it: bounded body, form with nested brackets, plain answers. Called by sandbox.ts and every service. */
import type { IncomingMessage } from 'node:http';

/** Larger bodies get 413; the largest real one (a call with its transcript) is under 1 MB. */
export const MAX_BODY_BYTES = 2_000_000;
/** Bounds of a form: Stripe's own nesting stays under 6 levels. */
const MAX_FORM_FIELDS = 1_000;
const MAX_FORM_DEPTH = 8;

type FormValue = string | FormValue[] | { [key: string]: FormValue };
export type FormObject = { [key: string]: FormValue };

export interface Exchange {
  readonly method: string;
  /** Inside the service, such as `/v1/checkout/sessions`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** `http://host:port` as the caller addressed us. */
  readonly origin: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly rawBody: string;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, a string as it is. */
  readonly body?: object | string;
  /** Instead of a body: sent as they are. */
  readonly bytes?: Uint8Array;
}

export const json = (status: number, body: object, headers: Record<string, string> = {}): Answer => ({
  status,
  body,
  headers,
});
export const html = (body: string, status = 200): Answer => ({
  status,
  body,
  headers: { 'content-type': 'text/html; charset=utf-8' },
});
export const redirect = (location: string): Answer => ({ status: 303, headers: { location }, body: '' });

/** Reads the whole body; null when it is larger than we take. */
export async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The body as JSON object; null when it is not one. */
export function jsonBody(exchange: Exchange): Record<string, unknown> | null {
  if (exchange.rawBody.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(exchange.rawBody);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** Control bodies: JSON, or a form from the sandbox's own page. */
export function looseBody(exchange: Exchange): Record<string, unknown> | null {
  if ((exchange.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded'))
    return nestedForm(exchange.rawBody);
  return jsonBody(exchange);
}

/** Reads `a[b][0][c]=x&d[]=y` as Stripe does: digits and empty brackets make lists. */
export function nestedForm(text: string): FormObject {
  const root: FormObject = {};
  let fields = 0;
  for (const [name, value] of new URLSearchParams(text)) {
    if (++fields > MAX_FORM_FIELDS) break;
    const keys = [...name.matchAll(/[^[\]]+|\[\]/g)].map((match) => match[0]).slice(0, MAX_FORM_DEPTH);
    if (keys.length === 0 || keys.some((key) => key === '__proto__' || key === 'constructor')) continue;
    place(root, keys, value);
  }
  return root;
}

function place(target: FormObject | FormValue[], keys: string[], value: string): void {
  const [key = '', ...rest] = keys;
  const next = rest[0];
  const child = (): FormValue => (next === '[]' || (next !== undefined && /^\d{1,3}$/.test(next)) ? [] : {});
  if (Array.isArray(target)) {
    const index = key === '[]' ? target.length : Number(key);
    if (!Number.isInteger(index) || index > MAX_FORM_FIELDS) return;
    if (rest.length === 0) target[index] = value;
    else {
      const existing = target[index] ?? child();
      target[index] = existing;
      if (typeof existing !== 'string') place(existing, rest, value);
    }
    return;
  }
  if (rest.length === 0) target[key] = value;
  else {
    const existing = target[key] ?? child();
    target[key] = existing;
    if (typeof existing !== 'string') place(existing, rest, value);
  }
}

/** Narrowing reads of a nested form. */
export const formText = (value: FormValue | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;
export const formList = (value: FormValue | undefined): FormValue[] => (Array.isArray(value) ? value : []);
export const formObject = (value: FormValue | undefined): FormObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
export function formTexts(value: FormValue | undefined): Record<string, string> {
  const made: Record<string, string> = {};
  for (const [key, item] of Object.entries(formObject(value))) if (typeof item === 'string') made[key] = item;
  return made;
}
