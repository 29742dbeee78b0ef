/** `check-code`: the six digits that the caller repeats prove who they are: five minutes, once, three tries. Called by dispatch.ts. */
import { codeHash } from '../caller-code.ts';
import { identify } from '../caller.ts';
import { refuseExhausted } from '../own-appointments.ts';
import type { Line } from '../../crm/customers.ts';
import { confirmLine } from '../../storage/queries/customers.ts';
import { textOf } from '../wishes.ts';
import { spokenDigits } from '../../../shared/phone.ts';
import {
  answer,
  as,
  counted,
  type Desk,
  type FunctionAnswer,
  type FunctionCall,
  limitsOf,
  refusal,
  sayIn,
} from './function-call.ts';

const CODE_DIGITS = 6;

export async function checkCode(call: FunctionCall, desk: Desk): Promise<FunctionAnswer> {
  const touched = await call.scope.calendar.conversation({ now: call.now, callId: call.callId, rate: limitsOf(call) });
  const caller = await identify(call, desk, 'book', touched);
  if (caller === null)
    return counted(refusal('TEMPORARILY_UNAVAILABLE', sayIn(call, 'temporary_no_callback')), touched);
  const closing = (made: FunctionAnswer, level = caller.level): FunctionAnswer => as(counted(made, touched), level);
  if (caller.exhausted) return closing(refuseExhausted(call));
  const digits = spokenDigits(textOf(call.args, 'code', 'digits') ?? '');
  const { identity } = caller.conversation;
  if (digits.length !== CODE_DIGITS)
    return closing(
      refusal(
        'CODE_REQUIRED',
        sayIn(call, 'code_missing'),
        {},
        {
          proven: false,
          tries_left: identity.code?.triesLeft ?? 0,
          missing: ['code'],
        },
      ),
    );
  const { result } = await call.scope.calendar.conversation({
    now: call.now,
    callId: call.callId,
    merge: { identity: { codeTried: await codeHash(call, digits) } },
  });
  const tried = result.ok ? (result.value.tried ?? null) : null;
  if (tried === null) return closing(refusal('TEMPORARILY_UNAVAILABLE', sayIn(call, 'temporary_no_callback')));
  if (!tried.matched || tried.customerId === null) {
    // The model repeats the call that proved it: what is proven stays so.
    const again = identity.proven.some((one) => one.appointmentIds === null) && identity.code === null;
    if (again) return closing(answer(sayIn(call, 'code_right'), { proven: true, tries_left: 0 }), 'proven');
    return closing(
      answer(sayIn(call, tried.triesLeft > 0 ? 'code_wrong' : 'code_dead'), {
        proven: false,
        tries_left: tried.triesLeft,
      }),
    );
  }
  await provenBy(call, desk, tried.customerId, caller.line);
  return closing(answer(sayIn(call, 'code_right'), { proven: true, tries_left: tried.triesLeft }), 'proven');
}

/** The person is the one who is meant from here on, and the number is known to be theirs. */
async function provenBy(call: FunctionCall, desk: Desk, customerId: string, line: Line | null): Promise<void> {
  await Promise.all([
    call.scope.calendar.conversation({
      now: call.now,
      callId: call.callId,
      merge: {
        customerId,
        branchId: desk.branch.id,
        identity: { level: 'proven' },
      },
    }),
    call.scope.calendar.registerCustomers({ customerIds: [customerId], now: call.now }),
    line === null ? null : confirmLine(call.scope.db, customerId, line, call.now),
  ]);
}
