/** `no-recording`: the caller does not want to be recorded. Written down before it is confirmed; nothing of the call is copied then, and Retell's own record is deleted after it. Called by dispatch.ts. */
import { advance } from '../call-store.ts';
import { answer, type FunctionAnswer, type FunctionCall, sayIn } from './function-call.ts';

export async function noRecording(call: FunctionCall): Promise<FunctionAnswer<'no-recording'>> {
  await advance(call.scope, call.callId, 'function', { noRecording: true });
  return answer(sayIn(call, 'recording_refused'), { recorded: false });
}
