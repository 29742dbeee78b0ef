/** `request-callback`: notes that a person should ring the caller back. Also open when the agent may do nothing else. Called by dispatch.ts. */
import { requestCallback as note } from '../callbacks.ts';
import { identify } from '../caller.ts';
import { textOf } from '../wishes.ts';
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
  timeAsked,
  wireReading,
} from './function-call.ts';

export async function requestCallback(call: FunctionCall, desk: Desk): Promise<FunctionAnswer> {
  const touched = await call.scope.calendar.conversation({ now: call.now, callId: call.callId, rate: limitsOf(call) });
  const caller = await identify(call, desk, 'book', touched);
  if (caller === null)
    return counted(refusal('TEMPORARILY_UNAVAILABLE', sayIn(call, 'temporary_no_callback')), touched);
  if (caller.line === null) {
    const made = refusal('PHONE_REQUIRED', sayIn(call, 'callback_ask_number'), {}, { missing: ['phone_number'] });
    return as(counted(made, touched), caller.level);
  }
  const time = timeAsked(call.args, desk);
  const id = await note(call.scope, {
    kind: 'callback',
    callId: call.callId,
    customerId: caller.customer?.id ?? null,
    branchId: desk.branch.id,
    phone: caller.line.e164,
    name: caller.name,
    // A practice writes down no reason for the visit.
    reason: desk.settings.practiceMode ? null : (textOf(call.args, 'reason', 'notes', 'message') ?? null),
    wish: {
      ...(time.given
        ? { when: textOf(call.args, 'when', 'date', 'time') ?? '', understood: wireReading(time.understood) }
        : {}),
    },
  });
  const noted = answer(sayIn(call, 'callback_noted'), {
    callback_request_id: id,
    ...(time.given ? { understood: wireReading(time.understood) } : {}),
  });
  return as(counted(noted, touched), caller.level);
}
