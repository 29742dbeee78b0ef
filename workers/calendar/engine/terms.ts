/**
 * Pure: how long a service takes and what it costs where and by whom. The narrowest wins: what a person has of their own, else the branch's
 * override, else the service's. Read by everything that plans, forces or names a service.
 */
import type { ServiceBody } from '../master-data.ts';

interface Terms {
  /** of a single service; a composite one has the lengths of its segments */
  durationMinutes: number;
  /** minor units of the service's currency */
  priceCents: number;
}

/** @param staffId null: nobody in particular, what the branch asks */
export function termsOf(body: ServiceBody, branchId: string, staffId: string | null): Terms {
  const own = staffId === null ? undefined : body.staff.find((one) => one.staffId === staffId);
  // A service that was saved before branches could differ names none.
  const here = (body.branchOverrides as ServiceBody['branchOverrides'] | undefined)?.find(
    (one) => one.branchId === branchId,
  );
  return {
    durationMinutes: own?.durationMinutes ?? here?.durationMinutes ?? body.durationMinutes,
    priceCents: own?.priceCents ?? here?.priceCents ?? body.priceCents,
  };
}

/** A composite service from first to last minute, without the waiting that may come between its parts; null: it has no parts. */
export const chainMinutes = ({ segments }: Pick<ServiceBody, 'segments'>): number | null =>
  segments.length === 0
    ? null
    : segments.reduce((sum, one, i) => sum + one.durationMinutes + (i > 0 ? one.gapMinMinutes : 0), 0);

/** Whether a branch offers a service of its company at all. */
export const isOfferedAt = ({ branchIds }: ServiceBody, branchId: string): boolean =>
  branchIds.length === 0 || branchIds.includes(branchId);
