/**
 * What the verbs of the calendar take and answer. Beside the definitions and not in them, because rules read inputs and definitions read
 * rules. Refusals are listed at the definitions.
 */
import type { IdOrText } from '../../../shared/ids.ts';
import type { SlotPreference, StatusAction } from '../../../shared/appointment-status.ts';
import type { Instant } from '../../../shared/clock.ts';
import type { ConflictKind, ConflictReason, ConflictResolution } from '../../../shared/conflict-sets.ts';
import type { Names } from '../../../shared/contract/master-data.ts';
import type { UnavailableReason } from '../../../shared/errors.ts';
import type { WallDate, WallTime } from '../../../shared/time.ts';
import type { RateAsk } from '../bounds.ts';
import type { CallerRef } from '../call-state.ts';
import type { ScheduleInput, ScheduleItem } from '../master-data.ts';
import type { Hold, QuotePayload, Slot } from '../rows.ts';
import type {
  ActorRef,
  Appointment,
  AppointmentSource,
  AppointmentStatus,
  ExternalConflict,
  PolicyCheck,
  ResourceUse,
  ScheduleKind,
  SyncStatus,
} from '../../events/calendar.ts';

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

/** Kinds of master data of which a tenant may have so many. */
export const LIMITED_KINDS = ['branch', 'company', 'staff'] as const;
export type LimitedKind = (typeof LIMITED_KINDS)[number];

export interface PutSchedule extends Command, ScheduleInput {
  /** 0: must not exist yet; null: whatever is there (seed, import) */
  expectedVersion: number | null;
  /** true: NOT_FOUND instead of a new item */
  mustExist?: boolean;
  /** write although these future appointments no longer fit (they stay; answered in `stranded`): `Stranding.set` of the refusal */
  confirmSet?: string | null;
  /** so many of its kind there may be, where it is a new one; left out or null: any number */
  most?: number | null;
}
export interface PutScheduleAnswer {
  item: ScheduleItem;
  scheduleVersion: number;
  stranded: number;
}
export interface PutScheduleMany extends Command {
  items: ScheduleInput[];
  /** so many of a kind there may be, where new ones are among the items; left out or null: any number */
  most?: Partial<Record<LimitedKind, number | null>>;
}
export interface RemoveScheduleItem extends Command {
  kind: ScheduleKind;
  id: string;
  expectedVersion: number | null;
  /** as in `PutSchedule` */
  confirmSet?: string | null;
}
/** `item`: as it was removed. */
export interface RemoveScheduleItemAnswer {
  item: ScheduleItem;
  scheduleVersion: number;
  stranded: number;
}

export interface RequestedService {
  serviceId: IdOrText<'srv'>;
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
  services: RequestedService[];
  /** null: the only branch of the named staff, else the company's main branch */
  branchId: IdOrText<'bra'> | null;
  /** exactly this person; null: anybody */
  staffId: IdOrText<'stf'> | null;
  preferredStaffId?: IdOrText<'stf'> | null;
  window: SlotWindow;
  /** an exact time: `available` then refers to it alone (not bound to the slot step) */
  at?: { startsAt: Instant } | { date: WallDate; time: WallTime };
  /** people: in one slot of a group service, else in visits of their own (`Slot.party`) */
  partySize?: number;
  /**
   * least_fragmentation: by how little broken time a slot leaves; same_staff: slots of `preferredStaffId` first; the others by start.
   * even_load (default) and earliest differ in who gets a start that several could take: least booked minutes in the range, or the
   * service's own order.
   */
  preference?: SlotPreference;
  limit?: number;
  /** the caller's own hold does not stand in the way */
  callId?: string | null;
  lockToken?: IdOrText<'hld'> | null;
  /** true: for staff — minimum notice, max days ahead and onlineBookable do not count; past starts never */
  internal?: boolean;
  /** true: a start off the slot step counts as not free (phone, portal, public, keys without `force_appointments`) */
  offeredOnly?: boolean;
  rate?: RateAsk[];
}

export interface AvailabilityAnswer {
  branchId: IdOrText<'bra'>;
  companyId: IdOrText<'com'>;
  timeZone: string;
  scheduleVersion: number;
  /** the request is free, or without one: there is at least one slot in the window */
  available: boolean;
  reason: 'free' | UnavailableReason;
  /** beside `outside_notice`: on which side of what may be booked; else null */
  outside: 'past' | 'too_soon' | 'too_far' | null;
  /** beside `does_not_fit`: when the time that is there ends; else null */
  until: WallTime | null;
  /** the free slot at the exact request */
  slot: Slot | null;
  /** free slots in the window, in the asked order */
  slots: Slot[];
  /** when the request is not free: nearest on the same day */
  before: Slot | null;
  after: Slot | null;
  /** next free ones after the asked time, spread over days (≤ 3); also beyond the window */
  next: Slot[];
}

export interface PlaceHold extends Command {
  lockToken: IdOrText<'hld'>;
  services: RequestedService[];
  branchId: IdOrText<'bra'> | null;
  staffId: IdOrText<'stf'> | null;
  preferredStaffId?: IdOrText<'stf'> | null;
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
  /** as in AvailabilityQuery */
  offeredOnly?: boolean;
  /** true: a party that can't be served at the same time is taken one after the other; a quote says it itself */
  inTurn?: boolean;
}
export interface HoldAnswer {
  hold: Hold;
  slot: Slot;
}
export interface ReleaseHold extends Command {
  lockToken: IdOrText<'hld'>;
}

export interface Book extends Command {
  appointmentId: IdOrText<'apt'>;
  /** ids for the appointments of a party's other people, as many as may be needed */
  partyIds?: IdOrText<'apt'>[];
  customerId: IdOrText<'cus'>;
  services: RequestedService[];
  branchId: IdOrText<'bra'> | null;
  staffId: IdOrText<'stf'> | null;
  preferredStaffId?: IdOrText<'stf'> | null;
  startsAt: Instant;
  partySize?: number;
  source: AppointmentSource;
  callId?: string | null;
  notes?: string | null;
  internalNotes?: string | null;
  quote?: QuotePayload | null;
  lockToken?: IdOrText<'hld'> | null;
  /** send a confirmation (default true) */
  notify?: boolean;
  /** Cal.com push wanted (the company has one): syncStatus starts as pending */
  sync?: boolean;
  internal?: boolean;
  /** as in PlaceHold */
  offeredOnly?: boolean;
  inTurn?: boolean;
  /** permission `backdate_appointments`: a past start is allowed, and an appointment that has ended may be moved */
  backdate?: boolean;
  /** most bookings of one customer per hour (5); null: not counted (staff, import) */
  customerHourlyLimit?: number | null;
  /** true: NOT_FOUND {entity: customer} when the object does not know the id (then look in D1, registerCustomers, repeat); else it is registered */
  requireKnownCustomer?: boolean;
  /** phone: NOT_FOUND {entity: customer} unless this call's level opens that customer */
  requireOpenedByCall?: boolean;
  /** phone: whose bookings are counted, instead of the customer's */
  caller?: CallerRef | null;
}
export interface BookAnswer {
  appointment: Appointment;
  /** the appointments of a party's other people, in order; empty for everybody else */
  party: { appointment: Appointment; staffName: string }[];
  /** the person's name and branch's for the confirmation sentence */
  staffName: string;
  branchName: string;
  timeZone: string;
  serviceNames: Names[];
  confirmationQueued: boolean;
}

export interface Reschedule extends Command {
  appointmentId: IdOrText<'apt'>;
  modificationId: IdOrText<'mod'>;
  newStartsAt: Instant;
  /** undefined: the people it has, else a refusal that offers; null: anybody; id: exactly them */
  staffId?: IdOrText<'stf'> | null;
  branchId?: IdOrText<'bra'> | null;
  /** another length of a single service that is not composite; undefined: the one it has */
  durationMinutes?: number;
  expectedVersion?: number | null;
  reason?: string | null;
  quote?: QuotePayload | null;
  lockToken?: IdOrText<'hld'> | null;
  callId?: string | null;
  confirm?: boolean;
  notify?: boolean;
  internal?: boolean;
  backdate?: boolean;
  /** as in AvailabilityQuery */
  offeredOnly?: boolean;
}
export interface RescheduleAnswer {
  appointment: Appointment;
  oldStartsAt: Instant;
  newStartsAt: Instant;
  policyCheck: PolicyCheck;
  staffName: string;
  timeZone: string;
}

export interface Cancel extends Command {
  appointmentId: IdOrText<'apt'>;
  modificationId: IdOrText<'mod'>;
  expectedVersion?: number | null;
  reason?: string | null;
  confirm?: boolean;
  notify?: boolean;
  /** permission `backdate_appointments`: also one that has ended */
  backdate?: boolean;
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
  appointmentId: IdOrText<'apt'>;
  modificationId: IdOrText<'mod'>;
  /** the modification to take back: the appointment's newest, of type `cancel` or `reschedule` */
  undoes: IdOrText<'mod'>;
}
export interface PutBackAnswer {
  appointment: Appointment;
}

export interface SetStatus extends Command {
  appointmentId: IdOrText<'apt'>;
  modificationId: IdOrText<'mod'>;
  action: StatusAction;
  expectedVersion?: number | null;
}

export interface LinkExternal extends Command {
  appointmentId: IdOrText<'apt'>;
  calcomUid: string | null;
  syncStatus: SyncStatus;
  /** version that was pushed; an older answer never turns a newer `pending` into `synced` */
  pushedVersion: number;
  /** a booking that is about to be replaced, or was left (`syncStatus: 'none'`): whatever is still said of it must not reach the appointment */
  releases?: string | null;
}

/**
 * What Cal.com says happened. `externalUpdatedAt` orders duplicates and disorder: what is older than the last applied change of the uid
 * chain is ignored. `appointmentId` (our id from the booking's metadata) or a known uid means our own push: nobody is notified.
 */
export interface ApplyExternal extends Command {
  type: 'created' | 'rescheduled' | 'reassigned' | 'cancelled' | 'rejected' | 'no_show' | 'attended' | 'ended';
  /** its host has not accepted it yet */
  pending?: boolean;
  uid: string;
  /** rescheduled: the uid before */
  previousUid?: string | null;
  /** our appointment id in the booking's metadata */
  metadataAppointmentId?: IdOrText<'apt'> | null;
  /** id for the appointment, should one be made: derive it from what all events of one booking share (metadata id, else iCalUID) */
  appointmentId: IdOrText<'apt'>;
  modificationId: IdOrText<'mod'>;
  conflictId: IdOrText<'cnf'>;
  startsAt: Instant;
  endsAt: Instant;
  staffId: IdOrText<'stf'> | null;
  serviceId: IdOrText<'srv'> | null;
  /** null: it follows from service, person and time */
  branchId: IdOrText<'bra'> | null;
  customerId: IdOrText<'cus'> | null;
  /** what Cal.com calls service and person, for a conflict to keep */
  eventTypeId?: string | null;
  hostId?: string | null;
  externalUpdatedAt: Instant;
}
export interface ApplyExternalAnswer {
  outcome:
    | 'created'
    | 'linked'
    | 'moved'
    | 'status'
    | 'cancelled'
    | 'removed'
    | 'conflict'
    | 'unchanged'
    | 'ignored_older';
  /** as it is now; as it was, when nothing is left of it */
  appointment: Appointment | null;
  conflict: ExternalConflict | null;
}

/** A push that did not come through: what stands at Cal.com, as far as that is known. */
export interface ReportConflict extends Command {
  conflictId: IdOrText<'cnf'>;
  appointmentId: IdOrText<'apt'>;
  /** the version that was pushed: of an older one nothing is said */
  pushedVersion: number;
  kind: Extract<ConflictKind, 'host' | 'push'>;
  reason: ConflictReason;
  /** null: Cal.com has no booking of it */
  calcomUid: string | null;
  /** null: as here */
  startsAt: Instant | null;
  endsAt: Instant | null;
  eventTypeId: string | null;
  hostId: string | null;
}

/** A cancellation that a conflict asked for did not come through at Cal.com: the conflict is open again. */
export interface ReopenConflict extends Command {
  conflictId: IdOrText<'cnf'>;
  reason: Extract<ConflictReason, 'refused' | 'gave_up'>;
}

export interface ResolveConflict extends Command {
  conflictId: IdOrText<'cnf'>;
  modificationId: IdOrText<'mod'>;
  resolution: ConflictResolution;
}
export interface ConflictAnswer {
  conflict: ExternalConflict;
  /** ours, as it is now */
  appointment: Appointment | null;
}

export interface PutExternalBusy extends Command {
  staffId: IdOrText<'stf'>;
  /** name of the calendar it comes from; a put replaces all its rows in the range */
  calendar: string;
  from: Instant;
  until: Instant;
  busy: { startsAt: Instant; endsAt: Instant }[];
}

/** Times of an import, some hundred at once: they count once `replaceBusySource` has put them in the place of those before. */
export interface PutBusyTimes extends Command {
  importId: IdOrText<'imp'>;
  staffId: IdOrText<'stf'>;
  /** the same part again replaces itself */
  part: number;
  /** minutes since 1970, half open */
  times: [from: number, to: number][];
  /** of each, where titles are kept; null: none is */
  titles: (string | null)[] | null;
}

/** What an imported calendar says replaces what it said before. */
export interface ReplaceBusySource extends Command {
  /** follows from person and name, so that the same calendar is the same source */
  sourceId: IdOrText<'bsy'>;
  staffId: IdOrText<'stf'>;
  name: string;
  importId: IdOrText<'imp'>;
  /** so many were put before */
  times: number;
  /** appointments that somebody agreed to leave in those times; null: none */
  confirmSet?: string | null;
}
export interface ReplacedBusySource {
  times: number;
  /** future appointments that lie in them and did not before */
  stranded: number;
}
export interface RemoveBusySource extends Command {
  sourceId: IdOrText<'bsy'>;
  staffId: IdOrText<'stf'>;
}

/** An imported calendar of a person. */
export interface BusySource {
  id: string;
  staffId: string;
  importId: string;
  /** null: a restore did not bring it back */
  name: string | null;
  times: number;
  /** the end of its last time; null: it has none */
  untilAt: Instant | null;
  importedAt: Instant;
}
/** What importing times would meet. */
export interface BusyQuestion {
  staffId: IdOrText<'stf'>;
  sourceId: IdOrText<'bsy'>;
  times: [from: number, to: number][];
  now: Instant;
}

export interface ImportAppointment {
  id: string;
  companyId: IdOrText<'com'>;
  branchId: IdOrText<'bra'>;
  customerId: IdOrText<'cus'>;
  serviceId: IdOrText<'srv'>;
  staffId: IdOrText<'stf'>;
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
