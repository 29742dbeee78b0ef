/**
 * `send-code`: a six-digit code by SMS to the number that calls or was said. The answer is the same, and takes as long, whether somebody
 * has that number or not: who has it is looked up behind the answer. Called by dispatch.ts.
 */
import { maskPhone } from '../../../shared/mask-phone.ts';
import { isMobile, isOfCountry } from '../../../shared/phone.ts';
import { DAY } from '../../../shared/time.ts';
import { sendCallerCode } from '../caller-code.ts';
import { numberKey } from '../../tenancy/caller-keys.ts';
import type { Caller } from '../caller.ts';
import { answer, type BranchContext, type FunctionAnswer, type FunctionCall, refusal, sayIn } from './function-call.ts';
import { refuseExhausted, withCaller } from './with-caller.ts';

type Answer = FunctionAnswer<'send-code'>;

const CODES_A_CALL = 3;
const CODES_A_DAY_AND_NUMBER = 5;

export const sendCode = (call: FunctionCall, branchContext: BranchContext): Promise<Answer> =>
  withCaller(call, branchContext, 'book', (caller) => sent(call, caller));

async function sent(call: FunctionCall, caller: Caller): Promise<Answer> {
  if (caller.exhausted) return refuseExhausted(call);
  if (caller.line === null || caller.ask === 'phone_number_again') {
    const again = caller.ask === 'phone_number_again';
    return refusal(
      'PHONE_REQUIRED',
      sayIn(call, again ? 'ask_number_again' : 'ask_phone'),
      {},
      { sent: false, missing: ['phone_number'] },
    );
  }
  const { line } = caller;
  // Only what the number itself shows makes a difference.
  if (!isMobile(line.e164))
    return answer(sayIn(call, 'code_landline'), { sent: false, channel: 'sms', reason: 'landline', callback: true });
  if (!isOfCountry(line.e164, caller.settings.smsCountries))
    return answer(sayIn(call, 'code_country'), { sent: false, channel: 'sms', reason: 'country', callback: true });

  const number = caller.conversation.identity.codesSent + 1;
  const allowed =
    number <= CODES_A_CALL * call.scope.config.RATE_LIMIT_SCALE &&
    (await call.scope.calendar
      .countCaller({
        now: call.now,
        id: `${call.callId}:${number}`,
        counts: [
          {
            name: `code:${numberKey(call.scope, line.e164)}`,
            limit: CODES_A_DAY_AND_NUMBER * call.scope.config.RATE_LIMIT_SCALE,
            windowMs: DAY,
          },
        ],
      })
      .then(({ result }) => result.ok && result.value.allowed));
  if (!allowed)
    return refusal(
      'LIMIT_REACHED',
      sayIn(call, 'code_limit'),
      { limit: 'codes', callback: true },
      {
        sent: false,
        channel: 'sms',
        reason: 'limit',
      },
    );
  await sendCallerCode(call, { line, number, name: caller.name, now: call.now });
  return answer(sayIn(call, 'code_sent'), {
    sent: true,
    channel: 'sms',
    ...(caller.level === 'line' || caller.level === 'proven' ? { to_masked: maskPhone(line.e164) } : {}),
  });
}
