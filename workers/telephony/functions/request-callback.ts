/** `request-callback`: notes that a person should ring the caller back. Also open when the agent may do nothing else. Called by dispatch.ts. */
import { requestCallback as note } from '../callbacks.ts';
import type { Caller } from '../caller.ts';
import { addDays } from '../../../shared/time.ts';
import { sayReading } from '../../../shared/spoken-time/index.ts';
import { textOf } from '../named-choices.ts';
import { sayDay } from '../speech.ts';
import {
  answer,
  type BranchContext,
  type FunctionAnswer,
  type FunctionCall,
  refusal,
  sayIn,
  type TimeAsked,
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
  return answer(notedSentence(call, branchContext, time), {
    callback_request_id: id,
    ...(time.given ? { understood: wireReading(time.understood) } : {}),
  });
}

/** Days looked ahead for one on which somebody is there. */
const NEXT_OPEN_DAYS = 14;

/** The time that was asked for is answered: with what was noted, or with when somebody is there. */
function notedSentence(call: FunctionCall, { voice, hours, branch, context }: BranchContext, time: TimeAsked): string {
  const { kind, date, closed } = time.understood;
  if (!time.given || kind === 'ask' || kind === 'invalid' || kind === 'none' || kind === 'same_as_last')
    return sayIn(call, 'callback_noted');
  if (closed && date !== undefined && hours.openOn(branch.id, date).length === 0) {
    const next = Array.from({ length: NEXT_OPEN_DAYS }, (_, i) => addDays(date, i + 1)).find(
      (day) => hours.openOn(branch.id, day).length > 0,
    );
    if (next !== undefined)
      return sayIn(call, 'callback_closed', { day: sayDay(voice, date), next: sayDay(voice, next) });
  }
  const when = sayReading(time.understood, context);
  return closed || when === '' ? sayIn(call, 'callback_noted') : sayIn(call, 'callback_noted_when', { when });
}
