/** `check-code`: the six digits that the caller repeats prove who they are: five minutes, once, three tries. Called by dispatch.ts. */
import { codeHash } from '../caller-code.ts';
import type { Caller } from '../caller.ts';
import type { Line } from '../../crm/customers.ts';
import { confirmLine } from '../../storage/queries/customers.ts';
import { textOf } from '../named-choices.ts';
import { spokenDigits } from '../../../shared/phone.ts';
import {
  answer,
  as,
  type BranchContext,
  type FunctionAnswer,
  type FunctionCall,
  refusal,
  sayIn,
} from './function-call.ts';
import { refuseExhausted, withCaller } from './with-caller.ts';

type Answer = FunctionAnswer<'check-code'>;

const CODE_DIGITS = 6;

export const checkCode = (call: FunctionCall, branchContext: BranchContext): Promise<Answer> =>
  withCaller(call, branchContext, 'book', (caller) => checked(call, branchContext, caller));

async function checked(call: FunctionCall, branchContext: BranchContext, caller: Caller): Promise<Answer> {
  if (caller.exhausted) return refuseExhausted(call);
  const given = call.args['code'];
  // A model that fills in a number loses the zeros in front.
  const digits =
    typeof given === 'number'
      ? String(given).padStart(CODE_DIGITS, '0')
      : spokenDigits(textOf(call.args, 'code', 'digits') ?? '');
  const { identity } = caller.conversation;
  if (digits.length !== CODE_DIGITS) {
    const fields = { proven: false, tries_left: identity.code?.triesLeft ?? 0, missing: ['code'] };
    return refusal('CODE_REQUIRED', sayIn(call, 'code_missing'), {}, fields);
  }
  const { result } = await call.scope.calendar.conversation({
    now: call.now,
    callId: call.callId,
    merge: { identity: { codeTried: codeHash(call, digits) } },
  });
  const tried = result.ok ? (result.value.tried ?? null) : null;
  if (tried === null) return refusal('TEMPORARILY_UNAVAILABLE', sayIn(call, 'temporary_no_callback'));
  if (tried.matched && tried.customerId !== null) {
    await provenBy(call, branchContext, tried.customerId, caller.line);
    return right(call, tried.triesLeft);
  }
  // The model repeats the call that proved it: what is proven stays so.
  if (identity.code === null && caller.proof === 'all') return right(call, 0);
  const { triesLeft } = tried;
  return answer(sayIn(call, triesLeft > 0 ? 'code_wrong' : 'code_dead'), { proven: false, tries_left: triesLeft });
}

const right = (call: FunctionCall, triesLeft: number): Answer =>
  as(answer(sayIn(call, 'code_right'), { proven: true, tries_left: triesLeft }), 'proven');

/** The person is the one who is meant from here on, and the number is known to be theirs. */
async function provenBy(
  call: FunctionCall,
  branchContext: BranchContext,
  customerId: string,
  line: Line | null,
): Promise<void> {
  await Promise.all([
    call.scope.calendar.conversation({
      now: call.now,
      callId: call.callId,
      merge: {
        customerId,
        branchId: branchContext.branch.id,
        identity: { level: 'proven' },
      },
    }),
    call.scope.calendar.registerCustomers({ customerIds: [customerId], now: call.now }),
    line === null ? null : confirmLine(call.scope.db, customerId, line, call.now),
  ]);
}
