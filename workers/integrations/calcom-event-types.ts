/**
 * Event types of Cal.com API v2: whose key it is, who is in a team, which types there are, made and changed. Nothing is deleted there.
 * Called by calendar-sync/push-event-types.ts. There is no idempotency key: a slug is given once, which the one who asks makes of our ids.
 */
import { z } from 'zod';
import { err, ok } from '../../shared/result.ts';
import { type CalcomConfig, calcomGet, calcomWrite, EVENT_TYPES_VERSION } from './calcom.ts';
import { callVendor, readAnswer, type VendorResult } from './vendor-call.ts';

/** Largest page of members that Cal.com serves. */
const MEMBERS_PAGE = 250;
/** A team of more than 1,000 has its members mapped by hand. */
const MAX_MEMBER_PAGES = 4;

export interface CalcomPerson {
  readonly userId: string;
  readonly email: string;
}

/** A type as it stands there, with what we set of it. */
export interface TheirEventType {
  readonly id: string;
  /** null: the key owner's own */
  readonly teamId: string | null;
  readonly slug: string;
  readonly title: string;
  readonly lengthInMinutes: number;
  /** lengths that a booking may choose from; empty: it has the one */
  readonly options: readonly number[];
  readonly slotInterval: number | null;
  readonly minimumBookingNotice: number;
  readonly beforeEventBuffer: number;
  readonly afterEventBuffer: number;
  readonly hidden: boolean;
  readonly needsConfirmation: boolean;
  readonly hostIds: readonly string[];
}

/** What is written of a type; what is left out stays as it is there. */
export interface EventTypeFields {
  readonly title?: string;
  readonly slug?: string;
  readonly lengthInMinutes?: number;
  readonly lengthInMinutesOptions?: readonly number[];
  readonly slotInterval?: number;
  readonly minimumBookingNotice?: number;
  readonly beforeEventBuffer?: number;
  readonly afterEventBuffer?: number;
  readonly hidden?: boolean;
  readonly confirmationPolicy?: { type: 'always'; blockUnconfirmedBookingsInBooker: true } | { disabled: true };
  readonly locations?: readonly { type: 'address'; address: string; public: true }[];
  /** of a team's type alone */
  readonly schedulingType?: 'roundRobin';
  readonly hosts?: readonly { userId: number; mandatory: boolean; priority: 'medium' }[];
}

/** Whose key it is. */
export async function calcomOwner(config: CalcomConfig): Promise<VendorResult<CalcomPerson>> {
  const answer = await callVendor(config, calcomGet(config, '/v2/me', EVENT_TYPES_VERSION));
  if (!answer.ok) return answer;
  const parsed = readAnswer(answer.value, (body) => OWNER.safeParse(body), false);
  return parsed.ok
    ? ok({ userId: String(parsed.value.data.id), email: (parsed.value.data.email ?? '').toLowerCase() })
    : parsed;
}

/** Who is in a team, a thousand at most. */
export async function teamMembers(config: CalcomConfig, teamId: string): Promise<VendorResult<CalcomPerson[]>> {
  const members: CalcomPerson[] = [];
  for (let page = 0; page < MAX_MEMBER_PAGES; page++) {
    const path = `${teamPath(teamId)}/memberships?take=${MEMBERS_PAGE}&skip=${page * MEMBERS_PAGE}`;
    const answer = await callVendor(config, calcomGet(config, path, EVENT_TYPES_VERSION));
    if (!answer.ok) return answer;
    const parsed = readAnswer(answer.value, (body) => MEMBERS.safeParse(body), false);
    if (!parsed.ok) return parsed;
    for (const { userId, user } of parsed.value.data)
      members.push({ userId: String(userId), email: (user?.email ?? '').toLowerCase() });
    if (parsed.value.data.length < MEMBERS_PAGE) break;
  }
  return ok(members);
}

/** The types of the key's owner, or of a team. */
export async function eventTypesAt(
  config: CalcomConfig,
  teamId: string | null,
): Promise<VendorResult<TheirEventType[]>> {
  const answer = await callVendor(config, calcomGet(config, typesPath(teamId), EVENT_TYPES_VERSION));
  if (!answer.ok) return answer;
  const parsed = readAnswer(answer.value, (body) => TYPES.safeParse(body), false);
  return parsed.ok ? ok(parsed.value.data.map((one) => typeOf(one, teamId))) : parsed;
}

/** Makes a type. Faults: 400 where the slug is given already (a create whose answer was lost): then look. */
export const createEventType = (
  config: CalcomConfig,
  teamId: string | null,
  fields: EventTypeFields,
): Promise<VendorResult<TheirEventType>> => written(config, 'POST', typesPath(teamId), teamId, fields);

/** Changes what is named of a type; 404: it is not there any more. */
export const changeEventType = (
  config: CalcomConfig,
  { id, teamId }: Pick<TheirEventType, 'id' | 'teamId'>,
  fields: EventTypeFields,
): Promise<VendorResult<TheirEventType>> =>
  written(config, 'PATCH', `${typesPath(teamId)}/${encodeURIComponent(id)}`, teamId, fields);

async function written(
  config: CalcomConfig,
  method: 'POST' | 'PATCH',
  path: string,
  teamId: string | null,
  fields: EventTypeFields,
): Promise<VendorResult<TheirEventType>> {
  const answer = await callVendor(config, calcomWrite(config, method, path, EVENT_TYPES_VERSION, fields));
  if (!answer.ok) return answer;
  const parsed = readAnswer(answer.value, (body) => ONE.safeParse(body), true);
  if (!parsed.ok) return parsed;
  const { data } = parsed.value;
  // A managed type answers itself and its children, which none of ours has.
  const type = Array.isArray(data) ? data[0] : data;
  return type === undefined
    ? err({ kind: 'invalid_response', retryable: false, ambiguous: true })
    : ok(typeOf(type, teamId));
}

const teamPath = (teamId: string): string => `/v2/teams/${encodeURIComponent(teamId)}`;
const typesPath = (teamId: string | null): string =>
  teamId === null ? '/v2/event-types' : `${teamPath(teamId)}/event-types`;

const ID = z.union([z.number(), z.string()]);
const OWNER = z.looseObject({ data: z.looseObject({ id: ID, email: z.string().nullish() }) });
const MEMBERS = z.looseObject({
  data: z.array(
    z.looseObject({ userId: ID, user: z.looseObject({ email: z.string().nullish() }).nullish().catch(null) }),
  ),
});
const TYPE = z.looseObject({
  id: ID,
  slug: z.string(),
  title: z.string(),
  lengthInMinutes: z.number(),
  lengthInMinutesOptions: z.array(z.coerce.number()).nullish().catch(null),
  slotInterval: z.number().nullish().catch(null),
  minimumBookingNotice: z.number().nullish().catch(null),
  beforeEventBuffer: z.number().nullish().catch(null),
  afterEventBuffer: z.number().nullish().catch(null),
  hidden: z.boolean().nullish().catch(null),
  confirmationPolicy: z.looseObject({ type: z.string().nullish() }).nullish().catch(null),
  // Documented as texts, answered as objects.
  hosts: z
    .array(z.union([ID, z.looseObject({ userId: ID })]))
    .nullish()
    .catch(null),
});
const TYPES = z.looseObject({ data: z.array(TYPE) });
const ONE = z.looseObject({ data: z.union([TYPE, z.array(TYPE)]) });

function typeOf(raw: z.infer<typeof TYPE>, teamId: string | null): TheirEventType {
  return {
    id: String(raw.id),
    teamId,
    slug: raw.slug,
    title: raw.title,
    lengthInMinutes: raw.lengthInMinutes,
    options: raw.lengthInMinutesOptions ?? [],
    slotInterval: raw.slotInterval ?? null,
    minimumBookingNotice: raw.minimumBookingNotice ?? 0,
    beforeEventBuffer: raw.beforeEventBuffer ?? 0,
    afterEventBuffer: raw.afterEventBuffer ?? 0,
    hidden: raw.hidden ?? false,
    needsConfirmation: raw.confirmationPolicy?.type === 'always' || raw.confirmationPolicy?.type === 'time',
    hostIds: (raw.hosts ?? []).map((host) => String(typeof host === 'object' ? host.userId : host)),
  };
}
