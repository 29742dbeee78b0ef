/**
 * The catalogue of effects: kind → what its row says. An effect is work outside that an event, a call or another effect causes; its row
 * holds ids and numbers, never names, numbers of people or texts. Caused through `EffectSpec`, handled through `workers/handlers.ts`.
 */
import { z } from 'zod';
import { APPOINTMENT_SOURCES } from '../../shared/appointment-status.ts';
import { TENANT_STATUSES } from '../../shared/tenant-status.ts';
import { URGENCIES } from './ledger.ts';

const id = z.string().min(1);
const instant = z.number();

/** Notices about an appointment, by what is told. */
const APPOINTMENT_NOTICES = ['appointment.confirmed', 'appointment.rescheduled', 'appointment.cancelled'] as const;
export type AppointmentNotice = (typeof APPOINTMENT_NOTICES)[number];
/** Notices about money that came, or did not. */
const TOPUP_NOTICES = ['balance.topup_succeeded', 'balance.topup_failed'] as const;

/** Mails that carry a link to an account; its secret is made when the mail is composed. */
const ACCOUNT_LINK_NOTICES = [
  'account.invited',
  'account.reset',
  'account.email_change',
  'account.magic_link',
  'account.factor_reset',
  'account.factor_stop',
] as const;
/** Mails that tell somebody what was done with their account. */
const ACCOUNT_NOTICES = [
  'account.password_changed',
  'account.email_asked',
  'account.exists',
  'account.second_factor_on',
  'account.second_factor_off',
  'account.second_factor_taken',
  'account.recovery_codes_renewed',
  'account.recovery_code_used',
  'account.code_reused',
  'account.passkey_added',
  'account.passkey_removed',
  'account.factor_reset_done',
] as const;
/** A change of what guards an account. */
export type AccountChange = (typeof ACCOUNT_NOTICES)[number];

/** Mails about a request for absence. */
export const ABSENCE_NOTICES = ['absence.asked', 'absence.decided'] as const;

const notice = z.discriminatedUnion('event', [
  /** `version` and `startsAt` as they were when it was caused: a later change makes the notice stale */
  z.object({
    event: z.enum(APPOINTMENT_NOTICES),
    appointmentId: id,
    customerId: id,
    version: z.number(),
    startsAt: instant,
  }),
  /** somebody is reminded of an appointment; `startsAt` as with the others */
  z.object({ event: z.literal('appointment.reminder'), appointmentId: id, customerId: id, startsAt: instant }),
  /** what somebody of the team wrote: its text lies in the notification's row and nowhere else */
  z.object({ event: z.literal('customer.message'), customerId: id }),
  z.object({
    event: z.literal('balance.low'),
    percent: z.number(),
    urgency: z.enum(URGENCIES),
    crossing: z.number(),
    balanceCents: z.number(),
    currency: z.string(),
  }),
  z.object({ event: z.enum(TOPUP_NOTICES), topupId: id, amountCents: z.number(), currency: z.string() }),
  /** the code of a call; `line` is the keyed hash of the number, `number` counts the codes of this call */
  z.object({
    event: z.literal('caller.code'),
    callId: id,
    number: z.number(),
    customerId: id,
    line: z.string(),
    expiresAt: instant,
  }),
  z.object({ event: z.enum(ACCOUNT_LINK_NOTICES), userId: id, linkId: id }),
  z.object({ event: z.enum(ACCOUNT_NOTICES), userId: id, at: instant }),
  /** a sign-in on a device that the account did not know */
  z.object({ event: z.literal('account.signed_in'), userId: id, sessionId: id, at: instant }),
  /** somebody of the operator looks at the account as one of its people; `userId`: the owner who is told */
  z.object({ event: z.literal('account.support_began'), userId: id, supportId: id, at: instant }),
  /** somebody asked for an account; the secret of the link is made when the mail is composed */
  z.object({ event: z.literal('signup.link'), signupId: id }),
  /** the state of the tenant is another one; why stands in its row */
  z.object({ event: z.literal('tenant.status'), status: z.enum(TENANT_STATUSES), at: instant }),
  z.object({ event: z.literal('tenant.trial_ends'), days: z.number(), endsAt: instant }),
  /** somebody asks for an absence (`userId`: who decides), or learns what was decided (`userId`: who asked) */
  z.object({ event: z.enum(ABSENCE_NOTICES), userId: id, requestId: id, at: instant }),
  /** nobody has rung back in time; `userId`: who is told */
  z.object({ event: z.literal('callback.overdue'), userId: id, requestId: id, at: instant }),
  /** a key ends soon; `userId`: who made it */
  z.object({ event: z.literal('api_key.expiring'), userId: id, keyId: id, expiresAt: instant }),
  /** alarms that opened and ended since the operator was written to last; by their ids */
  z.object({
    event: z.literal('operations.alarms'),
    userId: id,
    at: instant,
    opened: z.array(id),
    ended: z.array(id),
  }),
]);
/** What is told, and the ids it is about. Also what a notification's row keeps in `data`. */
export type Notice = z.infer<typeof notice>;
export type NoticeName = Notice['event'];
/** What is told somebody who signs in about their account or key. */
export type AccountNotice = Extract<Notice, { userId: string }>;
/** What owners are told of the account itself. */
export type TenantNotice = Extract<Notice, { event: `tenant.${string}` }>;
export type BalanceNotice = Exclude<
  NoticeName,
  | AppointmentNotice
  | 'appointment.reminder'
  | 'customer.message'
  | 'caller.code'
  | 'signup.link'
  | TenantNotice['event']
  | AccountNotice['event']
>;

const EFFECTS = {
  /** people are told: one notification per recipient and channel */
  notify: notice,
  /** one notification goes out */
  'notify.send': z.object({ notificationId: id }),
  /** an appointment's state is made Cal.com's */
  'calcom.push': z.object({ appointmentId: id, version: z.number() }),
  /** a booking at Cal.com for which there is no place here is cancelled there */
  'calcom.cancel': z.object({ conflictId: id }),
  /** bookings that an appointment of an erased customer was let go of are cancelled at Cal.com; the appointment stays */
  'calcom.leave': z.object({ appointmentId: id, uids: z.array(id) }),
  /** whose event types are these: after a service was saved */
  'calcom.routes': z.object({}),
  /** the call that booked learns of its appointment */
  'call.link': z.object({ callId: id, appointmentId: id, customerId: id }),
  /** Retell forgets a call whose caller was erased */
  'retell.delete_call': z.object({ callId: id }),
  /** the recording of a call that may be kept is copied to us */
  'recording.copy': z.object({ callId: id }),
  /** an appointment was confirmed or cancelled: its fee; `at`: when. Rows of the time before say only which appointment was booked, and when */
  'usage.appointment': z.object({
    appointmentId: id,
    at: instant,
    version: z.number().default(1),
    change: z.enum(['confirmed', 'cancelled_in_time', 'cancelled_late']).default('confirmed'),
    source: z.enum(APPOINTMENT_SOURCES).default('phone_ai'),
    companyId: id.exactOptional(),
    branchId: id.exactOptional(),
  }),
} as const;

export type EffectKind = keyof typeof EFFECTS;
/** What the row of each kind says. */
export type Effects = { [K in EffectKind]: z.infer<(typeof EFFECTS)[K]> };

export type EffectQueue = 'high' | 'medium' | 'low';

/** An effect to be caused; `id` is stable across restores, so that it happens once. */
export type EffectSpec<K extends EffectKind = EffectKind> = {
  [P in K]: {
    /** `${event.id}:${name}` */
    id: string;
    queue: EffectQueue;
    kind: P;
    ref: Effects[P];
    /** epoch ms before which it must not run; default: at once */
    notBefore?: number;
  };
}[K];

export const isEffectKind = (kind: string): kind is EffectKind => Object.hasOwn(EFFECTS, kind);

/** Reads the stored JSON of an effect's row; `problem` says which member is not what the kind says. */
export function readEffect<K extends EffectKind>(
  kind: K,
  stored: string,
): { ok: true; ref: Effects[K] } | { ok: false; problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(stored);
  } catch {
    return { ok: false, problem: 'no JSON' };
  }
  const read = EFFECTS[kind].safeParse(value);
  if (read.success) return { ok: true, ref: read.data as Effects[K] };
  return { ok: false, problem: read.error.issues.map((issue) => issue.path.join('.') || issue.message).join(', ') };
}
