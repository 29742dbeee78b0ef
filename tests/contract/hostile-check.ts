/** Sends one hostile request through the assembled app and says what is wrong with the answer. Called by the hostile-input tests. */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { app } from '../../workers/app.ts';
import { STATUS } from '../../workers/http/problem.ts';
import { mismatches } from './answers.ts';
import type { Operation } from './document.ts';
import { generousEnv } from './requests.ts';
import { openApi } from './whole-document.ts';

/** Longer means that it hangs; the test says which request did. */
const HANG_MS = 10_000;
/** How long a stream is listened to. */
const STREAM_MS = 30;

/** Stored webhooks are worked on by the tests themselves, one after the other, instead of by consumers beside them. */
const stillEnv = { ...generousEnv, QUEUE_HIGH: { send: () => Promise.resolve() } } as unknown as typeof generousEnv;

export interface Shot {
  status: number;
  text: string;
  headers: Headers;
  method: string;
  /** what was sent, for the report */
  label: string;
}

const SECURITY_HEADERS: Readonly<Record<string, RegExp>> = {
  'Content-Security-Policy': /default-src 'self'/,
  'X-Content-Type-Options': /^nosniff$/,
  'Referrer-Policy': /^strict-origin-when-cross-origin$/,
  'Permissions-Policy': /camera=\(\)/,
  'X-Frame-Options': /^DENY$/,
  'X-Request-Id': /^req_[0-9a-f]{32}$/,
};

/** Traces of the inside that no answer may carry; none of them is in what the tests send. */
const LEAKS =
  /SQLITE_|D1_ERROR|D1_TYPE|no such (table|column)|constraint failed|\.[tj]s:\d|node_modules|\/work\/|\n\s+at |(Type|Range|Syntax|Reference)Error|is not (a function|iterable|defined)|Cannot read|assertion failed|drizzle|\[object Object\]|received undefined|better-auth/i;

async function within<T>(work: Promise<T>, ms: number, what: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: no answer after ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

const contexts: ExecutionContext[] = [];
/** Waits for what requests left behind (`waitUntil`): it must end, too. */
export async function settled(): Promise<void> {
  for (const context of contexts.splice(0)) await waitOnExecutionContext(context);
}

/** The answer, read whole; a stream only as far as its first bytes. */
export async function shoot(request: Request, label: string, env = stillEnv): Promise<Shot> {
  const context = createExecutionContext();
  contexts.push(context);
  const response = await within(Promise.resolve(app.fetch(request, env, context)), HANG_MS, label);
  const isStream = response.headers.get('Content-Type')?.startsWith('text/event-stream') ?? false;
  const text = isStream ? await firstOf(response) : await within(response.text(), HANG_MS, label);
  return { status: response.status, text, headers: response.headers, method: request.method, label };
}

async function firstOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return '';
  const first = await Promise.race([
    reader.read(),
    new Promise<{ value: undefined }>((resolve) => setTimeout(() => resolve({ value: undefined }), STREAM_MS)),
  ]);
  await reader.cancel().catch(() => undefined);
  return new TextDecoder().decode(first.value);
}

/** What is wrong with an answer; empty when it is as it should be. @param operation checks the body against the document, too */
export function problemsOf(shot: Shot, operation: Operation | null): string[] {
  const problems: string[] = [];
  const { status, text, headers } = shot;
  for (const [name, wanted] of Object.entries(SECURITY_HEADERS))
    if (!wanted.test(headers.get(name) ?? '')) problems.push(`header ${name}: ${headers.get(name)}`);
  if (status >= 500) problems.push('5xx');
  if (status < 200 || (status >= 300 && status !== 302 && status < 400)) problems.push('neither answer nor refusal');
  if (shot.method === 'HEAD') return told(problems, shot);
  const isJson = headers.get('Content-Type')?.startsWith('application/json') ?? false;
  let body: unknown = null;
  try {
    if (isJson) body = JSON.parse(text);
  } catch {
    problems.push('not the JSON it says it is');
  }
  if (status >= 400) problems.push(...problemsOfRefusal(status, headers, isJson, body));
  if (status >= 400 && LEAKS.test(text)) problems.push(`leak: ${LEAKS.exec(text)?.[0]}`);
  if (isObject(body) && body['code'] === 'TEMPORARILY_UNAVAILABLE') problems.push('a defect, told as an outage');
  if (operation !== null && isJson && status < 400) {
    if (operation.answers.has(String(status))) problems.push(...mismatches(openApi, operation, status, body));
  }
  if (operation !== null && status >= 400 && operation.kind === 'tenant' && !operation.answers.has(String(status)))
    problems.push(`status ${status} is not in the document`);
  return told(problems, shot);
}

const told = (problems: readonly string[], shot: Shot): string[] =>
  problems.map((problem) => `${shot.label} → ${shot.status} ${problem}: ${shot.text.slice(0, 300)}`);

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The error envelope: known code, its status, a sentence without holes, the request id. */
function problemsOfRefusal(status: number, headers: Headers, isJson: boolean, body: unknown): string[] {
  if (!isJson || !isObject(body)) return ['no JSON'];
  // Too many calls of a function: the sentence is spoken, the code stands beside it.
  const spoken = typeof body['code'] === 'string' && status === 429;
  const error = spoken ? body : body['error'];
  if (body['success'] !== false || !isObject(error)) return ['no error envelope'];
  const problems: string[] = [];
  const { code, message } = error;
  if (typeof code !== 'string' || !(code in STATUS)) problems.push(`unknown code ${String(code)}`);
  else if (STATUS[code as keyof typeof STATUS] !== status) problems.push(`${code} is not ${status}`);
  if (typeof message !== 'string' || message === '' || /\{\w+\}|undefined|NaN/.test(message))
    problems.push('no sentence');
  if (!spoken && error['request_id'] !== headers.get('X-Request-Id')) problems.push('another request id');
  if (!spoken && headers.get('Cache-Control') !== 'no-store') problems.push('may be cached');
  return problems;
}
