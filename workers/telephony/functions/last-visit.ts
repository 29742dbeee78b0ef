/** "Wie letztes Mal": the caller's last visit as context for spoken time. Called by check-availability and collect-appointment. */
import type { SpokenContext } from '../../../shared/spoken-time/index.ts';
import { offeredServices, type Service } from '../named-choices.ts';
import { type Caller, identify } from '../caller.ts';
import { type BranchContext, type FunctionCall, type TimeAsked, timeAsked } from './function-call.ts';

interface LastVisitFound {
  context: SpokenContext;
  staffId: string | null;
  services: Service[];
}

interface Asked {
  time: TimeAsked;
  staffId: string | null;
  services: Service[];
}

/**
 * Fills what "wie letztes Mal" leaves open from the last visit; words that don't say so, or a caller who has not proven who they are: as it
 * was asked. @param judged where the function has judged who calls already
 */
export async function asLastTime(
  call: FunctionCall,
  branchContext: BranchContext,
  asked: Asked,
  judged?: Caller,
): Promise<Asked> {
  if (asked.time.understood.kind !== 'same_as_last') return asked;
  const caller = judged ?? (await callerOf(call, branchContext));
  const last = caller && (await lastVisit(call, branchContext, caller));
  if (!last) return asked;
  return {
    time: timeAsked(call.args, branchContext, last.context),
    staffId: asked.staffId ?? last.staffId,
    services: asked.services.length === 0 ? last.services : asked.services,
  };
}

/** The last visit of who has proven to be the customer: service, person and hour are disclosed to no one else. */
async function lastVisit(
  call: FunctionCall,
  branchContext: BranchContext,
  caller: Caller,
): Promise<LastVisitFound | null> {
  if (caller.customer === null || caller.proof !== 'all') return null;
  const { result } = await call.scope.calendar.appointmentsOf({ customerId: caller.customer.id, now: call.now });
  const last = result.ok ? result.value.past[0]?.appointment : undefined;
  if (!last) return { context: { ...branchContext.context, lastVisit: null }, staffId: null, services: [] };
  return {
    context: {
      ...branchContext.context,
      lastVisit: { startsAt: last.startsAt, staffId: last.staffId, serviceId: last.serviceId },
    },
    staffId: last.staffId,
    services: offeredServices(branchContext.hours.snapshot).filter((service) => service.id === last.serviceId),
  };
}

async function callerOf(call: FunctionCall, branchContext: BranchContext): Promise<Caller | null> {
  const touched = await call.scope.calendar.conversation({ now: call.now, callId: call.callId });
  return identify(call, branchContext, 'book', touched);
}
