/**
 * The calendar's port as somebody may use it who does not reach the whole tenant (docs/roles.md): what lies outside does not exist for them;
 * of colleagues, who has only their own learns when these are busy. Every route, list and later verb is behind it by using the scope.
 * Called by scope.ts.
 */
import { type Actor, reachOf } from '../../shared/actor.ts';
import { err, ok } from '../../shared/result.ts';
import type { CalendarAnswer, CalendarPort } from '../calendar/port.ts';
import type { DayAnswer } from '../calendar/types.ts';
import type { ScheduleKind } from '../events/calendar.ts';
import type { Reached } from '../storage/queries/reach.ts';
import { isAppointmentReached, isServedBy, itemsOf, mayBecome, type PlacedItem } from './reached.ts';

/**
 * Verbs that are nobody's place or time: the master data that every form needs, the caller's conversation, the live stream, and work of the
 * product's own actors. Whatever the port gains beside them must say below what somebody with less reach may do with it.
 */
const OF_NO_PLACE = [
  'schedule',
  'openHours',
  'registerCustomers',
  'knowsCustomer',
  'conversation',
  'callsNaming',
  'countCaller',
  'releaseHold',
  'importAppointments',
  'eraseTexts',
  'applyExternal',
  'linkExternal',
  'putExternalBusy',
  'reportConflict',
  'reopenConflict',
  'dump',
  'flush',
  'announce',
  'stream',
  'endStreams',
] as const satisfies readonly (keyof CalendarPort)[];
type OfNoPlace = Pick<CalendarPort, (typeof OF_NO_PLACE)[number]>;

type Refused = CalendarAnswer<never> | null;
/** Where and by whom, as commands and questions name it. */
interface Asked {
  branchId?: string | null;
  staffId?: string | null;
  quote?: { branchId: string; staffId: string } | null;
  lockToken?: string | null;
}

/** A day for who has only their own: of colleagues when they are busy, not with whom or why they are away. */
function asSeenBy(own: readonly string[], day: DayAnswer): DayAnswer {
  const others = day.appointments.filter((one) => !isServedBy(one, own) && one.status !== 'cancelled');
  const kept = day.appointments.filter((one) => isServedBy(one, own));
  const used = new Set(kept.flatMap((one) => [one.serviceId, ...one.moreServiceIds]));
  return {
    ...day,
    appointments: kept,
    services: day.services.filter(({ id }) => used.has(id)),
    busy: others.flatMap(({ staffId: first, segments }) =>
      segments.flatMap((segment) => {
        const staffId = segment.staffId ?? null;
        if (staffId === null) return [];
        return [{ staffId: staffId || first, startsAt: segment.startsAt, endsAt: segment.endsAt }];
      }),
    ),
    staff: day.staff.map((person) =>
      own.includes(person.id)
        ? person
        : {
            ...person,
            absences: person.absences.map((absence) => ({ ...absence, reason: 'absence' as const, title: null })),
          },
    ),
  };
}

/** The port as it is for whoever reaches everything. @param reach what the actor reaches, asked once a scope */
export function withinReach(port: CalendarPort, actor: Actor, reach: () => Promise<Reached>): CalendarPort {
  const { companyIds, branchIds, ownOf } = reachOf(actor);
  if (companyIds === null && branchIds === null && ownOf === null) return port;

  const refused = async (entity: string): Promise<CalendarAnswer<never>> => ({
    head: await port.flush(0),
    result: err({ code: 'NOT_FOUND', entity }),
  });

  /** The refusal of an appointment that is not reached. Null: go on. */
  async function appointmentRefusal(appointmentId: string, which?: 'any'): Promise<Refused> {
    const [{ result, ...rest }, reached] = await Promise.all([port.appointment(appointmentId, which), reach()]);
    if (!result.ok) return { ...rest, result };
    if (isAppointmentReached(result.value.appointment, reached)) return null;
    return { ...rest, result: err({ code: 'NOT_FOUND', entity: 'appointment' }) };
  }

  /** The refusal of somebody else's time, for who has only their own. */
  async function elsewhere({ staffId, quote }: Asked, permission: string): Promise<Refused> {
    const { staff } = await reach();
    const named = [staffId, quote?.staffId].filter((id) => id != null);
    if (staff === null || named.every((id) => staff.includes(id))) return null;
    return { head: await port.flush(0), result: err({ code: 'PERMISSION_DENIED', permission }) };
  }

  /** The branch that is meant: the one named, else one that is reached; NOT_FOUND where that lies outside. */
  async function placed<A extends Asked>(asked: A): Promise<{ refusal: Refused; asked: A }> {
    const { branches, people } = await reach();
    if (branches === null) return { refusal: null, asked };
    const named = [asked.branchId, asked.quote?.branchId].filter((id) => id != null);
    if (!named.every((id) => branches.includes(id))) return { refusal: await refused('branch'), asked };
    if (asked.staffId != null && !people.includes(asked.staffId)) return { refusal: await refused('staff'), asked };
    // A hold says where it is; who placed it had to reach that.
    if (named.length > 0 || asked.lockToken != null) return { refusal: null, asked };
    const { result } = await port.schedule();
    const schedule = result.ok ? result.value : null;
    const works = schedule?.staff.find(({ id }) => id === asked.staffId)?.body.branchIds ?? branches;
    const open = schedule?.branches.filter(({ id }) => branches.includes(id) && works.includes(id)) ?? [];
    const branch = open.find(({ body }) => body.main) ?? open[0];
    return branch === undefined
      ? { refusal: await refused('branch'), asked }
      : { refusal: null, asked: { ...asked, branchId: branch.id } };
  }

  /** What is offered or taken is offered and taken for themselves by who has only their own. */
  async function asOwn<A extends Asked>(asked: A): Promise<A | null> {
    const { staff } = await reach();
    if (staff === null) return asked;
    const staffId = asked.staffId ?? staff[0];
    return staffId === undefined ? null : { ...asked, staffId };
  }

  /** Books and holds: at a reached place, and for themselves. */
  async function taking<A extends Asked, T>(
    command: A,
    permission: string,
    run: (command: A) => Promise<CalendarAnswer<T>>,
  ): Promise<CalendarAnswer<T>> {
    const own = await asOwn(command);
    if (own === null) return refused('staff');
    const denied = await elsewhere(own, permission);
    if (denied) return denied;
    const { refusal, asked } = await placed(own);
    return refusal ?? run(asked);
  }

  /** The refusal of a change of master data that is not reached, before or after it. */
  async function itemsRefusal(items: readonly { kind: ScheduleKind; id: string; body: unknown }[]): Promise<Refused> {
    const [{ result, ...rest }, reached] = await Promise.all([port.schedule(), reach()]);
    if (!result.ok) return { ...rest, result };
    for (const { kind, id, body } of items) {
      const before = itemsOf(result.value, kind).find((item) => item.id === id) ?? null;
      const after: PlacedItem | null = body === null ? null : { kind, id, body: Object(body) as object };
      if (!mayBecome(before, after, reached)) return { ...rest, result: err({ code: 'NOT_FOUND', entity: kind }) };
    }
    return null;
  }

  /** The refusal of somebody of the staff who is not reached. */
  async function personRefusal(staffId: string): Promise<Refused> {
    const { staff, branches, people } = await reach();
    const isReached = staff?.includes(staffId) !== false && (branches === null || people.includes(staffId));
    return isReached ? null : refused('staff');
  }

  /** A verb about an appointment that must be reached. @param which whether deleted ones count */
  const ofAppointment =
    <C extends { appointmentId: string }, T>(run: (command: C) => Promise<CalendarAnswer<T>>, which?: 'any') =>
    async (command: C): Promise<CalendarAnswer<T>> =>
      (await appointmentRefusal(command.appointmentId, which)) ?? run(command);

  /** A verb about the times of somebody of the staff who must be reached. */
  const ofPerson =
    <C extends { staffId: string }, T>(run: (command: C) => Promise<CalendarAnswer<T>>) =>
    async (command: C): Promise<CalendarAnswer<T>> =>
      (await personRefusal(command.staffId)) ?? run(command);

  /** The refusal of a conflict that is not reached. */
  async function conflictRefusal(conflictId: string): Promise<Refused> {
    const [{ result, ...rest }, reached] = await Promise.all([port.conflict(conflictId), reach()]);
    if (!result.ok) return { ...rest, result };
    const { conflict, appointment } = result.value;
    const isIn = (ids: readonly string[] | null): boolean =>
      ids === null || (conflict.staffId !== null && ids.includes(conflict.staffId));
    const isAbout = appointment !== null && isAppointmentReached(appointment, reached);
    if (isAbout || (isIn(reached.staff) && (reached.branches === null || isIn(reached.people)))) return null;
    return { ...rest, result: err({ code: 'NOT_FOUND', entity: 'conflict' }) };
  }

  return {
    ...(Object.fromEntries(OF_NO_PLACE.map((verb) => [verb, port[verb]])) as unknown as OfNoPlace),
    async appointment(id, which) {
      return (await appointmentRefusal(id, which)) ?? port.appointment(id, which);
    },
    async day(query) {
      const { refusal, asked } = await placed({ branchId: query.branchId });
      if (refusal) return refusal;
      const [{ result, ...rest }, { staff: own }] = await Promise.all([
        port.day({ ...query, branchId: asked.branchId as typeof query.branchId }),
        reach(),
      ]);
      return { ...rest, result: result.ok && own !== null ? ok(asSeenBy(own, result.value)) : result };
    },
    async days(query) {
      const { refusal, asked } = await placed({ branchId: query.branchId });
      if (refusal) return refusal;
      const [{ result, ...rest }, { staff: own }] = await Promise.all([
        port.days({ ...query, branchId: asked.branchId as typeof query.branchId }),
        reach(),
      ]);
      if (!result.ok || own === null) return { ...rest, result };
      return { ...rest, result: ok({ ...result.value, days: result.value.days.map((day) => asSeenBy(own, day)) }) };
    },
    async appointmentsOf(query) {
      const [{ result, ...rest }, reached] = await Promise.all([port.appointmentsOf(query), reach()]);
      if (!result.ok) return { ...rest, result };
      const kept = (list: typeof result.value.past) =>
        list.filter(({ appointment }) => isAppointmentReached(appointment, reached));
      const { upcoming, past, stats } = result.value;
      return { ...rest, result: { ok: true, value: { stats, upcoming: kept(upcoming), past: kept(past) } } };
    },
    async conflict(id) {
      return (await conflictRefusal(id)) ?? port.conflict(id);
    },
    checkAvailability: (query) => taking(query, 'view_availability', (asked) => port.checkAvailability(asked)),
    hold: (command) => taking(command, 'create_holds', (asked) => port.hold(asked)),
    book: (command) => taking(command, 'create_appointments', (asked) => port.book(asked)),
    async reschedule(command) {
      const denied =
        (await appointmentRefusal(command.appointmentId)) ?? (await elsewhere(command, 'edit_appointments'));
      if (denied) return denied;
      // Without a branch it stays where it is.
      const { refusal } = await placed({ lockToken: 'stays', ...command });
      return refusal ?? port.reschedule(command);
    },
    async previewReschedule(command) {
      const { refusal } = await placed({ lockToken: 'stays', ...command });
      return (await appointmentRefusal(command.appointmentId)) ?? refusal ?? port.previewReschedule(command);
    },
    cancel: ofAppointment(port.cancel),
    putBack: ofAppointment(port.putBack),
    setStatus: ofAppointment(port.setStatus),
    deleteAppointment: ofAppointment(port.deleteAppointment),
    undeleteAppointment: ofAppointment(port.undeleteAppointment, 'any'),
    addAppointmentNote: ofAppointment(port.addAppointmentNote),
    async resolveConflict(command) {
      return (await conflictRefusal(command.conflictId)) ?? port.resolveConflict(command);
    },
    async busySources(staffId) {
      return (await personRefusal(staffId)) ?? port.busySources(staffId);
    },
    busyMeets: ofPerson(port.busyMeets),
    strandedByTimes: ofPerson(port.strandedByTimes),
    putBusyTimes: ofPerson(port.putBusyTimes),
    replaceBusySource: ofPerson(port.replaceBusySource),
    removeBusySource: ofPerson(port.removeBusySource),
    async putSchedule(command) {
      return (await itemsRefusal([command])) ?? port.putSchedule(command);
    },
    async putScheduleMany(command) {
      return (await itemsRefusal(command.items)) ?? port.putScheduleMany(command);
    },
    async removeScheduleItem(command) {
      const { kind, id } = command;
      return (await itemsRefusal([{ kind, id, body: null }])) ?? port.removeScheduleItem(command);
    },
  };
}
