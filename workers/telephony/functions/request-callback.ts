/** `request-callback`: notes that a person should ring the caller back. Also open when the agent may do nothing else. Called by dispatch.ts. */
import { requestCallback as note } from '../callbacks.ts';
import type { Caller } from '../caller.ts';
import { textOf } from '../named-choices.ts';
import {
  answer,
  type BranchContext,
  type FunctionAnswer,
  type FunctionCall,
  refusal,
  sayIn,
  timeAsked,
  wireReading,
} from './function-call.ts';
import { withCaller } from './with-caller.ts';

type Answer = FunctionAnswer<'request-callback'>;

export const requestCallback = (call: FunctionCall, branchContext: BranchContext): Promise<Answer> =>
  withCaller(call, branchContext, 'book', (caller) => noted(call, branchContext, caller));

async function noted(call: FunctionCall, branchContext: BranchContext, caller: Caller): Promise<Answer> {
  if (caller.line === null)
    return refusal('PHONE_REQUIRED', sayIn(call, 'callback_ask_number'), {}, { missing: ['phone_number'] });
  const time = timeAsked(call.args, branchContext);
  const id = await note(call.scope, {
    kind: 'callback',
    callId: call.callId,
    customerId: caller.customer?.id ?? null,
    branchId: branchContext.branch.id,
    phone: caller.line.e164,
    name: caller.name,
    // A practice writes down no reason for the visit.
    reason: branchContext.settings.practiceMode ? null : (textOf(call.args, 'reason', 'notes', 'message') ?? null),
    wish: {
      ...(time.given
        ? { when: textOf(call.args, 'when', 'date', 'time') ?? '', understood: wireReading(time.understood) }
        : {}),
    },
  });
  return answer(sayIn(call, 'callback_noted'), {
    callback_request_id: id,
    ...(time.given ? { understood: wireReading(time.understood) } : {}),
  });
}
