/** Somebody writes back by SMS. Called by webhook-routes.ts. */
import { CONSENT_PURPOSES } from '../../../shared/message-sets.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { stopMessages } from '../../crm/consents/commands/stop-messages.ts';
import { customersByPhone } from '../../storage/queries/customers.ts';
import { addressKey } from '../../tenancy/caller-keys.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { saysStop } from '../rules/stop-words.ts';

export interface Reply {
  /** the provider's id of what was written */
  messageId: string;
  /** E.164; WhatsApp and the like say something before it */
  from: string;
  text: string;
}

/** What the text was read as; the number is named beside it, the text itself may say more than that. */
const PROOF = 'SMS';
const E164 = /^\+[1-9]\d{6,14}$/;

/**
 * A word of stop ends reminders, requests for a review, offers and marketing by SMS for everybody on that number, at once. What is owed by
 * contract goes on: one may no longer want to be reminded and must still learn that an appointment was moved. Anything else is heard and
 * not kept. Refusals: none.
 */
export async function hearReply(
  scope: TenantScope,
  { messageId, from, text }: Reply,
): Promise<Result<'stopped' | 'nothing'>> {
  if (!E164.test(from) || !saysStop(text)) return ok('nothing');
  const people = await customersByPhone(scope.db, from);
  const stopped = await stopMessages(scope, {
    channel: 'sms',
    addressHash: addressKey(scope, 'sms', from),
    purposes: CONSENT_PURPOSES,
    customerIds: people.map(({ id }) => id),
    way: 'stop_word',
    cause: messageId,
    proof: PROOF,
  });
  return stopped.ok ? ok('stopped') : stopped;
}
