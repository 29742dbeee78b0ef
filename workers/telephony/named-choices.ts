/** Pure: what the caller named — service, person, branch — as ids of this tenant's master data; ids and names both resolve. Called by the functions. */
import { openBranches } from '../calendar/rules/company.ts';
import { bestMatches } from '../../shared/person-names.ts';
import type { BranchBody, ScheduleItemOf, ScheduleSnapshot } from '../calendar/types.ts';

export type Service = ScheduleItemOf<'service'>;
type Person = ScheduleItemOf<'staff'>;
export type Branch = ScheduleItemOf<'branch'>;

/** Services of one visit ("waschen und schneiden"). */
const MAX_PARTS = 4;
const JOINTS = /\s*(?:,|\+|&|\bund\b|\band\b)\s*/i;

type NamedService =
  | { kind: 'known'; services: Service[] }
  | { kind: 'missing' }
  | { kind: 'several'; choices: Service[] }
  | { kind: 'unknown'; wish: string };

type NamedStaff =
  | { kind: 'any' }
  | { kind: 'known'; person: Person }
  | { kind: 'several'; choices: Person[] }
  | { kind: 'unknown'; wish: string };

/** First text (or number, as old tool definitions send ids) under one of the names; trimmed, empty counts as absent. */
export function textOf(args: Readonly<Record<string, unknown>>, ...names: string[]): string | undefined {
  for (const name of names) {
    const value = args[name];
    if (typeof value === 'number' && Number.isFinite(value)) return String(value);
    // A model that knows nothing fills in "null" or "unknown" now and then.
    if (
      typeof value === 'string' &&
      value.trim() !== '' &&
      !/^(null|undefined|none|n\/a|unknown|unbekannt)$/i.test(value.trim())
    )
      return value.trim();
  }
  return undefined;
}

export const offeredServices = (snapshot: ScheduleSnapshot): Service[] =>
  snapshot.services.filter((s) => s.body.active);

const narrowed = new WeakMap<ScheduleSnapshot, Map<string, ScheduleSnapshot>>();
/** What a caller of one company's branch can mean: its services and people, where the tenant has another company beside it. */
export function ofCompany(snapshot: ScheduleSnapshot, companyId: string): ScheduleSnapshot {
  if (snapshot.branches.every(({ body }) => body.companyId === companyId)) return snapshot;
  const known = narrowed.get(snapshot) ?? new Map<string, ScheduleSnapshot>();
  const made = known.get(companyId) ?? {
    ...snapshot,
    services: snapshot.services.filter(({ body }) => body.companyId === companyId),
    staff: snapshot.staff.filter(({ body }) => body.companyId === companyId),
  };
  // One entry a company, and gone with the snapshot.
  narrowed.set(snapshot, known.set(companyId, made));
  return made;
}

/** What callers may call a service. */
export const namesOfService = (service: Service): string[] =>
  [
    service.body.name.de,
    service.body.name.en,
    ...service.body.aliases,
    service.body.neutralName?.de,
    service.body.neutralName?.en,
  ].filter((name) => name !== undefined);

function oneService(services: readonly Service[], phrase: string): NamedService {
  const byId = services.find((service) => service.id === phrase);
  if (byId) return { kind: 'known', services: [byId] };
  const match = bestMatches(
    phrase,
    services.map((service) => ({ id: service.id, names: namesOfService(service) })),
  );
  const chosen = services.filter((service) => match.ids.includes(service.id));
  if (match.kind === 'one' && chosen[0]) return { kind: 'known', services: [chosen[0]] };
  if (match.kind === 'several' && chosen.length > 0) return { kind: 'several', choices: chosen };
  return { kind: 'unknown', wish: phrase };
}

/** One service, or several of one visit when the whole phrase names none but each of its parts does. */
export function namedService(snapshot: ScheduleSnapshot, args: Readonly<Record<string, unknown>>): NamedService {
  const services = offeredServices(snapshot);
  const list = args['services'] ?? args['service_ids'];
  const named = Array.isArray(list)
    ? list.filter((one): one is string => typeof one === 'string' && one !== '').slice(0, MAX_PARTS)
    : [];
  if (named.length > 1) return together(services, named);
  const phrase = textOf(args, 'service_id', 'service', 'service_name') ?? named[0];
  if (phrase === undefined) return { kind: 'missing' };
  const whole = oneService(services, phrase);
  const parts = partsOf(phrase);
  if (parts.length < 2 || parts.length > MAX_PARTS) return whole;
  // "Waschen und Schneiden" may be one service of that name; a match with half of the words would silently drop the other half.
  if (
    whole.kind === 'known' &&
    whole.services.some((one) => one.id === phrase || namesOfService(one).some((name) => partsOf(name).length > 1))
  )
    return whole;
  return together(services, parts);
}

const partsOf = (words: string): string[] => words.split(JOINTS).filter((part) => part !== '');

function together(services: readonly Service[], phrases: readonly string[]): NamedService {
  const found: Service[] = [];
  for (const phrase of phrases) {
    const one = oneService(services, phrase);
    if (one.kind !== 'known') return one;
    for (const service of one.services) if (!found.includes(service)) found.push(service);
  }
  return { kind: 'known', services: found };
}

export const personName = (person: Person): string =>
  [person.body.firstName, person.body.lastName].filter(Boolean).join(' ');

/** A person by id or (first) name; "egal" and no word at all are anybody. */
export function namedStaff(
  snapshot: ScheduleSnapshot,
  args: Readonly<Record<string, unknown>>,
  branchId: string | null,
): NamedStaff {
  const phrase = textOf(args, 'staff_id', 'staff', 'staff_name');
  if (phrase === undefined) return { kind: 'any' };
  const people = snapshot.staff.filter((p) => p.body.active);
  const byId = people.find((person) => person.id === phrase);
  if (byId) return { kind: 'known', person: byId };
  const here = branchId === null ? people : people.filter((p) => p.body.branchIds.includes(branchId));
  for (const group of [here, people]) {
    const match = bestMatches(
      phrase,
      group.map((person) => ({
        id: person.id,
        names: [person.body.firstName, personName(person), person.body.lastName, ...person.body.aliases].filter(
          Boolean,
        ),
      })),
    );
    if (match.kind === 'any') return { kind: 'any' };
    const chosen = group.filter((person) => match.ids.includes(person.id));
    if (match.kind === 'one' && chosen[0]) return { kind: 'known', person: chosen[0] };
    if (match.kind === 'several' && chosen.length > 0) return { kind: 'several', choices: chosen };
  }
  return { kind: 'unknown', wish: phrase };
}

/** The branch meant: named by id or name, else the called number's, else the company's main one. */
export function branchOf(
  snapshot: ScheduleSnapshot,
  args: Readonly<Record<string, unknown>>,
  called: string | null,
): Branch | null {
  const active = openBranches(snapshot);
  const phrase = textOf(args, 'branch_id', 'branch');
  if (phrase !== undefined) {
    const byId = active.find((branch) => branch.id === phrase);
    if (byId) return byId;
    const match = bestMatches(
      phrase,
      active.map((branch) => ({ id: branch.id, names: namesOfBranch(branch.body) })),
    );
    const chosen = active.find((branch) => match.kind === 'one' && match.ids.includes(branch.id));
    if (chosen) return chosen;
  }
  return active.find((b) => b.id === called) ?? active.find((b) => b.body.main) ?? active[0] ?? null;
}

const namesOfBranch = (body: BranchBody): string[] => [body.name, ...(body.address ? [body.address.city] : [])];
