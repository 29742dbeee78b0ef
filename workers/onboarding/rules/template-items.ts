/** Pure: the items of master data that a template becomes, with what the owner has changed. Called by apply-template.ts. */
import type { ApplyTemplateRequest } from '../../../shared/contract/onboarding.ts';
import type { TemplateService, TradeTemplate } from '../../../shared/contract/trade-template.ts';
import type { ScheduleInput } from '../../calendar/types.ts';
import { madeId } from '../made-ids.ts';

export interface Place {
  tenantId: string;
  companyId: string;
  branchId: string;
  currency: string;
}

/** A step of a visit may not become shorter than this when the owner shortens the visit. */
const SHORTEST_STEP_MINUTES = 5;

export const serviceIdOf = (place: Place, trade: string, key: string): string =>
  madeId('service', place.tenantId, place.companyId, trade, key);
const resourceIdOf = (place: Place, trade: string, key: string): string =>
  madeId('resource', place.tenantId, place.branchId, trade, key);

/** Minutes of each step when the whole takes `total`: the longest active step gives or takes the difference. Null: it can't. */
export function stepMinutes(service: TemplateService, total: number): number[] | null {
  const minutes = service.segments.map((segment) => segment.minutes);
  const difference = total - minutes.reduce((sum, one) => sum + one, 0);
  if (difference === 0) return minutes;
  const longest = service.segments.reduce(
    (best, segment, i) =>
      segment.kind === 'active' && (best === -1 || segment.minutes > (minutes[best] ?? 0)) ? i : best,
    -1,
  );
  const made = (minutes[longest] ?? 0) + difference;
  if (longest === -1 || made < SHORTEST_STEP_MINUTES) return null;
  return minutes.map((one, i) => (i === longest ? made : one));
}

type Chosen = ApplyTemplateRequest['services'][number];

/** The service as it is stored; null: the visit can't be made that short. */
export function serviceItem(
  template: TradeTemplate,
  service: TemplateService,
  chosen: Chosen,
  place: Place,
  practiceMode: boolean,
  staffIds: readonly string[],
): ScheduleInput | null {
  const durationMinutes = chosen.duration_minutes ?? service.duration_minutes;
  const steps = service.segments.length === 0 ? [] : stepMinutes(service, durationMinutes);
  if (steps === null) return null;
  const uses = (wanted: TemplateService['resources']) =>
    wanted.map(({ resource, units }) => ({ anyOf: [resourceIdOf(place, template.id, resource)], units }));
  const category = template.categories.find((one) => one.key === service.category)?.names.de ?? null;
  const id = serviceIdOf(place, template.id, service.key);
  return {
    kind: 'service',
    id,
    body: {
      companyId: place.companyId,
      name: chosen.name ?? service.names,
      category,
      aliases: service.aliases,
      durationMinutes,
      bufferBeforeMinutes: service.buffer_before_minutes,
      bufferAfterMinutes: service.buffer_after_minutes,
      priceCents: chosen.price_cents ?? 0,
      // What nobody has confirmed is not said.
      priceKnown: chosen.price_cents !== null,
      currency: place.currency,
      // The template's deposit is a hint: nothing is asked of customers that the owner has not set.
      depositCents: 0,
      maxPerSlot: service.capacity,
      needsConfirmation: service.needs_approval,
      minNoticeMinutes: service.min_notice_minutes ?? template.min_notice_minutes,
      maxDaysAhead: template.horizon_days,
      slotStepMinutes: service.slot_step_minutes ?? template.slot_step_minutes,
      branchIds: [],
      staff: staffIds.map((staffId) => ({ staffId })),
      resources: uses(service.resources),
      segments: service.segments.map((segment, i) => ({
        id: madeId('segment', id, String(i)),
        kind: segment.kind,
        durationMinutes: steps[i] ?? segment.minutes,
        name: segment.names,
        resources: uses(segment.resources),
        gapMaxMinutes: segment.gap_max_minutes,
      })),
      neutralName: practiceMode ? (template.neutral_names ?? PRACTICE_NAME) : null,
    },
  };
}

/** Said outside instead of a service's name where the template has none of its own. */
const PRACTICE_NAME = { de: 'Ihr Termin', en: 'your appointment' };

/** Rooms and equipment that the chosen services take. */
export function resourceItems(
  template: TradeTemplate,
  services: readonly TemplateService[],
  place: Place,
): ScheduleInput[] {
  const used = new Set(
    services
      .flatMap((service) => [...service.resources, ...service.segments.flatMap((segment) => segment.resources)])
      .map((use) => use.resource),
  );
  return template.resources
    .filter((one) => used.has(one.key))
    .map((one) => ({
      kind: 'resource',
      id: resourceIdOf(place, template.id, one.key),
      body: {
        companyId: place.companyId,
        branchId: place.branchId,
        name: one.names.de,
        type: one.type,
        capacity: one.capacity,
      },
    }));
}

/** Somebody who works there, while the branch is open. */
export function personItems(
  person: { first_name: string; last_name: string },
  id: string,
  place: Place,
  week: readonly { weekday: number; periods: readonly { from: string; to: string }[] }[],
): ScheduleInput[] {
  return [
    {
      kind: 'staff',
      id,
      body: {
        companyId: place.companyId,
        firstName: person.first_name,
        lastName: person.last_name,
        branchIds: [place.branchId],
      },
    },
    ...week.map(
      ({ weekday, periods }, i): ScheduleInput => ({
        kind: 'hours',
        id: madeId('hours', id, String(weekday), String(i)),
        body: { ownerKind: 'staff', ownerId: id, branchId: null, weekday, periods },
      }),
    ),
  ];
}
