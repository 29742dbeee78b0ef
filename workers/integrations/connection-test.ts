/**
 * Asks a vendor whether it takes a credential, by the cheapest call that needs one: who am I, my balance, my account, my concurrency, EHLO
 * with AUTH. Nothing is changed there. Called by connections/probe.ts and operations/live-checks.ts.
 */
import { z } from 'zod';
import { toBase64 } from '../../shared/base64.ts';
import type { ConnectionFault } from '../../shared/integration-sets.ts';
import { visibleLine } from '../../shared/visible-text.ts';
import { type CalcomEventType, listEventTypes } from './calcom.ts';
import { checkRelay, type SmtpConfig } from './smtp.ts';
import { callVendor, type VendorFault, type VendorOptions, type VendorResult } from './vendor-call.ts';

/** A credential with all that its vendor is called with. */
export type Probe =
  | (VendorOptions & { vendor: 'calcom' | 'retell' | 'stripe'; key: string })
  | (VendorOptions & { vendor: 'twilio'; key: string; accountSid: string })
  | (SmtpConfig & { vendor: 'smtp' });

export interface Probed {
  fault: ConnectionFault | null;
  /** the vendor's own words of a failure, without the secrets of the probe */
  said: string | null;
  /** whose account answered */
  account: string | null;
  eventTypes: readonly CalcomEventType[];
}

/** Longest of the vendor's words that is kept. */
const MAX_SAID = 160;

const ME = z.looseObject({
  data: z.looseObject({ email: z.string().nullish(), username: z.string().nullish(), name: z.string().nullish() }),
});
const BALANCE = z.looseObject({ object: z.literal('balance'), livemode: z.boolean() });
const CONCURRENCY = z.looseObject({ concurrency_limit: z.number() });
const ACCOUNT = z.looseObject({ sid: z.string(), friendly_name: z.string().nullish(), status: z.string() });

/** Never throws. */
export async function probeVendor(probe: Probe): Promise<Probed> {
  switch (probe.vendor) {
    case 'calcom': {
      const me = await calcomMe(probe, probe.key);
      if (!me.ok) return failed(me.error, probe.key);
      const { name, username, email } = me.value.data;
      const types = await listEventTypes({ ...probe, apiKey: probe.key });
      if (!types.ok) return failed(types.error, probe.key);
      return went([name ?? username, email].filter(Boolean).join(', '), types.value);
    }
    case 'retell': {
      const limit = await ask(probe, '/get-concurrency', bearer(probe.key), CONCURRENCY);
      return limit.ok ? went(null) : failed(limit.error, probe.key);
    }
    case 'stripe': {
      const balance = await stripeBalance(probe, probe.key);
      return balance.ok ? went(balance.value.livemode ? 'live' : 'test') : failed(balance.error, probe.key);
    }
    case 'twilio': {
      const account = await twilioStatus(probe, probe.accountSid, probe.key);
      if (!account.ok) return failed(account.error, probe.key);
      const { friendly_name: name, status } = account.value;
      if (status !== 'active') return { ...went(name ?? null), fault: 'refused', said: cleaned(status, probe.key) };
      return went(name ?? null);
    }
    case 'smtp': {
      const greeted = await checkRelay(probe);
      if (greeted.ok) return went(greeted.value.replace(/^\d{3}[ -]/, ''));
      // 535 and its like: the relay is there and does not take the password.
      const { status, kind, body } = greeted.error;
      if (status === 530 || status === 534 || status === 535 || status === 538)
        return { ...nothing, fault: 'key_refused', said: cleaned(body ?? '', probe.password ?? '') };
      if (kind === 'status' && status === undefined)
        return { ...nothing, fault: 'bad_address', said: cleaned(body ?? '', probe.password ?? '') };
      return failed(greeted.error, probe.password ?? '');
    }
  }
}

const bearer = (key: string): string => `Bearer ${key}`;

/** Whose key it is at Cal.com. */
export const calcomMe = (options: VendorOptions, key: string): Promise<VendorResult<z.output<typeof ME>>> =>
  ask(options, '/v2/me', bearer(key), ME);

/** The balance of a Stripe account, live or test. */
export const stripeBalance = (options: VendorOptions, key: string): Promise<VendorResult<z.output<typeof BALANCE>>> =>
  ask(options, '/v1/balance', bearer(key), BALANCE);

/** A Twilio account and whether it is active: a suspended one answers, and sends nothing. */
export function twilioStatus(
  options: VendorOptions,
  accountSid: string,
  key: string,
): Promise<VendorResult<z.output<typeof ACCOUNT>>> {
  const basic = `Basic ${toBase64(new TextEncoder().encode(`${accountSid}:${key}`))}`;
  return ask(options, `/2010-04-01/Accounts/${encodeURIComponent(accountSid)}.json`, basic, ACCOUNT);
}

async function ask<T>(
  options: VendorOptions,
  path: string,
  authorization: string,
  shape: z.ZodType<T>,
): Promise<VendorResult<T>> {
  const headers = { authorization, accept: 'application/json' };
  const answer = await callVendor(options, { method: 'GET', path, headers, acts: false });
  if (!answer.ok) return answer;
  const unreadable = (): VendorResult<T> => ({
    ok: false,
    error: { kind: 'invalid_response', retryable: false, ambiguous: false, status: answer.value.status },
  });
  try {
    const read = shape.safeParse(JSON.parse(answer.value.text));
    return read.success ? { ok: true, value: read.data } : unreadable();
  } catch {
    return unreadable();
  }
}

const nothing: Probed = { fault: null, said: null, account: null, eventTypes: [] };
const went = (account: string | null, eventTypes: readonly CalcomEventType[] = []): Probed => ({
  ...nothing,
  account: account === null ? null : visibleLine(account).slice(0, MAX_SAID) || null,
  eventTypes,
});

function failed(fault: VendorFault, secret: string): Probed {
  return { ...nothing, fault: faultOf(fault), said: saidIn(fault, secret) };
}

/** What the vendor said, as far as it may be shown; null: nothing. */
export const saidIn = (fault: VendorFault, secret: string): string | null => cleaned(wordsOf(fault.body ?? ''), secret);

/** What a fault says of the credential. */
export function faultOf({ kind, status }: VendorFault): ConnectionFault {
  if (kind === 'timeout') return 'timeout';
  if (kind === 'network') return 'unreachable';
  if (kind === 'rate_limited') return 'busy';
  if (kind === 'invalid_response') return 'bad_address';
  if (status === 401 || status === 403) return 'key_refused';
  if (status === 404) return 'unknown_account';
  if (status !== undefined && status >= 300 && status < 400) return 'bad_address';
  return status !== undefined && status >= 500 ? 'vendor_error' : 'refused';
}

const SAYING = z.looseObject({
  message: z.string().optional().catch(undefined),
  error_message: z.string().optional().catch(undefined),
  error: z
    .union([z.string(), z.looseObject({ message: z.string() })])
    .optional()
    .catch(undefined),
});

/** The sentence in an error body: never the body itself, which an address of anybody's may have written. */
function wordsOf(body: string): string {
  try {
    const { message, error_message: other, error } = SAYING.parse(JSON.parse(body));
    return message ?? other ?? (typeof error === 'string' ? error : (error?.message ?? ''));
  } catch {
    // A body that was cut off in the middle is no JSON any more.
    return /"message"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(body)?.[1] ?? '';
  }
}

/** One visible line without the secret, whole or in parts of eight characters; null: nothing was said. */
function cleaned(words: string, secret: string): string | null {
  let line = visibleLine(words);
  const part = 8;
  for (let i = 0; i + part <= secret.length; i++) line = line.replaceAll(secret.slice(i, i + part), '…');
  if (secret.length > 0 && secret.length < part) line = line.replaceAll(secret, '…');
  return line.slice(0, MAX_SAID) || null;
}
