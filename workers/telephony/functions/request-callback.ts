/** `request-callback`: notes that a person should ring the caller back. Also open when the agent may do nothing else. Called by dispatch.ts. */
import { companySettings } from '../../calendar/company.ts';
import { requestCallback as note } from '../callbacks.ts';
import { callerLine, nameSaid } from '../caller.ts';
import { textOf } from '../wishes.ts';
import {
  answer,
  type Desk,
  type FunctionAnswer,
  type FunctionCall,
  refusal,
  sayIn,
  timeAsked,
  wireReading,
} from './function-call.ts';

export async function requestCallback(call: FunctionCall, desk: Desk): Promise<FunctionAnswer> {
  const line = callerLine(call, desk);
  if (line.kind === 'ask')
    return refusal('PHONE_REQUIRED', sayIn(call, 'callback_ask_number'), { missing: ['phone_number'] });
  const time = timeAsked(call.args, desk);
  const conversation = await call.scope.calendar.conversation({ now: call.now, callId: call.callId });
  const id = await note(call.scope, {
    kind: 'callback',
    callId: call.callId,
    customerId: conversation.result.ok ? conversation.result.value.customerId : null,
    branchId: desk.branch.id,
    phone: line.line.e164,
    name: nameSaid(call.args),
    reason: isPractice(desk) ? null : (textOf(call.args, 'reason', 'notes', 'message') ?? null),
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

/** A practice writes down no reason for the visit. */
const isPractice = (desk: Desk): boolean =>
  companySettings(desk.hours.snapshot, desk.branch.body.companyId).practiceMode;
