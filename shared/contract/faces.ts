/**
 * The contract of the web faces: request and answer schemas of every endpoint that admin and portal call. The Worker's routes
 * build their answers to it, the faces import its types only (no zod in the browser), the outside tests parse real answers by it.
 */
import { z } from 'zod';

// ---------------------------------------------------------------- words

/** Instant in UTC, ISO 8601 with `Z`. */
const instant = z.string();
/** `YYYY-MM-DD`, a day of the branch's calendar. */
const wallDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
/** `HH:MM` on the branch's clock; `24:00` only as an end. */
const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/);
/** Minor units of the currency named beside it. */
const cents = z.int();
/** 1e-6 of the currency unit. */
const micros = z.int();
const id = z.string().min(1).max(128);

export const APPOINTMENT_STATUSES = [
  'pending',
  'confirmed',
  'in_progress',
  'completed',
  'cancelled',
  'no_show',
] as const;
export const appointmentStatusSchema = z.enum(APPOINTMENT_STATUSES);
export type AppointmentStatus = z.infer<typeof appointmentStatusSchema>;

export const APPOINTMENT_SOURCES = ['phone_ai', 'admin', 'portal', 'public', 'api', 'calcom', 'import'] as const;
export const appointmentSourceSchema = z.enum(APPOINTMENT_SOURCES);
export type AppointmentSource = z.infer<typeof appointmentSourceSchema>;

/** `none`: the tenant has no Cal.com; `failed`: parked, a person must look. */
export const SYNC_STATUSES = ['none', 'pending', 'synced', 'failed'] as const;
export const syncStatusSchema = z.enum(SYNC_STATUSES);
export type SyncStatus = z.infer<typeof syncStatusSchema>;

export const TRANSACTION_TYPES = [
  'topup',
  'bonus',
  'call_cost',
  'usage',
  'appointment_fee',
  'subscription',
  'refund',
  'adjustment',
  'transfer',
  'commission',
  'payout',
  'hold',
  'release',
  'rounding',
] as const;
export const transactionTypeSchema = z.enum(TRANSACTION_TYPES);
export type TransactionType = z.infer<typeof transactionTypeSchema>;

export const TOPUP_STATUSES = ['pending', 'processing', 'completed', 'failed', 'refunded', 'disputed'] as const;
export const topupStatusSchema = z.enum(TOPUP_STATUSES);
export type TopupStatus = z.infer<typeof topupStatusSchema>;

export const CALL_STATUSES = ['ongoing', 'ended', 'analyzed'] as const;
export const callStatusSchema = z.enum(CALL_STATUSES);
export type CallStatus = z.infer<typeof callStatusSchema>;

export const SENTIMENTS = ['positive', 'neutral', 'negative', 'unknown'] as const;
export const sentimentSchema = z.enum(SENTIMENTS);
export type Sentiment = z.infer<typeof sentimentSchema>;

// ---------------------------------------------------------------- envelopes

/** What every refusal looks like; the message is translated by `Accept-Language` and is safe to show. */
export const problemSchema = z.object({
  success: z.literal(false),
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z.record(z.string(), z.unknown()).optional(),
    errors: z.record(z.string(), z.array(z.string())).optional(),
    retry_after: z.number().optional(),
    request_id: z.string(),
  }),
});
export type Problem = z.infer<typeof problemSchema>;

export const listMetaSchema = z.object({ next_cursor: z.string().nullable(), has_more: z.boolean() });
export type ListMeta = z.infer<typeof listMetaSchema>;

const item = <T extends z.ZodType>(data: T) =>
  z.object({
    success: z.literal(true),
    data,
    /** `ledger:1.42,calendar:1.7` as of this answer; also sent as header X-Askpro-Head */
    head: z.string().nullish(),
    /** true when the projection was still behind X-Askpro-Min after the wait */
    stale: z.boolean().optional(),
  });
const list = <T extends z.ZodType>(row: T) =>
  z.object({ success: z.literal(true), data: z.array(row), meta: listMetaSchema, stale: z.boolean().optional() });

// ---------------------------------------------------------------- sign-in and who am I

/** POST /api/auth/sign-in/email — sets the session cookie. 401 UNAUTHENTICATED, 429 RATE_LIMITED with retry_after (lock-out). */
export const signInRequestSchema = z.object({ email: z.email().max(254), password: z.string().min(1).max(256) });
export type SignInRequest = z.infer<typeof signInRequestSchema>;

/** GET /api/me */
export const meSchema = item(
  z.object({
    user: z.object({ id, name: z.string(), email: z.string(), language: z.string() }),
    tenant: z.object({
      id,
      slug: z.string(),
      name: z.string(),
      type: z.enum(['platform', 'reseller', 'business']),
      currency: z.string().length(3),
      time_zone: z.string(),
    }),
    role: z.string(),
    permissions: z.array(z.string()),
    branches: z.array(z.object({ id, name: z.string(), time_zone: z.string() })),
    brand: z.object({
      product_name: z.string(),
      /** `#rrggbb`; absent: the product's own. `fill`/`on_fill` for buttons, `text` safe on the page background */
      colors: z
        .object({ fill: z.string(), on_fill: z.string(), text: z.string(), text_dark: z.string().optional() })
        .nullish(),
    }),
  }),
);
export type Me = z.infer<typeof meSchema>['data'];

// ---------------------------------------------------------------- the calendar's day

export const wallPeriodSchema = z.object({ from: wallTime, to: wallTime });
export type WallPeriod = z.infer<typeof wallPeriodSchema>;

export const appointmentSegmentSchema = z.object({
  starts_at: instant,
  ends_at: instant,
  /** passive: the chair stays taken, the person is free */
  kind: z.enum(['active', 'passive']),
  staff_id: id.nullish(),
  service_id: id.nullish(),
  name: z.string().nullish(),
});

export const calendarAppointmentSchema = z.object({
  id,
  staff_id: id,
  /** null for a person who has been erased */
  customer: z.object({ id, name: z.string().nullable(), phone_masked: z.string().nullish() }).nullable(),
  service: z.object({ id, name: z.string() }),
  starts_at: instant,
  ends_at: instant,
  status: appointmentStatusSchema,
  source: appointmentSourceSchema,
  version: z.int(),
  segments: z.array(appointmentSegmentSchema),
  sync_status: syncStatusSchema,
  price_cents: cents.nullish(),
  currency: z.string().nullish(),
  notes: z.string().nullish(),
  call_id: z.string().nullish(),
});
export type CalendarAppointment = z.infer<typeof calendarAppointmentSchema>;

export const calendarHoldSchema = z.object({
  id,
  staff_id: id,
  starts_at: instant,
  ends_at: instant,
  expires_at: instant,
});

/** GET /api/v1/calendar/day?branch_id=&date= — read from the calendar object itself; cancelled appointments are included. */
export const calendarDaySchema = item(
  z.object({
    branch: z.object({ id, name: z.string(), time_zone: z.string() }),
    date: wallDate,
    time_zone: z.string(),
    /** first opening and last closing of the branch that day; both null when closed */
    opens: wallTime.nullable(),
    closes: wallTime.nullable(),
    /** name of the public holiday on which the branch is closed */
    holiday: z.string().nullish(),
    staff: z.array(
      z.object({
        id,
        name: z.string(),
        working: z.array(wallPeriodSchema),
        absences: z.array(wallPeriodSchema.extend({ reason: z.string().nullish() })),
      }),
    ),
    appointments: z.array(calendarAppointmentSchema),
    holds: z.array(calendarHoldSchema),
  }),
);
export type CalendarDay = z.infer<typeof calendarDaySchema>['data'];

/** One free slot offered instead of a refused one (`details.alternatives` of APPOINTMENT_CONFLICT and QUOTE_STALE). */
export const alternativeSchema = z.object({
  date: wallDate,
  time: wallTime,
  starts_at: instant,
  ends_at: instant,
  staff_id: id,
  staff_name: z.string(),
  branch_id: id,
  quote: z.string().optional(),
});
export type OfferedSlot = z.infer<typeof alternativeSchema>;

/** POST /api/v2/availability/simple (the part of the answer that the move dialog reads). */
export const availabilitySimpleSchema = z.object({
  available: z.boolean(),
  slots: z.array(
    z.object({
      start: wallTime,
      end: wallTime,
      starts_at: instant,
      ends_at: instant,
      staff_id: id,
      branch_id: id,
      quote: z.string().optional(),
    }),
  ),
  reason: z.string().nullish(),
});
export type AvailabilitySimple = z.infer<typeof availabilitySimpleSchema>;

/** PATCH /api/v2/bookings/{id}/reschedule. 409 APPOINTMENT_CONFLICT | VERSION_CONFLICT | POLICY_CONFIRMATION_REQUIRED, 422 POLICY_VIOLATION. */
export const rescheduleRequestSchema = z.object({
  new_starts_at: instant,
  staff_id: id.optional(),
  expected_version: z.int().optional(),
  reason: z.string().max(500).optional(),
  confirm: z.boolean().optional(),
});
export type RescheduleRequest = z.infer<typeof rescheduleRequestSchema>;
export const rescheduleResponseSchema = z.object({
  success: z.literal(true),
  appointment_id: id,
  old_time: z.string(),
  new_time: z.string(),
  policy_check: z.string(),
  version: z.int().optional(),
});

/** DELETE /api/v2/bookings/{id}?reason=&notify_customer=&confirm=&expected_version= */
export const cancelResponseSchema = z.object({
  success: z.literal(true),
  refund_eligible: z.boolean(),
  policy_violation: z.boolean(),
  cancellation_fee: z.union([z.number(), z.string()]),
  cancellation_fee_cents: cents.optional(),
  version: z.int().optional(),
});

/** POST /api/v1/appointments/{id}/{confirm|complete|no-show} {expected_version?} → the appointment's new state. 409 ILLEGAL_TRANSITION. */
export const statusActionResponseSchema = item(z.object({ id, status: appointmentStatusSchema, version: z.int() }));
export type StatusAction = 'confirm' | 'complete' | 'no-show';

// ---------------------------------------------------------------- calls

export const callListItemSchema = z.object({
  id,
  status: callStatusSchema,
  direction: z.enum(['inbound', 'outbound']),
  started_at: instant,
  ended_at: instant.nullable(),
  duration_seconds: z.number().nullable(),
  /** masked; the full number is on the customer */
  from_masked: z.string().nullable(),
  customer: z.object({ id, name: z.string().nullable() }).nullable(),
  branch: z.object({ id, name: z.string() }).nullable(),
  summary: z.string().nullable(),
  sentiment: sentimentSchema.nullable(),
  successful: z.boolean().nullable(),
  appointment_id: id.nullable(),
  charged_cents: cents.nullable(),
  currency: z.string(),
});
export type CallListItem = z.infer<typeof callListItemSchema>;

/** GET /api/v1/calls?cursor=&limit=&status=&sentiment=&with_appointment= — newest first. */
export const callListSchema = list(callListItemSchema);

export const receiptLineSchema = z.object({
  /** `voice_minute` | `included_minutes` | `base_fee` | `rounding` …; the faces translate it, unknown codes show `label` */
  code: z.string(),
  label: z.string().nullish(),
  /** decimal number as text: "2.5" */
  quantity: z.string(),
  unit: z.string(),
  unit_price_micros: micros,
  amount_micros: micros,
  entry_id: id.nullable(),
});

/** The lines' `amount_micros` sum to `price_micros`; `charged_cents` is what the ledger has posted for this call. */
export const callReceiptSchema = z.object({
  currency: z.string(),
  state: z.enum(['none', 'held', 'captured', 'released']),
  /** name of the price rule applied, such as `per_minute`, `combined` */
  rule: z.string().nullable(),
  lines: z.array(receiptLineSchema),
  price_micros: micros,
  charged_cents: cents,
  held_cents: cents,
  entry_ids: z.array(id),
  /** only for roles that may see costs; amounts in micros of `currency` */
  provider_cost: z
    .object({
      currency: z.string(),
      total_micros: micros,
      lines: z.array(z.object({ product: z.string(), amount_micros: micros })),
      margin_micros: micros.nullish(),
    })
    .nullish(),
});
export type CallReceipt = z.infer<typeof callReceiptSchema>;

/** GET /api/v1/calls/{id} */
export const callDetailSchema = item(
  callListItemSchema.extend({
    transcript: z.array(
      z.object({
        role: z.enum(['agent', 'caller', 'system']),
        text: z.string(),
        /** seconds from the start of the call; null when the provider gave none */
        at: z.number().nullable(),
      }),
    ),
    receipt: callReceiptSchema.nullable(),
    appointment: z
      .object({
        id,
        service: z.object({ id, name: z.string() }).nullable(),
        staff: z.object({ id, name: z.string() }).nullable(),
        branch_id: id.nullable(),
        date: wallDate,
        starts_at: instant,
        ends_at: instant,
        status: appointmentStatusSchema,
      })
      .nullable(),
    disconnection_reason: z.string().nullish(),
    agent_id: z.string().nullish(),
    time_zone: z.string(),
  }),
);
export type CallDetail = z.infer<typeof callDetailSchema>['data'];

// ---------------------------------------------------------------- what changed, live

/**
 * GET /api/v1/live — SSE; the client re-fetches what the ids name. `id:` = `epoch.sequence`, resumes with Last-Event-ID;
 * events `appointment` and `call` carry this body, `reset` means re-fetch everything, `heartbeat` every 15 s keeps the light green.
 */
export const liveEventSchema = z.object({
  ids: z.array(id),
  /** branch days touched, when known: old and new day of a move */
  days: z.array(z.object({ branch_id: id, date: wallDate })).optional(),
});
export type LiveEvent = z.infer<typeof liveEventSchema>;

// ---------------------------------------------------------------- money

/** `event: balance` of GET /customer/balance/stream, and the heart of GET /customer/balance. */
export const balanceEventSchema = z.object({
  /** prepaid + bonus: what can be spent */
  balance_cents: cents,
  prepaid_cents: cents,
  bonus_cents: cents,
  held_cents: cents,
  currency: z.string().length(3),
  sequence: z.int(),
});
export type BalanceEvent = z.infer<typeof balanceEventSchema>;

/** GET /customer/balance */
export const balanceSchema = item(
  balanceEventSchema.extend({
    /** reach at the average spend of the last 30 days; null with too little history */
    days_left: z.int().nullish(),
    as_of: instant.nullish(),
  }),
);
export type Balance = z.infer<typeof balanceSchema>['data'];

/** `event: transaction` of the balance stream. */
export const transactionEventSchema = z.object({
  id,
  type: transactionTypeSchema,
  amount_cents: cents,
  balance_after_cents: cents,
  sequence: z.int(),
  created_at: instant,
});

/** One movement of the balance as listed. */
export const transactionSchema = transactionEventSchema.extend({
  balance_before_cents: cents,
  currency: z.string().length(3),
  /** when it happened; `created_at` is when it was booked. Lists show this one */
  occurred_at: instant.nullish(),
  description: z.string().nullish(),
  reference_type: z.string().nullish(),
  reference_id: z.string().nullish(),
});
export type Transaction = z.infer<typeof transactionSchema>;

/** GET /api/v2/transactions?cursor=&limit=&type=a,b&from=YYYY-MM-DD&to=YYYY-MM-DD — newest first; days in the tenant's zone, `to` inclusive. */
export const transactionListSchema = list(transactionSchema);

/** POST /api/v2/topups → 201. Stripe returns to /portal/billing/topup?topup={id} (cancelled: &canceled=1). */
export const topupRequestSchema = z.object({ amount_cents: z.int().positive(), method: z.literal('stripe') });
export const topupCreatedSchema = z.object({
  success: z.literal(true),
  topup_id: id,
  status: topupStatusSchema,
  bonus_cents: cents,
  checkout_url: z.string(),
});

/** GET /api/v2/topups/{id} — the real state: the webhook credits, not the redirect. */
export const topupSchema = item(
  z.object({
    id,
    status: topupStatusSchema,
    amount_cents: cents,
    bonus_cents: cents,
    vat_cents: cents,
    total_cents: cents,
    currency: z.string().length(3),
    created_at: instant,
    completed_at: instant.nullish(),
    failure_code: z.string().nullish(),
  }),
);
export type Topup = z.infer<typeof topupSchema>['data'];

export const bonusTierSchema = z.object({
  name: z.string(),
  from_cents: cents,
  kind: z.enum(['percent', 'fixed']),
  /** of the net amount, for `percent`; 500 = 5 % */
  basis_points: z.int().nullish(),
  /** for `fixed` */
  fixed_cents: cents.nullish(),
});
export type BonusTier = z.infer<typeof bonusTierSchema>;

/** GET /api/v2/bonus-tiers — everything the top-up form previews; tiers in ascending `from_cents`, active ones only. */
export const bonusTiersSchema = item(
  z.object({
    currency: z.string().length(3),
    vat: z.object({
      rate_basis_points: z.int(),
      /** net: VAT is added to the amount typed; gross: it is contained */
      basis: z.enum(['net', 'gross']),
      category: z.enum(['standard', 'reverse_charge', 'not_taxable']),
    }),
    tiers: z.array(bonusTierSchema),
    min_cents: cents,
    max_cents: cents,
  }),
);
export type TopupTerms = z.infer<typeof bonusTiersSchema>['data'];
