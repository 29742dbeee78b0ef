/** A day of all staff columns as it is shown, from the calendar itself. Called by appointment-routes.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { Instant } from '../../../shared/clock.ts';
import type { CalendarDay } from '../../../shared/contract/appointments.ts';
import { fullName } from '../../../shared/full-name.ts';
import { inLanguage, type Language } from '../../../shared/i18n/language.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { toIso } from '../../../shared/time.ts';
import { formatHead, type Head } from '../../object-runtime/events.ts';
import { peopleWithLines, type PersonWithLine } from '../../storage/queries/customers.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import type { DayAnswer, Names } from '../types.ts';
import { segmentView, UNKNOWN_NAME } from './appointment-view.ts';

/** The day of a branch (null: the main one), of one person or of all. Refusals: PERMISSION_DENIED, what the calendar refuses (NOT_FOUND). */
export async function dayView(
  scope: TenantScope,
  query: { now: Instant; branchId: string | null; staffId: string | null; date: string; language: Language },
): Promise<{ result: Result<CalendarDay>; head?: Head }> {
  const refused = permissionRefusal(scope.actor, 'view_appointments');
  if (refused) return { result: refused };
  const { language, ...asked } = query;
  const { result, head } = await scope.calendar.day(asked);
  if (!result.ok) return { result, head };
  const people = await peopleWithLines(
    scope.db,
    result.value.appointments.map((a) => a.customerId),
  );
  return { result: ok(viewOfDay(result.value, head, people, language)), head };
}

/** Days from `query.date` on, each as `dayView` shows it. Refusals: as there. */
export async function daysView(
  scope: TenantScope,
  query: {
    now: Instant;
    branchId: string | null;
    staffId: string | null;
    date: string;
    days: number;
    language: Language;
  },
): Promise<{ result: Result<{ days: CalendarDay[]; next_from: string | null }>; head?: Head }> {
  const refused = permissionRefusal(scope.actor, 'view_appointments');
  if (refused) return { result: refused };
  const { language, ...asked } = query;
  const { result, head } = await scope.calendar.days(asked);
  if (!result.ok) return { result, head };
  const { days, nextDate } = result.value;
  const people = await peopleWithLines(scope.db, [
    ...new Set(days.flatMap((day) => day.appointments.map((a) => a.customerId))),
  ]);
  return { result: ok({ days: days.map((day) => viewOfDay(day, head, people, language)), next_from: nextDate }), head };
}

/** `+49301234567` → `+4930…567`: enough to tell two people apart, not to call them. */
const masked = (e164: string | null): string | null => (e164 === null ? null : `${e164.slice(0, 5)}…${e164.slice(-3)}`);

/** An appointment's stretches as the service calls them; no name where that stretch has none, or is no longer one of the service's. */
const namedSegments = (
  a: DayAnswer['appointments'][number],
  names: ReadonlyMap<string, Names | null>,
  language: Language,
): CalendarDay['appointments'][number]['segments'] =>
  a.segments.map((segment) => {
    const name = segment.segmentId === null ? null : names.get(segment.segmentId);
    return { ...segmentView(segment), name: name ? inLanguage(name, language) : null };
  });

function viewOfDay(
  day: DayAnswer,
  head: Head,
  people: ReadonlyMap<string, PersonWithLine>,
  language: Language,
): CalendarDay {
  const services = new Map(day.services.map((s) => [s.id, s]));
  const segmentNames = new Map(day.services.flatMap((s) => s.segments.map((part) => [part.id, part.name] as const)));
  return {
    branch: { id: day.branch.id, name: day.branch.name, time_zone: day.branch.timeZone },
    date: day.date,
    time_zone: day.branch.timeZone,
    opens: day.opens,
    closes: day.closes,
    open: day.open,
    holiday: day.holiday === null ? null : inLanguage(day.holiday, language),
    staff: day.staff.map(({ serviceIds, ...person }) => ({ ...person, service_ids: serviceIds })),
    resources: day.resources,
    appointments: day.appointments.map((a) => {
      const person = people.get(a.customerId);
      return {
        id: a.id,
        staff_id: a.staffId,
        customer: person ? { id: a.customerId, name: fullName(person), phone_masked: masked(person.phone) } : null,
        service: {
          id: a.serviceId,
          name: [a.serviceId, ...a.moreServiceIds]
            .map((id) => inLanguage(services.get(id)?.name ?? UNKNOWN_NAME, language))
            .join(' + '),
          colour: services.get(a.serviceId)?.colour ?? null,
        },
        starts_at: toIso(a.startsAt),
        ends_at: toIso(a.endsAt),
        status: a.status,
        source: a.source,
        version: a.version,
        segments: namedSegments(a, segmentNames, language),
        sync_status: a.syncStatus,
        price_cents: a.priceCents,
        currency: a.currency,
        notes: a.notes,
        call_id: a.callId,
        resource_ids: [
          ...new Set(
            [...a.resources, ...a.segments.flatMap((segment) => segment.resources)].map((use) => use.resourceId),
          ),
        ],
      };
    }),
    busy: day.busy.map((block) => ({
      staff_id: block.staffId,
      starts_at: toIso(block.startsAt),
      ends_at: toIso(block.endsAt),
    })),
    // The token itself would let a reader of the calendar take the slot.
    holds: day.holds.map((h, i) => ({
      id: `hold-${h.staffId}-${h.startsAt}-${i}`,
      staff_id: h.staffId,
      starts_at: toIso(h.startsAt),
      ends_at: toIso(h.endsAt),
      expires_at: toIso(h.expiresAt),
    })),
    head: formatHead(head),
  };
}
