import { z } from 'zod';
import type { Instant } from '../../shared/clock.ts';
import type { SlotPreference, StatusAction } from '../../shared/appointment-status.ts';
import { MAX_APPOINTMENT_MINUTES } from '../../shared/calendar-limits.ts';
import { branchBody } from '../../shared/contract/branches.ts';
import { companySettings } from '../../shared/contract/companies.ts';
import { exceptionBody, hoursBody } from '../../shared/contract/hours.ts';
import { insideOf } from '../../shared/contract/mapper.ts';
import { type Names, names, type Period } from '../../shared/contract/master-data.ts';
import { resourceBody } from '../../shared/contract/resources.ts';
import { serviceBody } from '../../shared/contract/services.ts';
import { staffBody } from '../../shared/contract/staff.ts';
import type { Alternative, UnavailableReason } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import { minutesOf, type WallDate, type WallTime } from '../../shared/time.ts';
import { EXCEPTION_OWNERS, GREETINGS, HOURS_OWNERS, IDENTITY_MODES } from '../../shared/schedule-sets.ts';
import { TENANT_STATUSES } from '../../shared/tenant-status.ts';
import type {
  ActorRef,
  Appointment,
  AppointmentSource,
  AppointmentStatus,
  ExternalConflict,
  PolicyCheck,
  ResourceUse,
  ScheduleKind,
  SegmentRow,
  SyncStatus,
} from '../events/calendar.ts';
import type { Head } from '../object-runtime/events.ts';
import type { RateStatus } from '../object-runtime/rate.ts';
import type { StreamPosition } from '../object-runtime/streams.ts';
import type { AppointmentRecords } from './store/records.ts';

// ---------------------------------------------------------------- bounds

export {
  MAX_APPOINTMENT_MINUTES,
  MAX_DAYS_AHEAD,
  MAX_HOLD_SECONDS,
  MAX_HOLDS_PER_OWNER,
  MAX_NOTES,
  MAX_QUERY_DAYS,
  MAX_SEGMENTS,
  MAX_SERVICES_PER_BOOKING,
  MAX_SLOTS,
} from '../../shared/calendar-limits.ts';
export const DEFAULT_SLOTS = 200;
/** Items of one putScheduleMany, appointments of one importAppointments: keeps a command well under 1 MB and 100 ms. */
export const MAX_BATCH_ITEMS = 500;
/** Usual life of a held slot, seconds. */
export const DEFAULT_HOLD_SECONDS = 300;
/** A call's conversation is forgotten after this. */
export const CONVERSATION_TTL_HOURS = 24;
/** Offered instead of a refused slot. */
export const ALTERNATIVES = 3;
export const MAX_EXTERNAL_BUSY = 1_000;
/** Ways to choose resources for one service or segment (product of its `anyOf` lists); more is refused when the service is saved. */
export const MAX_RESOURCE_CHOICES = 64;

// ---------------------------------------------------------------- schedule: bodies of the master data

// What a client may write of master data stands in shared/contract, and is the same inside under camelCase names. Here is added what
// only we write (the company, the owner) and what concerns several fields at once.

const id = z.string().min(1).max(128);
const currency = z.string().regex(/^[A-Z]{3}$/);
export const namesSchema = names();
export type { Names, Period };

export const branchBodySchema = insideOf(branchBody).extend({ companyId: id });
export type BranchBody = z.infer<typeof branchBodySchema>;

export const staffBodySchema = insideOf(staffBody).extend({
  companyId: id,
  /** user of this product, for `own appointments` */
  userId: id.nullable().default(null),
});
export type StaffBody = z.infer<typeof staffBodySchema>;

export const serviceBodySchema = insideOf(serviceBody)
  .extend({
    companyId: id,
    /** later: named sets of n staff by skill and m resources or groups, all free together */
    requirementSets: z.array(z.string()).max(0).default([]),
  })
  .superRefine((s, ctx) => {
    const chain = s.segments.reduce(
      (sum, segment, i) => sum + segment.durationMinutes + (i > 0 ? segment.gapMaxMinutes : 0),
      0,
    );
    const length = Math.max(chain, s.durationMinutes, ...s.staff.map((one) => one.durationMinutes ?? 0));
    if (length + s.bufferBeforeMinutes + s.bufferAfterMinutes > MAX_APPOINTMENT_MINUTES)
      ctx.addIssue({ code: 'custom', path: ['segments'], message: 'longer than a day' });
    if (s.segments.length > 0 && !s.segments.some((segment) => segment.kind === 'active'))
      ctx.addIssue({ code: 'custom', path: ['segments'], message: 'needs an active segment' });
    if (s.segments.length > 0 && s.maxPerSlot > 1)
      ctx.addIssue({ code: 'custom', path: ['maxPerSlot'], message: 'a composite service is for one party' });
    const own = new Set(s.resources.flatMap((r) => r.anyOf));
    s.segments.forEach((segment, i) => {
      if (segment.gapMinMinutes > segment.gapMaxMinutes)
        ctx.addIssue({ code: 'custom', path: ['segments', i, 'gapMaxMinutes'], message: 'below the minimum gap' });
      if (segment.resources.some((r) => r.anyOf.some((one) => own.has(one))))
        ctx.addIssue({
          code: 'custom',
          path: ['segments', i, 'resources'],
          message: 'already taken by the whole service',
        });
      if (choicesOf(segment.resources) > MAX_RESOURCE_CHOICES)
        ctx.addIssue({
          code: 'custom',
          path: ['segments', i, 'resources'],
          message: 'too many ways to choose resources',
        });
    });
    if (choicesOf(s.resources) > MAX_RESOURCE_CHOICES)
      ctx.addIssue({ code: 'custom', path: ['resources'], message: 'too many ways to choose resources' });
  });
export type ServiceBody = z.infer<typeof serviceBodySchema>;
export type SegmentBody = ServiceBody['segments'][number];
export type ResourceRequirement = ServiceBody['resources'][number];
const choicesOf = (requirements: readonly ResourceRequirement[]): number =>
  requirements.reduce((n, r) => n * r.anyOf.length, 1);

const OWNER_OUTSIDE = { staffId: true, resourceId: true } as const;

/** Weekly hours of one owner on one weekday. `branchId`: staff only at this branch; null: at all their branches. */
export const hoursBodySchema = insideOf(hoursBody)
  .omit({ ...OWNER_OUTSIDE, dayOfWeek: true })
  .extend({
    ownerKind: z.enum(HOURS_OWNERS),
    ownerId: id,
    /** 0 = Sunday … 6 = Saturday */
    weekday: z.int().min(0).max(6),
  });
export type HoursBody = z.infer<typeof hoursBodySchema>;

/** What wins over the weekly hours. `branchId`: staff only at this branch (extra shifts); null: everywhere. */
export const exceptionBodySchema = insideOf(exceptionBody)
  .omit(OWNER_OUTSIDE)
  .extend({ ownerKind: z.enum(EXCEPTION_OWNERS), ownerId: id })
  .superRefine((e, ctx) => {
    if (e.toDate < e.fromDate) ctx.addIssue({ code: 'custom', path: ['toDate'], message: 'before fromDate' });
    if ((e.fromTime === null) !== (e.toTime === null))
      ctx.addIssue({ code: 'custom', path: ['toTime'], message: 'give both times or none' });
    if (e.fromTime !== null && e.toTime !== null && minutesOf(e.fromTime) >= minutesOf(e.toTime))
      ctx.addIssue({ code: 'custom', path: ['toTime'], message: 'must be after fromTime' });
    if (e.kind === 'extra_shift' && e.ownerKind === 'company')
      ctx.addIssue({
        code: 'custom',
        path: ['ownerKind'],
        message: 'an extra shift is of a branch, a person or a resource',
      });
    if (e.kind === 'extra_shift' && e.fromTime === null)
      ctx.addIssue({ code: 'custom', path: ['fromTime'], message: 'an extra shift needs times' });
  });
export type ExceptionBody = z.infer<typeof exceptionBodySchema>;

export const resourceBodySchema = insideOf(resourceBody).extend({
  companyId: id,
  /** later: "any chair" */
  groupId: id.nullable().default(null),
});
export type ResourceBody = z.infer<typeof resourceBodySchema>;

/** Facts about the tenant that decisions need. One item, its id is the tenant's. */
export const accountBodySchema = z.object({
  status: z.enum(TENANT_STATUSES),
  currency,
  languages: z.array(z.string().max(8)).max(12).default(['de']),
  fallbackText: namesSchema.nullable().default(null),
  /** plan data: SMS a day to numbers that nobody has confirmed */
  unconfirmedSmsPerDay: z.int().min(0).max(100_000).default(200),
});
export type AccountBody = z.infer<typeof accountBodySchema>;

export { GREETINGS, IDENTITY_MODES };

/** Settings of a company. Its id is what branches, staff and services call `companyId`; one that nobody saved has the defaults. */
export const companyBodySchema = insideOf(companySettings).extend({
  identity: z.enum(IDENTITY_MODES).default('standard'),
  greeting: z.enum(GREETINGS).default('first_name'),
  /** ISO 3166-1 alpha-2: where SMS to numbers may go that nobody has confirmed */
  smsCountries: z
    .array(z.string().regex(/^[A-Z]{2}$/))
    .max(60)
    .default(['DE', 'AT', 'CH']),
  /** healing professions: neutral names outside, no reasons asked, identity strict */
  practiceMode: z.boolean().default(false),
  /** E.164: lines that are forwarded to the agent; a call that shows one of them says nothing of who calls */
  forwardingNumbers: z
    .array(z.string().regex(/^\+[1-9]\d{6,14}$/))
    .max(50)
    .default([]),
});
export type CompanyBody = z.infer<typeof companyBodySchema>;

export interface ScheduleBodies {
  account: AccountBody;
  company: CompanyBody;
  branch: BranchBody;
  staff: StaffBody;
  service: ServiceBody;
  hours: HoursBody;
  exception: ExceptionBody;
  resource: ResourceBody;
}
export const SCHEDULE_SCHEMAS = {
  account: accountBodySchema,
  company: companyBodySchema,
  branch: branchBodySchema,
  staff: staffBodySchema,
  service: serviceBodySchema,
  hours: hoursBodySchema,
  exception: exceptionBodySchema,
  resource: resourceBodySchema,
} as const satisfies { [K in ScheduleKind]: z.ZodType<ScheduleBodies[K]> };

export type ScheduleItemOf<K extends ScheduleKind> = {
  kind: K;
  id: string;
  version: number;
  updatedAt: Instant;
  body: ScheduleBodies[K];
};
/** One stored row of master data, as a discriminated union over `kind`. */
export type ScheduleItem = { [K in ScheduleKind]: ScheduleItemOf<K> }[ScheduleKind];
/** The same before it is stored; `body` may leave out fields that have defaults (it is parsed inside the object). */
export interface ScheduleInput {
  kind: ScheduleKind;
  id: string;
  body: unknown;
}

/** The whole master data of a tenant, for lists and for resolving spoken names. */
export interface ScheduleSnapshot {
  version: number;
  account: ScheduleItemOf<'account'> | null;
  companies: ScheduleItemOf<'company'>[];
  branches: ScheduleItemOf<'branch'>[];
  staff: ScheduleItemOf<'staff'>[];
  services: ScheduleItemOf<'service'>[];
  hours: ScheduleItemOf<'hours'>[];
  exceptions: ScheduleItemOf<'exception'>[];
  resources: ScheduleItemOf<'resource'>[];
}

// ---------------------------------------------------------------- rows

export { SCHEDULE_KINDS } from '../events/calendar.ts';
export type { CalendarEvent } from './events.ts';
export type {
  ActorRef,
  Appointment,
  AppointmentSource,
  AppointmentStatus,
  BookingType,
  ExternalConflict,
  Modification,
  PolicyCheck,
  ResourceUse,
  ScheduleKind,
  SegmentRow,
  SyncStatus,
} from '../events/calendar.ts';
export type { SlotPreference, StatusAction };

/** The erasable texts of an appointment: never in events, log or queues. */
export interface AppointmentTexts {
  notes: string | null;
  internalNotes: string | null;
}

export interface Hold {
  lockToken: string;
  expiresAt: Instant;
  slot: Slot;
  callId: string | null;
  owner: string;
}

/** Kept in the same transaction as what they count; O(1) to read. */
export interface CustomerStats {
  customerId: string;
  appointments: number;
  completed: number;
  cancellations: number;
  reschedules: number;
  noShows: number;
  modifications: number;
  lastStartsAt: Instant | null;
  lastModifiedAt: Instant | null;
}

// ---------------------------------------------------------------- slots, quotes

export interface Slot {
  startsAt: Instant;
  endsAt: Instant;
  /** wall clock of the branch */
  date: WallDate;
  time: WallTime;
  endTime: WallTime;
  branchId: string;
  /** the person of the first active segment */
  staffId: string;
  staffName: string;
  serviceId: string;
  moreServiceIds: string[];
  durationMinutes: number;
  /** the length that was asked for instead of the service's own; null: its own */
  customMinutes: number | null;
  partySize: number;
  priceCents: number;
  currency: string;
  resources: ResourceUse[];
  segments: SegmentRow[];
}

/** What the edge signs (`quote-action.ts`): an offered slot can be booked at this price until it expires, is taken, or a schedule change makes it impossible. */
export interface QuotePayload {
  v: 1;
  tenantId: string;
  serviceIds: string[];
  branchId: string;
  staffId: string;
  startsAt: Instant;
  durationMinutes: number;
  customMinutes: number | null;
  partySize: number;
  priceCents: number;
  currency: string;
  resources: ResourceUse[];
  scheduleVersion: number;
  expiresAt: Instant;
}

// ---------------------------------------------------------------- answers

/** Every answer of the object: the outcome, where its history stands after it, and what the rate limit says when one was asked for. */
export interface CalendarAnswer<T> {
  result: Result<T>;
  head: Head;
  rate?: RateStatus;
  /** where a callId was given, also on refusals; firstSeen is the object's memory of this life (bounded), not a durable fact */
  call?: CallSeen;
}
export interface CallSeen {
  firstSeen: boolean;
  lostSlots: number;
  /** null: whose line it is was not looked up yet */
  level: CallerLevel | null;
}

/**
 * A limit the object counts in memory, fixed window of 60 s. The edge takes name and limit from configuration; key is the API key, user,
 * call_id or tenant. Over it: `RATE_LIMITED`, nothing done. The first exhausted rule answers, else the one with least remaining.
 */
export interface RateAsk {
  name: string;
  key: string;
  limit: number;
}

// ---------------------------------------------------------------- commands
// Every command carries `key` (idempotency: same key and input → first outcome; other input → IDEMPOTENCY_MISMATCH; refusals are not stored),
// `now` (the request's clock) and the ids of what it makes, so that the rules make none. `now`, `rate`, `actor`, those made ids and texts
// are not part of "the same input": a retry may make a new appointmentId and still gets the first outcome. (Texts count, except of the
// phone: a model that retries words its notes anew.)

interface Command {
  key: string;
  now: Instant;
  actor: ActorRef;
  rate?: RateAsk[];
}

export interface PutSchedule extends Command, ScheduleInput {
  /** 0: must not exist yet; null: whatever is there (seed, import) */
  expectedVersion: number | null;
  /** true: NOT_FOUND instead of a new item */
  mustExist?: boolean;
  /** true: write although future appointments no longer fit (they stay; answered in `stranded`) */
  confirm?: boolean;
}
/** Refusals: VALIDATION_ERROR, VERSION_CONFLICT, IN_USE (would strand future appointments; repeat with confirm). */
export interface PutScheduleAnswer {
  item: ScheduleItem;
  scheduleVersion: number;
  stranded: number;
}
export interface PutScheduleMany extends Command {
  items: ScheduleInput[];
}
export interface RemoveScheduleItem extends Command {
  kind: ScheduleKind;
  id: string;
  expectedVersion: number | null;
  confirm?: boolean;
}

/** least_fragmentation: orders slots by how little broken time they leave; same_staff: slots of `preferredStaffId` first; the others by start. even_load (default) and earliest differ in who gets a start that several could take: least booked minutes in the range, or the service's own order. */

export interface ServiceWish {
  serviceId: string;
  /** overrides the service's own duration (not of composite services) */
  durationMinutes?: number;
}

/** Days and optional time of day in the branch's zone; `untilDate` inclusive, `fromTime ≤ start < untilTime`. */
export interface SlotWindow {
  fromDate: WallDate;
  untilDate: WallDate;
  fromTime?: WallTime;
  untilTime?: WallTime;
}

export interface AvailabilityQuery {
  now: Instant;
  /** one service, or several in one visit in this order */
  services: ServiceWish[];
  /** null: the only branch of the named staff, else the company's main branch */
  branchId: string | null;
  /** exactly this person; null: anybody */
  staffId: string | null;
  preferredStaffId?: string | null;
  window: SlotWindow;
  /** an exact wish: `available` then speaks of it alone (not bound to the slot step) */
  at?: { startsAt: Instant } | { date: WallDate; time: WallTime };
  partySize?: number;
  preference?: SlotPreference;
  limit?: number;
  /** the caller's own hold does not stand in the way */
  callId?: string | null;
  lockToken?: string | null;
  /** true: for the house itself — minimum notice, max days ahead and onlineBookable do not count; past starts never */
  internal?: boolean;
  rate?: RateAsk[];
}

export interface AvailabilityAnswer {
  branchId: string;
  companyId: string;
  timeZone: string;
  scheduleVersion: number;
  /** the wish is free, or without one: there is at least one slot in the window */
  available: boolean;
  reason: 'free' | UnavailableReason;
  /** the free slot at the exact wish */
  slot: Slot | null;
  /** free slots in the window, in the asked order */
  slots: Slot[];
  /** when the wish is not free: nearest on the same day */
  before: Slot | null;
  after: Slot | null;
  /** next free ones after the asked time, spread over days (≤ 3); also beyond the window */
  next: Slot[];
}

export interface PlaceHold extends Command {
  lockToken: string;
  services: ServiceWish[];
  branchId: string | null;
  staffId: string | null;
  preferredStaffId?: string | null;
  startsAt: Instant;
  partySize?: number;
  ttlSeconds?: number;
  /** the call that may book it without presenting the token; a new hold of a call replaces its old one */
  callId?: string | null;
  /** phone: whose holds are counted */
  caller?: CallerRef | null;
  /** whom an API key serves, as `visitorHash` of hold.ts: the word itself would stand in the command log */
  visitor?: string | null;
  quote?: QuotePayload | null;
  internal?: boolean;
}
/** Refusals: as Book. */
export interface HoldAnswer {
  hold: Hold;
  slot: Slot;
}
export interface ReleaseHold extends Command {
  lockToken: string;
}

export interface Book extends Command {
  appointmentId: string;
  customerId: string;
  services: ServiceWish[];
  branchId: string | null;
  staffId: string | null;
  preferredStaffId?: string | null;
  startsAt: Instant;
  partySize?: number;
  source: AppointmentSource;
  callId?: string | null;
  notes?: string | null;
  internalNotes?: string | null;
  quote?: QuotePayload | null;
  lockToken?: string | null;
  /** send a confirmation (default true) */
  notify?: boolean;
  /** Cal.com push wanted (the company has one): syncStatus starts as pending */
  sync?: boolean;
  internal?: boolean;
  /** permission `backdate_appointments`: a past start is allowed */
  backdate?: boolean;
  /** most bookings of one customer per hour (5); null: not counted (house, import) */
  customerHourlyLimit?: number | null;
  /** true: NOT_FOUND {entity: customer} when the object does not know the id (then look in D1, registerCustomers, repeat); else it is registered */
  requireKnownCustomer?: boolean;
  /** phone: NOT_FOUND {entity: customer} unless this call's level opens that customer */
  requireOpenedByCall?: boolean;
  /** phone: whose bookings are counted, instead of the customer's */
  caller?: CallerRef | null;
}
/**
 * Refusals: NOT_FOUND (unknown or inactive service, staff, branch; unknown `hold`; `customer`, see
 * requireKnownCustomer), VALIDATION_ERROR (past start …), TENANT_SUSPENDED, APPOINTMENT_CONFLICT, QUOTE_STALE, HOLD_EXPIRED, RATE_LIMITED.
 */
export interface BookAnswer {
  appointment: Appointment;
  /** the person's name and branch's for the confirmation sentence */
  staffName: string;
  branchName: string;
  timeZone: string;
  serviceNames: Names[];
  confirmationQueued: boolean;
}

export interface Reschedule extends Command {
  appointmentId: string;
  modificationId: string;
  newStartsAt: Instant;
  /** undefined: the same person if possible, else who is free; null: anybody; id: exactly them */
  staffId?: string | null;
  branchId?: string | null;
  expectedVersion?: number | null;
  reason?: string | null;
  quote?: QuotePayload | null;
  lockToken?: string | null;
  callId?: string | null;
  confirm?: boolean;
  notify?: boolean;
  internal?: boolean;
  backdate?: boolean;
}
/** Refusals: as Book, NOT_FOUND, VERSION_CONFLICT, ILLEGAL_TRANSITION, POLICY_CONFIRMATION_REQUIRED, POLICY_VIOLATION. */
export interface RescheduleAnswer {
  appointment: Appointment;
  oldStartsAt: Instant;
  newStartsAt: Instant;
  policyCheck: PolicyCheck;
  staffName: string;
  timeZone: string;
}

export interface Cancel extends Command {
  appointmentId: string;
  modificationId: string;
  expectedVersion?: number | null;
  reason?: string | null;
  confirm?: boolean;
  notify?: boolean;
}
export interface CancelAnswer {
  appointment: Appointment;
  policyCheck: PolicyCheck;
  policyViolation: boolean;
  cancellationFeeCents: number;
  refundEligible: boolean;
}

/**
 * Takes a cancellation or a move back: the same appointment, at its old start and with its old people. Between branches nothing is taken
 * back (a modification does not say where from). Neither notice nor horizon are asked: the place was theirs.
 */
export interface PutBack extends Command {
  appointmentId: string;
  modificationId: string;
  /** the modification to take back: the appointment's newest, of type `cancel` or `reschedule` */
  undoes: string;
}
/** Refusals: NOT_FOUND, ILLEGAL_TRANSITION (something newer happened, or the old start is past), APPOINTMENT_CONFLICT (taken meanwhile). */
export interface PutBackAnswer {
  appointment: Appointment;
}

export interface SetStatus extends Command {
  appointmentId: string;
  modificationId: string;
  action: StatusAction;
  expectedVersion?: number | null;
}

export interface LinkExternal extends Command {
  appointmentId: string;
  calcomUid: string | null;
  syncStatus: SyncStatus;
  /** version that was pushed; an older answer never turns a newer `pending` into `synced` */
  pushedVersion: number;
}

/**
 * What Cal.com says happened. `externalUpdatedAt` orders duplicates and disorder: what is older than the last applied change of the uid
 * chain is ignored. `appointmentId` (our id from the booking's metadata) or a known uid means our own push: nobody is notified.
 */
export interface ApplyExternal extends Command {
  type: 'created' | 'rescheduled' | 'cancelled';
  uid: string;
  /** rescheduled: the uid before */
  previousUid?: string | null;
  /** our appointment id in the booking's metadata */
  metadataAppointmentId?: string | null;
  /** id for the appointment, should one be made: derive it from what all events of one booking share (metadata id, else iCalUID) */
  appointmentId: string;
  modificationId: string;
  conflictId: string;
  startsAt: Instant;
  endsAt: Instant;
  staffId: string | null;
  serviceId: string | null;
  branchId: string | null;
  customerId: string | null;
  externalUpdatedAt: Instant;
}
export interface ApplyExternalAnswer {
  outcome: 'created' | 'linked' | 'moved' | 'cancelled' | 'conflict' | 'unchanged' | 'ignored_older';
  appointment: Appointment | null;
  conflict: ExternalConflict | null;
}

export interface PutExternalBusy extends Command {
  staffId: string;
  /** name of the calendar it comes from; a put replaces all its rows in the range */
  calendar: string;
  from: Instant;
  until: Instant;
  busy: { startsAt: Instant; endsAt: Instant }[];
}

export interface ImportAppointment {
  id: string;
  companyId: string;
  branchId: string;
  customerId: string;
  serviceId: string;
  staffId: string;
  startsAt: Instant;
  /** absent: from the service */
  endsAt?: Instant;
  status: AppointmentStatus;
  source: AppointmentSource;
  priceCents?: number;
  currency?: string;
  callId?: string | null;
  notes?: string | null;
  createdAt?: Instant;
  calcomUid?: string | null;
  resources?: ResourceUse[];
}
export interface ImportAppointments extends Command {
  appointments: ImportAppointment[];
}
/** An active appointment that does not fit (taken) is skipped and named; hours are not checked. Nobody is notified, nothing is pushed. */
export interface ImportAnswer {
  imported: number;
  skipped: { id: string; because: 'exists' | 'taken' | 'unknown_service' | 'unknown_staff' | 'unknown_branch' }[];
}

// ---------------------------------------------------------------- callers and conversations

/** Who is on the line, weakest first (docs/callers.md). */
export const CALLER_LEVELS = ['unknown', 'named', 'line', 'proven'] as const;
export type CallerLevel = (typeof CALLER_LEVELS)[number];

/** Who is counted on the phone. */
export interface CallerRef {
  /** keyed hash of the network's number; null: withheld, or a line of the shop's own */
  line: string | null;
  /** RATE_LIMIT_SCALE */
  scale: number;
}

/** What a call has shown of who calls. */
export interface CallIdentity {
  /** as it was judged last */
  level: CallerLevel;
  /** customers on the network's number; null: not looked up yet */
  lineCustomerIds: string[] | null;
  /** the lead this call made of an unknown network number */
  leadId: string | null;
  /** customers this call made when it booked */
  madeIds: string[];
  /** customers without a name who were there before and got one in this call: that name proves nothing here */
  renamedIds: string[];
  /** `appointmentIds` null: all of theirs */
  proven: { customerId: string; appointmentIds: string[] | null }[];
  /** keyed hashes of wrong names and numbers offered as proof */
  wrong: string[];
  /** days and hours that were tried as proof */
  moments: string[];
  /** the living code; whom it proves is known a moment after it was sent */
  code: { hash: string; customerId: string | null; expiresAt: Instant; triesLeft: number } | null;
  codesSent: number;
  /** name and number as the caller told them, for the booking that comes later in the call; forgotten at its end */
  said: { name: string | null; e164: string | null; extension: string } | null;
}

/** What one function learned; `null` in `said` forgets. */
export interface IdentityChange {
  level?: CallerLevel;
  lineCustomerIds?: string[];
  leadId?: string;
  madeId?: string;
  renamedId?: string;
  proven?: CallIdentity['proven'][number];
  wrong?: string;
  moment?: string;
  codeSent?: { hash: string; customerId: string | null; expiresAt: Instant };
  codeFor?: { hash: string; customerId: string };
  codeTried?: string;
  said?: CallIdentity['said'];
}

/** The code that was said: right, wrong (with the tries that are left), or none to compare with. */
export interface CodeTried {
  matched: boolean;
  triesLeft: number;
  /** whom it proves; null: right, but nobody has that number */
  customerId: string | null;
}

/** Something that is counted over days: `id` counts once, whatever is retried. */
export interface CountCaller {
  now: Instant;
  id: string;
  counts: { name: string; limit: number; windowMs: number }[];
}
export interface CountedCaller {
  allowed: boolean;
  /** the first exhausted count */
  exceeded: string | null;
}

/** What a call has said so far; ids and wall clock only, raw words stay with the call. */
export interface ConversationWish {
  serviceIds?: string[];
  staffId?: string | null;
  branchId?: string | null;
  date?: WallDate | null;
  time?: WallTime | null;
  fromDate?: WallDate | null;
  toDate?: WallDate | null;
  fromTime?: WallTime | null;
  toTime?: WallTime | null;
  durationMinutes?: number | null;
}
export interface Conversation {
  callId: string;
  /** true on the first touch of this call */
  firstSeen: boolean;
  customerId: string | null;
  branchId: string | null;
  language: string | null;
  wish: ConversationWish;
  hold: Hold | null;
  /** slots this call wanted and lost to somebody else; counted by the object itself on APPOINTMENT_CONFLICT of hold and book */
  lostSlots: number;
  /** appointments this call made */
  appointmentIds: string[];
  identity: CallIdentity;
  /** version of the master data now: settings of a company must hold from the moment they are saved */
  scheduleVersion: number;
  /** answers `codeTried` */
  tried?: CodeTried | null;
  expiresAt: Instant;
}
/** Reads and, where `merge` says something new, updates. Not idempotency-keyed: merging twice is merging once. */
export interface TouchConversation {
  now: Instant;
  callId: string;
  merge?: {
    customerId?: string | null;
    branchId?: string | null;
    language?: string | null;
    wish?: ConversationWish;
    identity?: IdentityChange;
  };
  /** true: forget the wish before merging ("noch einen Termin") */
  resetWish?: boolean;
  rate?: RateAsk[];
}

// ---------------------------------------------------------------- reads

export interface DayQuery {
  now: Instant;
  branchId: string | null;
  date: WallDate;
  /** only this person's column */
  staffId?: string | null;
}
export interface DayAnswer {
  branch: { id: string; name: string; companyId: string; timeZone: string };
  date: WallDate;
  dayStartsAt: Instant;
  dayEndsAt: Instant;
  opens: WallTime | null;
  closes: WallTime | null;
  /** name of the public holiday, if it is one */
  holiday: Names | null;
  staff: {
    id: string;
    name: string;
    colour: string | null;
    working: Period[];
    absences: (Period & { reason: ExceptionBody['kind'] | 'external' })[];
  }[];
  /** cancelled ones included */
  appointments: (Appointment & AppointmentTexts)[];
  holds: { lockToken: string; staffId: string; startsAt: Instant; endsAt: Instant; expiresAt: Instant }[];
  services: { id: string; name: Names; colour: string | null }[];
}

export interface AppointmentDetail extends AppointmentRecords {
  appointment: Appointment;
  texts: AppointmentTexts;
  staffName: string;
  branchName: string;
  timeZone: string;
  serviceNames: Names[];
  neutralNames: (Names | null)[];
  allowed: StatusAction[];
}
export interface CustomerAppointments {
  stats: CustomerStats;
  /** by start, ascending; ≤ 50 */
  upcoming: AppointmentDetail[];
  /** most recent first; ≤ 20 */
  past: AppointmentDetail[];
}
/** Opening hours by the engine's own rules over a snapshot; made in the client, memoised per version and isolate. */
export interface OpenHours {
  version: number;
  snapshot: ScheduleSnapshot;
  /** minutes of the branch's clock, half open; empty = closed or unknown branch */
  openOn(branchId: string, date: WallDate): { from: number; to: number }[];
  holidayOn(branchId: string, date: WallDate): Names | null;
}
/** Something that is no fact of the calendar but concerns who looks at it: a call began or changed. */
export interface Announcement {
  event: string;
  id?: string;
  data?: Record<string, unknown>;
}

/** Current rows as the projection writes them (snake_case columns), for a rebuild. */
export interface DumpPage {
  tables: { table: string; rows: (Record<string, string | number | null> & { epoch: number; seq: number })[] }[];
  next: string | null;
}

// ---------------------------------------------------------------- the port

/** The only door to a tenant's time. Infrastructure errors are retried by the client with the same key; refusals are values. */
export interface CalendarPort {
  putSchedule(command: PutSchedule): Promise<CalendarAnswer<PutScheduleAnswer>>;
  putScheduleMany(command: PutScheduleMany): Promise<CalendarAnswer<{ put: number; scheduleVersion: number }>>;
  removeScheduleItem(
    command: RemoveScheduleItem,
  ): Promise<CalendarAnswer<{ scheduleVersion: number; stranded: number }>>;
  /** maxAgeMs > 0: an isolate's copy that young may answer without asking the object (name resolution); decisions never use it */
  schedule(options?: { maxAgeMs?: number }): Promise<CalendarAnswer<ScheduleSnapshot>>;

  /** the same copy with hours worked out, so that spoken times need no second question */
  openHours(options?: { maxAgeMs?: number }): Promise<CalendarAnswer<OpenHours>>;

  checkAvailability(query: AvailabilityQuery): Promise<CalendarAnswer<AvailabilityAnswer>>;
  hold(command: PlaceHold): Promise<CalendarAnswer<HoldAnswer>>;
  releaseHold(command: ReleaseHold): Promise<CalendarAnswer<{ released: boolean }>>;
  book(command: Book): Promise<CalendarAnswer<BookAnswer>>;
  reschedule(command: Reschedule): Promise<CalendarAnswer<RescheduleAnswer>>;
  cancel(command: Cancel): Promise<CalendarAnswer<CancelAnswer>>;
  putBack(command: PutBack): Promise<CalendarAnswer<PutBackAnswer>>;
  setStatus(command: SetStatus): Promise<CalendarAnswer<{ appointment: Appointment }>>;

  linkExternal(command: LinkExternal): Promise<CalendarAnswer<{ appointment: Appointment }>>;
  applyExternal(command: ApplyExternal): Promise<CalendarAnswer<ApplyExternalAnswer>>;
  putExternalBusy(command: PutExternalBusy): Promise<CalendarAnswer<{ intervals: number }>>;
  conflicts(query: { status: 'open' | 'resolved' }): Promise<CalendarAnswer<ExternalConflict[]>>;

  /** ≤ 500 ids; registering twice is registering once */
  registerCustomers(command: { customerIds: string[]; now: Instant }): Promise<CalendarAnswer<{ registered: number }>>;
  knowsCustomer(customerId: string): Promise<CalendarAnswer<boolean>>;
  conversation(command: TouchConversation): Promise<CalendarAnswer<Conversation>>;
  /** counts over days (SMS, codes, tries); all of the counts or none */
  countCaller(command: CountCaller): Promise<CalendarAnswer<CountedCaller>>;
  /** what a reschedule would do now; writes nothing */
  previewReschedule(command: Reschedule): Promise<CalendarAnswer<RescheduleAnswer>>;

  day(query: DayQuery): Promise<CalendarAnswer<DayAnswer>>;
  appointmentsOf(query: { customerId: string; now: Instant }): Promise<CalendarAnswer<CustomerAppointments>>;
  appointment(appointmentId: string): Promise<CalendarAnswer<AppointmentDetail>>;
  /** empties the texts of a customer's appointments (erasure), a bounded step at a time: go on from `next` under a new key until it is null */
  eraseTexts(command: {
    key: string;
    now: Instant;
    actor: ActorRef;
    customerId: string;
    after?: string | null;
  }): Promise<CalendarAnswer<{ erased: number; next: string | null }>>;

  importAppointments(command: ImportAppointments): Promise<CalendarAnswer<ImportAnswer>>;
  /** present rows, a page at a time */
  dump(cursor: string | null, limit: number): Promise<DumpPage>;
  /** asks the object to drain its outbox now, at most `ms`; answers the projection's position (read your writes) */
  flush(ms: number): Promise<Head>;
  /** to everybody who has the live stream open now; kept nowhere */
  announce(announcement: Announcement): Promise<void>;
  /** live changes: a WebSocket of the object, for the edge to turn into SSE; backlog after a position, `reset` when it is too far back */
  stream(after: StreamPosition | null): Promise<Response>;
}

export type { Alternative, UnavailableReason };
