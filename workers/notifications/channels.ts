/** SMS and e-mail: hand over once, look before a retry where the provider can be asked, park where it can't. Called by notify.ts. */
import { asInstant } from '../../shared/clock.ts';
import { smsSegments } from '../../shared/sms-segments.ts';
import { withoutPersonal } from '../../shared/loggable-fault.ts';
import type { MailMessage } from '../integrations/mail-message.ts';
import { sendMail } from '../integrations/smtp.ts';
import {
  findSentMessage,
  sendMessage,
  TWILIO_INVALID_NUMBER,
  TWILIO_OPTED_OUT,
  type TwilioConfig,
} from '../integrations/twilio.ts';
import type { EffectContext } from '../operations/effects.ts';
import { opened, settingOf } from '../tenancy/credentials.ts';
import { relayOf, twilioAccount } from '../tenancy/vendor-configs.ts';
import type { NotificationRow } from '../storage/queries/notifications.ts';

/**
 * What became of one attempt; `notify.send` writes it to the message's row. `reason` is ours and may lie where nothing is erased; `said` are
 * the provider's words, for the row only: they may repeat the recipient and the message.
 */
export type ChannelOutcome =
  | { kind: 'sent'; providerMessageId: string; segments?: number }
  /** the provider refused it for good */
  | { kind: 'refused'; reason: string; said?: string }
  /** handed over, no answer, and no way to ask: never sent again blindly */
  | { kind: 'unknown'; reason: string; said?: string }
  | { kind: 'retry'; reason: string; said?: string; afterMs?: number };

const HANDED_OVER = 'handed_over';

const wordsOf = (reason: string, words: string | undefined) => ({
  reason,
  said: withoutPersonal(`${reason}: ${words ?? ''}`).slice(0, 300),
});

/** @param companyId whose message it is; empty: of the business as a whole */
export async function deliverSms(
  context: Omit<EffectContext, 'ref'>,
  row: NotificationRow,
  text: string,
  companyId = '',
): Promise<ChannelOutcome> {
  const { scope, effect } = context;
  const { config } = scope;
  const credential = opened(await scope.credential('twilio', companyId));
  const account = credential && twilioAccount(credential);
  if (credential === null || account === null) return { kind: 'refused', reason: 'no SMS provider configured' };
  const twilio: TwilioConfig = {
    baseUrl: config.TWILIO_API_BASE,
    accountSid: account.accountSid,
    authToken: account.authToken,
    timeoutMs: config.VENDOR_TIMEOUT_MS,
    heard: scope.heard('twilio', credential),
    patience: scope.patience,
  };
  if (effect.phase === HANDED_OVER) {
    const found = await findSentMessage(twilio, { to: row.recipient, body: text, since: asInstant(row.createdAt) });
    if (!found.ok) return { kind: 'retry', reason: `Twilio look-up: ${found.error.kind}` };
    if (found.value) return { kind: 'sent', providerMessageId: found.value.sid, segments: found.value.segments };
  }
  await context.phase(HANDED_OVER);
  const sent = await sendMessage(twilio, {
    to: row.recipient,
    from: account.from,
    body: text,
    ...(config.PUBLIC_URL ? { statusCallback: `${config.PUBLIC_URL}/webhooks/twilio/status/${scope.tenantId}` } : {}),
  });
  if (sent.ok) return { kind: 'sent', providerMessageId: sent.value.sid, segments: smsSegments(text) };
  const fault = sent.error;
  const why = wordsOf(`Twilio ${fault.twilioCode ?? fault.status ?? fault.kind}`, fault.body);
  if (!fault.ambiguous) await context.phase('refused');
  if (fault.twilioCode === TWILIO_OPTED_OUT || fault.twilioCode === TWILIO_INVALID_NUMBER || !fault.retryable)
    return { kind: 'refused', ...why };
  return {
    kind: 'retry',
    ...why,
    ...(fault.retryAfterSeconds === undefined ? {} : { afterMs: fault.retryAfterSeconds * 1000 }),
  };
}

/** @param companyId whose mail it is; empty: of the business as a whole */
export async function deliverMail(
  context: Omit<EffectContext, 'ref'>,
  composed: MailMessage,
  companyId = '',
): Promise<ChannelOutcome> {
  const { scope, effect } = context;
  const { config } = scope;
  const credential = opened(await scope.credential('smtp', companyId));
  const relay = credential && relayOf(credential);
  // A relay of one's own takes one's own sender.
  const sender = credential === null ? '' : settingOf(credential, 'from_email');
  const mail = sender === '' ? composed : { ...composed, from: { ...composed.from, email: sender } };
  if (!relay) return { kind: 'refused', reason: 'no mail relay configured' };
  // An attempt that was cut off after it began may have delivered: a relay can't be asked, so a person decides.
  if (effect.phase === HANDED_OVER) return { kind: 'unknown', reason: 'handed to the mail relay, outcome not known' };
  await context.phase(HANDED_OVER);
  const sent = await scope.patience(config.VENDOR_TIMEOUT_MS, (timeoutMs) => sendMail({ ...relay, timeoutMs }, mail));
  // A relay that refuses a recipient is there.
  const isAnswer = sent.ok || (sent.error.kind === 'status' && !sent.error.retryable);
  await scope.heard('smtp')(isAnswer ? null : `${sent.error.kind} ${sent.error.phase}`);
  if (sent.ok) return { kind: 'sent', providerMessageId: sent.value.messageId };
  const fault = sent.error;
  const why = wordsOf(`SMTP ${fault.status ?? fault.kind} ${fault.phase}`, fault.body);
  if (fault.phase === 'after_data' && fault.ambiguous) return { kind: 'unknown', ...why };
  await context.phase('refused');
  return { kind: fault.retryable ? 'retry' : 'refused', ...why };
}
