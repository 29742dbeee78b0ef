/**
 * Which event types Cal.com shall have for the services of a company, against what it has. Pure; called by push-event-types.ts.
 *
 * A type fixes its host (spec: one for each service and person): in a team one of each person, round robin with that one host; without a team
 * the key owner's own, of which a service has one. What a person has matched by hand is kept and brought up to date, and covers what it
 * stands for: beside it none is made. A type of ours is known by its slug, which is made of our ids before it is asked for.
 */
import type { EventTypeFault, EventTypeField } from '../../shared/integration-sets.ts';
import { chainMinutes, isOfferedAt, termsOf } from '../calendar/engine/terms.ts';
import type { ScheduleItemOf, ScheduleSnapshot } from '../calendar/master-data.ts';
import { companySettings, mainBranch } from '../calendar/rules/company.ts';
import type { CalcomPerson, EventTypeFields, TheirEventType } from '../integrations/calcom-event-types.ts';

/** What is known of the account at Cal.com. */
export interface CalcomWorld {
  readonly teamId: string | null;
  readonly owner: CalcomPerson;
  /** of the team; without one empty */
  readonly members: readonly CalcomPerson[];
  /** the owner's own, and the team's */
  readonly types: readonly TheirEventType[];
}

interface Place {
  readonly serviceId: string;
  /** whose own type it is; null: of everybody who does it */
  readonly staffId: string | null;
  readonly title: string;
}
export type PlannedType = Place &
  (
    | { readonly kind: 'failed'; readonly fault: EventTypeFault; readonly matched: string | null }
    | { readonly kind: 'create'; readonly slug: string; readonly fields: EventTypeFields }
    | {
        readonly kind: 'keep';
        readonly theirs: TheirEventType;
        /** null: it is as it shall be */
        readonly change: { readonly fields: EventTypeFields; readonly names: readonly EventTypeField[] } | null;
      }
  );

type Service = ScheduleItemOf<'service'>;
type Person = ScheduleItemOf<'staff'>;

/** What a practice calls a service that has no neutral name. */
const NEUTRAL = 'Termin';
/** Longest title that is sent. */
const MAX_TITLE = 120;
/** Cal.com offers a choice of lengths up to this many. */
const MAX_LENGTHS = 20;

/** Slug of the type of a service, or of a service by one person: the same whenever it is asked for. */
export const slugOf = (serviceId: string, staffId: string | null): string =>
  ['askpro', serviceId, ...(staffId === null ? [] : [staffId])].join('-').toLowerCase().replaceAll('_', '-');

/** Services of a company that shall have types, in the order of their ids. */
export const servicesOf = (schedule: ScheduleSnapshot, companyId: string): Service[] =>
  schedule.services
    .filter(({ body }) => body.active && body.companyId === companyId)
    .sort((a, b) => (a.id < b.id ? -1 : 1));

/** People of our staff and who they are at Cal.com: as matched by hand, else by e-mail address. */
export function hostOf(person: Person, { members, owner, teamId }: CalcomWorld): string | null {
  const { calcomUserId, email } = person.body;
  const known = teamId === null ? [owner] : members;
  if (calcomUserId !== null) return known.some(({ userId }) => userId === calcomUserId) ? calcomUserId : null;
  const address = email?.trim().toLowerCase() ?? '';
  return address === '' ? null : (known.find((one) => one.email === address)?.userId ?? null);
}

/** Every type of one service. */
export function planService(schedule: ScheduleSnapshot, service: Service, world: CalcomWorld): PlannedType[] {
  const { body } = service;
  const people = body.staff.flatMap(({ staffId }) => {
    const person = schedule.staff.find(({ id }) => id === staffId);
    return person?.body.active ? [person] : [];
  });
  const place = (person: Person | null): Place => ({
    serviceId: service.id,
    staffId: person?.id ?? null,
    title: titleOf(schedule, service, person),
  });
  const failed = (person: Person | null, fault: EventTypeFault, matched: string | null = null): PlannedType => ({
    ...place(person),
    kind: 'failed',
    fault,
    matched,
  });
  /** What is matched, or ours by its slug, is kept; else one is made for this host. */
  function planned(person: Person | null, matched: string | null, hostId: string | null): PlannedType {
    const slug = slugOf(service.id, person?.id ?? null);
    const theirs = world.types.find((one) => (matched === null ? one.slug === slug : one.id === matched));
    if (theirs === undefined && matched !== null) return failed(person, 'gone', matched);
    const isOurs = theirs === undefined || theirs.slug === slug;
    const wanted = wantedOf(schedule, service, person, { world, hostId, isOurs, teamId: theirs?.teamId });
    if (theirs === undefined) {
      const { lengths, ...fields } = wanted;
      const locations = [{ type: 'address' as const, address: addressOf(schedule, service), public: true as const }];
      return {
        ...place(person),
        kind: 'create',
        slug,
        fields: {
          ...fields,
          ...(lengths.length > 1 ? { lengthInMinutesOptions: ascending(lengths) } : {}),
          slug,
          locations,
        },
      };
    }
    // One made by hand may go without the person's name.
    const isNamed = !isOurs && theirs.title === titleOf(schedule, service, null);
    const change = differences({ ...wanted, ...(isNamed ? { title: theirs.title } : {}) }, theirs, isOurs);
    return { ...place(person), kind: 'keep', theirs, change: change.names.length === 0 ? null : change };
  }

  if (people.length === 0) return [failed(null, 'nobody', body.calcomEventTypeId)];
  const common = body.calcomEventTypeId === null ? [] : [planned(null, body.calcomEventTypeId, null)];
  const isOwner = (person: Person): boolean => hostOf(person, world) === world.owner.userId;
  // One calendar for everybody: nobody of the staff is known as its owner.
  const isShared = world.teamId === null && common.length === 0 && !schedule.staff.some(isOwner);
  const own = people.flatMap((person): PlannedType[] => {
    const matched = body.staff.find(({ staffId }) => staffId === person.id)?.calcomEventTypeId ?? null;
    if (matched !== null) return [planned(person, matched, hostOf(person, world))];
    if (common.length > 0 || isShared) return [];
    const hostId = hostOf(person, world);
    if (hostId !== null) return [planned(person, null, hostId)];
    return [failed(person, world.teamId === null ? 'needs_team' : 'no_member')];
  });
  // Without a team and without knowing whose key it is, the service has one type, which is the key owner's.
  const isLeftOver = isShared && own.length < people.length;
  return [...common, ...(isLeftOver ? [planned(null, null, null)] : []), ...own];
}

function titleOf(schedule: ScheduleSnapshot, { body }: Service, person: Person | null): string {
  const { practiceMode } = companySettings(schedule, body.companyId);
  const name = body.neutralName?.de ?? (practiceMode ? NEUTRAL : body.name.de);
  return (person === null ? name : `${name} · ${person.body.firstName}`).slice(0, MAX_TITLE);
}

/** Where customers come to: the only branch's address, else the company's name. */
function addressOf(schedule: ScheduleSnapshot, { body }: Service): string {
  const places = branchesOf(schedule, body);
  const branch = places.length === 1 ? places[0] : undefined;
  const at = branch?.body.address;
  if (at) return `${at.street}, ${at.postalCode} ${at.city}`;
  const main = mainBranch(schedule, body.companyId);
  return branch?.body.name ?? (companySettings(schedule, body.companyId).name || (main?.body.name ?? NEUTRAL));
}

const branchesOf = (schedule: ScheduleSnapshot, body: Service['body']) =>
  schedule.branches.filter(
    (branch) => branch.body.active && branch.body.companyId === body.companyId && isOfferedAt(body, branch.id),
  );

/** Every length that an appointment of this type may have, the usual one first. */
function lengthsOf(schedule: ScheduleSnapshot, { body }: Service, person: Person | null): number[] {
  const chain = chainMinutes(body);
  if (chain !== null) return [chain];
  const people = person === null ? [null, ...body.staff.map(({ staffId }) => staffId)] : [person.id];
  const places = branchesOf(schedule, body).filter(({ id }) => person === null || person.body.branchIds.includes(id));
  const found = places.flatMap(({ id }) => people.map((staffId) => termsOf(body, id, staffId).durationMinutes));
  const usual = person === null ? body.durationMinutes : (found[0] ?? body.durationMinutes);
  return [...new Set([usual, ...found])].slice(0, MAX_LENGTHS);
}

interface Asked {
  world: CalcomWorld;
  hostId: string | null;
  isOurs: boolean;
  /** of the type that is there */
  teamId: string | null | undefined;
}

function wantedOf(
  schedule: ScheduleSnapshot,
  service: Service,
  person: Person | null,
  { world, hostId, isOurs, teamId = world.teamId }: Asked,
): EventTypeFields & { lengths: readonly number[] } {
  const { body } = service;
  const lengths = lengthsOf(schedule, service, person);
  return {
    title: titleOf(schedule, service, person),
    lengthInMinutes: lengths[0] ?? body.durationMinutes,
    lengths,
    minimumBookingNotice: body.minNoticeMinutes,
    beforeEventBuffer: body.bufferBeforeMinutes,
    afterEventBuffer: body.bufferAfterMinutes,
    // How one that was made by hand looks to its visitors is theirs.
    ...(isOurs
      ? {
          slotInterval: body.slotStepMinutes,
          hidden: !body.onlineBookable,
          confirmationPolicy: body.needsConfirmation
            ? { type: 'always' as const, blockUnconfirmedBookingsInBooker: true as const }
            : { disabled: true as const },
        }
      : {}),
    ...(isOurs && teamId !== null && hostId !== null
      ? {
          schedulingType: 'roundRobin' as const,
          hosts: [{ userId: Number(hostId), mandatory: false, priority: 'medium' as const }],
        }
      : {}),
  };
}

const ascending = (lengths: readonly number[]): number[] => [...new Set(lengths)].sort((a, b) => a - b);

/** The choice of lengths that a type shall offer; empty: the one it has. One made by hand loses none of its own. */
function choiceOf(lengths: readonly number[], { options }: TheirEventType, isOurs: boolean): number[] {
  if (isOurs) return lengths.length > 1 ? ascending(lengths) : [];
  return lengths.length > 1 || options.length > 0 ? ascending([...lengths, ...options]) : [];
}

/** The fields that differ, as they shall be, and what they are called. */
function differences(
  { lengths, schedulingType: _type, ...wanted }: EventTypeFields & { lengths: readonly number[] },
  theirs: TheirEventType,
  isOurs: boolean,
): { fields: EventTypeFields; names: EventTypeField[] } {
  const names: EventTypeField[] = [];
  let fields: EventTypeFields = {};
  const differ = (name: EventTypeField, isSame: boolean, set: EventTypeFields): void => {
    if (isSame) return;
    names.push(name);
    fields = { ...fields, ...set };
  };
  const choice = choiceOf(lengths, theirs, isOurs);
  const isSameChoice = choice.join() === ascending(theirs.options).join();
  const lengthInMinutes = wanted.lengthInMinutes ?? theirs.lengthInMinutes;
  differ('title', wanted.title === theirs.title, { title: wanted.title ?? theirs.title });
  // The usual length has to be among the choice, so they go together.
  const both = { lengthInMinutes, ...(isSameChoice && choice.length === 0 ? {} : { lengthInMinutesOptions: choice }) };
  differ('duration', lengthInMinutes === theirs.lengthInMinutes, both);
  differ('lengths', isSameChoice, both);
  const plain = [
    ['slot_step', 'slotInterval'],
    ['notice', 'minimumBookingNotice'],
    ['buffer_before', 'beforeEventBuffer'],
    ['buffer_after', 'afterEventBuffer'],
    ['hidden', 'hidden'],
  ] as const;
  for (const [name, field] of plain)
    differ(name, wanted[field] === undefined || wanted[field] === theirs[field], { [field]: wanted[field] });
  const policy = wanted.confirmationPolicy;
  differ('confirmation', policy === undefined || 'type' in policy === theirs.needsConfirmation, {
    ...(policy === undefined ? {} : { confirmationPolicy: policy }),
  });
  const host = wanted.hosts?.[0]?.userId;
  differ('host', host === undefined || theirs.hostIds.join() === String(host), {
    ...(wanted.hosts === undefined ? {} : { hosts: wanted.hosts }),
  });
  return { fields, names };
}
