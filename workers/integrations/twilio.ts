/**
 * Twilio messages: send, and look at what was sent. Called by the SMS and WhatsApp channels of notifications/.
 * Sending has no idempotency: after an ambiguous fault `findSentMessage` looks before anyone retries.
 */
import { z } from 'zod';
import { asInstant, type Instant } from '../../shared/clock.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { callVendor, readAnswer, type VendorFault, type VendorOptions, type VendorResult } from './vendor-call.ts';

export interface TwilioConfig extends VendorOptions {
  readonly accountSid: string;
  /** Password of basic auth: the account's token, or the secret of `apiKeySid`. */
  readonly authToken: string;
  readonly apiKeySid?: string;
}

/** The newest messages to one number that a look reads; no number gets that many between attempt and retry. */
const LOOK_PAGE = 50;
/** A message counts as ours from this long before the attempt: clocks differ. */
const LOOK_SKEW_MS = 60_000;

/** Refusals of a number that no retry heals, so that the caller can mark the recipient. */
export const TWILIO_INVALID_NUMBER = 21211;
export const TWILIO_OPTED_OUT = 21610;

interface SendMessageInput {
  /** E.164, or `whatsapp:+E164` on both sides. */
  readonly to: string;
  readonly from?: string;
  readonly messagingServiceSid?: string;
  readonly body: string;
  /** Absolute public URL that Twilio calls with the status. */
  readonly statusCallback?: string;
}

interface TwilioMessage {
  readonly sid: string;
  /** queued | accepted | sending | sent | delivered | undelivered | failed … */
  readonly status: string;
  readonly to: string;
  readonly body: string;
  readonly segments: number;
  readonly errorCode: number | null;
  readonly createdAt: Instant | null;
}

/** A Twilio fault with Twilio's own error code where the answer named one. */
type TwilioFault = VendorFault & { readonly twilioCode?: number };

/** Sends one message. Refusals come as `status` faults with `twilioCode` (21211 invalid number, 21610 opted out …). */
export async function sendMessage(
  config: TwilioConfig,
  input: SendMessageInput,
): Promise<Result<TwilioMessage, TwilioFault>> {
  const form = new URLSearchParams({ To: input.to, Body: input.body });
  if (input.from !== undefined) form.set('From', input.from);
  if (input.messagingServiceSid !== undefined) form.set('MessagingServiceSid', input.messagingServiceSid);
  if (input.statusCallback !== undefined) form.set('StatusCallback', input.statusCallback);
  const answer = await callVendor(config, {
    method: 'POST',
    path: messagesPath(config),
    headers: { ...headers(config), 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
    acts: true,
  });
  if (!answer.ok) {
    const code = /"code"\s*:\s*(\d{4,6})/.exec(answer.error.body ?? '')?.[1];
    return err(code === undefined ? answer.error : { ...answer.error, twilioCode: Number(code) });
  }
  const parsed = readAnswer(answer.value, (body) => MESSAGE.safeParse(body), true);
  return parsed.ok ? ok(messageOf(parsed.value)) : parsed;
}

/** The newest messages to one recipient. Not filtered by date at Twilio: a queued message has no `date_sent` yet. */
async function listMessagesTo(config: TwilioConfig, to: string): Promise<VendorResult<TwilioMessage[]>> {
  const query = new URLSearchParams({ To: to, PageSize: String(LOOK_PAGE) });
  const answer = await callVendor(config, {
    method: 'GET',
    path: `${messagesPath(config)}?${query}`,
    headers: headers(config),
    acts: false,
  });
  if (!answer.ok) return answer;
  const parsed = readAnswer(answer.value, (body) => MESSAGES.safeParse(body), false);
  return parsed.ok ? ok(parsed.value.messages.map(messageOf)) : parsed;
}

/** The look before a retry: a message with this text to this recipient since the first attempt; null = Twilio has none. */
export async function findSentMessage(
  config: TwilioConfig,
  look: { readonly to: string; readonly body: string; readonly since: Instant },
): Promise<VendorResult<TwilioMessage | null>> {
  const listed = await listMessagesTo(config, look.to);
  if (!listed.ok) return listed;
  const from = look.since - LOOK_SKEW_MS;
  return ok(
    listed.value.find((one) => one.body === look.body && (one.createdAt === null || one.createdAt >= from)) ?? null,
  );
}

// ---------------------------------------------------------------- inside

const MESSAGE = z.looseObject({
  sid: z.string().min(1),
  status: z.string(),
  to: z.string(),
  body: z.string().nullish(),
  num_segments: z.union([z.string(), z.number()]).nullish(),
  error_code: z.number().nullish(),
  date_created: z.string().nullish(),
});
const MESSAGES = z.looseObject({ messages: z.array(MESSAGE).max(1_000) });

function messageOf(raw: z.infer<typeof MESSAGE>): TwilioMessage {
  const created = Date.parse(raw.date_created ?? '');
  return {
    sid: raw.sid,
    status: raw.status,
    to: raw.to,
    body: raw.body ?? '',
    segments: Math.max(1, Number(raw.num_segments ?? 1) || 1),
    errorCode: raw.error_code ?? null,
    createdAt: Number.isNaN(created) ? null : asInstant(created),
  };
}

const messagesPath = (config: TwilioConfig): string =>
  `/2010-04-01/Accounts/${encodeURIComponent(config.accountSid)}/Messages.json`;

const headers = (config: TwilioConfig): Record<string, string> => ({
  authorization: `Basic ${btoa(`${config.apiKeySid ?? config.accountSid}:${config.authToken}`)}`,
  accept: 'application/json',
});
