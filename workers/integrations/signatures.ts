/**
 * Webhook signatures of all vendors (Stripe's by its library, the others with WebCrypto): verify (webhook routes) and sign (sandbox, demo, tests).
 * A valid signature proves possession of the key, nothing more; every comparison runs in constant time.
 */
import { fromBase64, toBase64 } from '../../shared/base64.ts';
import { hmac, hmacMatches } from '../../shared/hmac.ts';
import { lazy } from '../../shared/lazy.ts';

/** Retell and Stripe: how old a signature may be. Retell counts in both directions, Stripe only backwards. */
export const SIGNATURE_TOLERANCE_MS = 300_000;
/** Longest header we look at; real ones stay under 300 characters. */
const MAX_HEADER_CHARS = 2_000;
/** Pairs that all say something: the library throws a defect, not a refusal, at an empty `v1=`. */
const STRIPE_HEADER = /^\w+=\w+(,\w+=\w+)*$/;
/** 32 kB compressed: with the first webhook or Checkout session of an isolate. */
const stripeSdk = lazy(() => import('stripe'));

const encoder = new TextEncoder();

/** Lower-case hex of HMAC-SHA256 over UTF-8 text. */
export const hmacSha256Hex = async (secret: string, message: string): Promise<string> =>
  toHex(await hmac(secret, message, 'SHA-256'));

/** Base64 of HMAC-SHA1 over UTF-8 text (Twilio). */
export const hmacSha1Base64 = async (secret: string, message: string): Promise<string> =>
  toBase64(await hmac(secret, message, 'SHA-1'));

/** Compares two strings without telling where they differ (Telegram's secret token, API keys). */
export function constantTimeEqual(a: string, b: string): boolean {
  const left = encoder.encode(a);
  const right = encoder.encode(b);
  let difference = left.length ^ right.length;
  for (let i = 0; i < left.length; i++) difference |= (left[i] ?? 0) ^ (right[i % Math.max(1, right.length)] ?? 0);
  return difference === 0;
}

const usable = (header: string | null | undefined): header is string =>
  typeof header === 'string' && header.length > 0 && header.length <= MAX_HEADER_CHARS;

// ---------------------------------------------------------------- Retell

interface RetellSignatureInput {
  readonly rawBody: string;
  readonly header: string | null | undefined;
  /** The workspace's API key with the webhook badge. */
  readonly apiKey: string;
  /** epoch milliseconds */
  readonly now: number;
}

/** `X-Retell-Signature: v=<ms>,d=<hex HMAC-SHA256(body + ms)>`, five minutes both ways. */
export async function verifyRetell(input: RetellSignatureInput): Promise<boolean> {
  if (!usable(input.header)) return false;
  const match = /^v=(\d{1,16}),d=([0-9a-f]{64})$/i.exec(input.header.trim());
  if (!match) return false;
  const [, stamp = '', digest = ''] = match;
  if (Math.abs(input.now - Number(stamp)) > SIGNATURE_TOLERANCE_MS) return false;
  return hmacMatches(input.apiKey, input.rawBody + stamp, fromHex(digest), 'SHA-256');
}

/** The header value Retell would send at `now` (epoch ms); GET and DELETE functions sign the empty body. */
export async function signRetell(rawBody: string, apiKey: string, now: number): Promise<string> {
  const stamp = String(Math.trunc(now));
  return `v=${stamp},d=${await hmacSha256Hex(apiKey, rawBody + stamp)}`;
}

// ---------------------------------------------------------------- Cal.com

/** What Cal.com sends when its webhook has no secret: refused explicitly, also where our secret happens to be missing. */
export const CALCOM_UNSIGNED = 'no-secret-provided';

interface CalcomSignatureInput {
  readonly rawBody: string;
  readonly header: string | null | undefined;
  readonly secret: string;
}

/** `X-Cal-Signature-256`: bare hex HMAC-SHA256 of the body; a `sha256=` prefix is tolerated. No timestamp exists to check. */
export async function verifyCalcom(input: CalcomSignatureInput): Promise<boolean> {
  if (!usable(input.header)) return false;
  const value = input.header.trim();
  if (value === CALCOM_UNSIGNED) return false;
  const digest = value.startsWith('sha256=') ? value.slice('sha256='.length) : value;
  return hmacMatches(input.secret, input.rawBody, fromHex(digest), 'SHA-256');
}

/** The header value Cal.com would send. */
export const signCalcom = (rawBody: string, secret: string): Promise<string> => hmacSha256Hex(secret, rawBody);

// ---------------------------------------------------------------- Stripe

interface StripeSignatureInput {
  readonly rawBody: string;
  readonly header: string | null | undefined;
  /** The whole `whsec_…` string, not decoded. */
  readonly secret: string;
  /** epoch milliseconds */
  readonly now: number;
}

/**
 * `Stripe-Signature: t=<s>,v1=<hex>[,v1=…]` by Stripe's own library: any `v1` may match (several exist while a secret is rolled), and only
 * timestamps older than five minutes are refused. The half of `constructEventAsync` that judges the header, because the body is read by
 * stripe-events.ts: a signed body that is no event is MALFORMED_JSON, not a wrong signature.
 */
export async function verifyStripe(input: StripeSignatureInput): Promise<boolean> {
  const { rawBody, header, secret, now } = input;
  if (!usable(header) || !STRIPE_HEADER.test(header)) return false;
  const { default: Stripe } = await stripeSdk();
  const { signature } = Stripe.webhooks;
  if (signature === null) throw new Error('assertion failed: the library verifies signatures');
  // The library counts whole seconds: rounded up, so that a signature is not a second longer good than said.
  const receivedAt = Math.ceil(now / 1_000) * 1_000;
  const tolerance = SIGNATURE_TOLERANCE_MS / 1_000;
  try {
    return await signature.verifyHeaderAsync(rawBody, header, secret, tolerance, undefined, receivedAt);
  } catch (fault) {
    if (fault instanceof Stripe.errors.StripeSignatureVerificationError) return false;
    throw fault;
  }
}

/** The header value Stripe would send at `now` (epoch ms). */
export async function signStripe(rawBody: string, secret: string, now: number): Promise<string> {
  const stamp = Math.floor(now / 1000);
  return `t=${stamp},v1=${await hmacSha256Hex(secret, `${stamp}.${rawBody}`)}`;
}

// ---------------------------------------------------------------- Twilio

export type FormPairs = readonly (readonly [string, string])[];

interface TwilioSignatureInput {
  /** The public URL with query exactly as configured at Twilio, not what a proxy shows. */
  readonly url: string;
  /** Every form field received, in any order. */
  readonly params: FormPairs;
  readonly header: string | null | undefined;
  readonly authToken: string;
}

/** `X-Twilio-Signature`: base64 HMAC-SHA1 over URL and sorted fields; the URL is tried with and without its port. */
export async function verifyTwilio(input: TwilioSignatureInput): Promise<boolean> {
  if (!usable(input.header)) return false;
  const digest = fromBase64(input.header.trim());
  let found = false;
  for (const url of urlSpellings(input.url)) {
    if (await hmacMatches(input.authToken, twilioMessage(url, input.params), digest, 'SHA-1')) found = true;
  }
  return found;
}

/** The header value Twilio would send. */
export const signTwilio = (url: string, params: FormPairs, authToken: string): Promise<string> =>
  hmacSha1Base64(authToken, twilioMessage(url, params));

/** URL + for each field name in code-unit order: name and its distinct values, sorted. */
function twilioMessage(url: string, params: FormPairs): string {
  const byName = new Map<string, Set<string>>();
  for (const [name, value] of params) {
    const values = byName.get(name);
    if (values) values.add(value);
    else byName.set(name, new Set([value]));
  }
  let message = url;
  for (const name of [...byName.keys()].sort()) {
    for (const value of [...(byName.get(name) ?? [])].sort()) message += name + value;
  }
  return message;
}

function urlSpellings(url: string): string[] {
  const match = /^(https?):\/\/([^/?#]*?)(:\d+)?([/?#].*)?$/.exec(url);
  if (!match) return [url];
  const [, scheme = '', host = '', port, rest = ''] = match;
  const other = port ? `${scheme}://${host}${rest}` : `${scheme}://${host}:${scheme === 'https' ? 443 : 80}${rest}`;
  return [url, other];
}

// ---------------------------------------------------------------- encodings

function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}

function fromHex(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length % 2 !== 0 || !/^[0-9a-f]+$/i.test(text)) return null;
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(i * 2, i * 2 + 2), 16);
  return bytes;
}
