/** What every function does that has to know who calls: judge it, count the request, say the level. Called by the functions and own-appointments.ts. */
import { type Caller, identify, type Purpose } from '../caller.ts';
import {
  counted,
  type BranchContext,
  type FunctionCall,
  limitsOf,
  type Made,
  type Refused,
  refusal,
  sayIn,
} from './function-call.ts';

/** The answer of a function that is given the caller; its own level stands where it has proven something itself. */
export async function withCaller<B>(
  call: FunctionCall,
  branchContext: BranchContext,
  purpose: Purpose,
  make: (caller: Caller) => Promise<Made<B>>,
): Promise<Made<B | Refused>> {
  const touched = await call.scope.calendar.conversation({ now: call.now, callId: call.callId, rate: limitsOf(call) });
  const caller = await identify(call, branchContext, purpose, touched);
  if (caller === null)
    return counted(refusal('TEMPORARILY_UNAVAILABLE', sayIn(call, 'temporary_no_callback')), touched);
  const made: Made<B | Refused> = counted(await make(caller), touched);
  return { ...made, level: made.level ?? caller.level };
}

/** Too many wrong names and numbers: a callback is requested in any case. */
export const refuseExhausted = (call: FunctionCall): Made<Refused> =>
  refusal('PROOF_EXHAUSTED', sayIn(call, 'proof_exhausted'), { callback: true });
