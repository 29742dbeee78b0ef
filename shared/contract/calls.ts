/** Calls with transcript and receipt, and call back requests. Read by workers/telephony/, the admin (types) and tests. */
import { z } from 'zod';
import { APPOINTMENT_STATUSES } from '../appointment-status.ts';
import {
  CALL_DIRECTIONS,
  CALL_STATUSES,
  CALLBACK_KINDS,
  CALLBACK_STATUSES,
  CHARGE_STATES,
  SENTIMENTS,
  SPEAKERS,
} from '../call-status.ts';
import { idParam, idOut, instantOut, instantText, itemOf, page } from './parts.ts';
import { resourceListOf, resourceQuery } from './resource-list.ts';

/** 1e-6 of the currency unit. */
const micros = z.int();

// ---------------------------------------------------------------- calls

export const callView = z.object({
  id: idOut('call'),
  test: z.boolean().meta({ description: 'the owner tried the agent: nothing was charged or sent' }),
  status: z.enum(CALL_STATUSES),
  direction: z.enum(CALL_DIRECTIONS),
  started_at: instantOut(),
  ended_at: instantOut().nullable(),
  duration_seconds: z.number().nullable(),
  /** the full number is on the customer */
  from_masked: z.string().nullable(),
  customer: z.object({ id: idOut('customer'), name: z.string().nullable() }).nullable(),
  branch: z.object({ id: idOut('branch'), name: z.string() }).nullable(),
  summary: z.string().nullable(),
  sentiment: z.enum(SENTIMENTS).nullable(),
  successful: z.boolean().nullable(),
  appointment_id: idOut('appointment').nullable(),
  charged_cents: z.int().nullable(),
  currency: z.string(),
});
export type CallListItem = z.infer<typeof callView>;

/** Newest first. */
export const callListQuery = page().extend({
  status: z.enum(CALL_STATUSES).optional(),
  sentiment: z.enum(SENTIMENTS).optional(),
  with_appointment: z.enum(['true', 'false']).optional(),
  customer_id: idParam('customer').optional(),
  /** somebody was promised a call back, and has not got it */
  callback: z.enum(['open']).optional(),
  /** instants and no days: whose days they are is for the reader's clock to say */
  started_from: instantText().optional(),
  started_before: instantText().optional(),
});
export const callListResponse = resourceListOf(callView);
export type CallListResponse = z.infer<typeof callListResponse>;

const receiptLine = z.object({
  /** `voice_minute` | `included_minutes` | `base_fee` | `rounding` …; web apps translate it, unknown codes show `label` */
  code: z.string(),
  label: z.string().nullish(),
  /** decimal number as text: "2.5" */
  quantity: z.string(),
  unit: z.string(),
  unit_price_micros: micros,
  amount_micros: micros,
  entry_id: z.string().min(1).max(128).nullable(),
});

/** The lines' `amount_micros` sum to `price_micros`; `charged_cents` is what the ledger has posted for this call. */
export const callReceipt = z.object({
  currency: z.string(),
  state: z.enum(CHARGE_STATES),
  /** name of the price rule applied, such as `per_minute`, `combined` */
  rule: z.string().nullable(),
  lines: z.array(receiptLine),
  price_micros: micros,
  charged_cents: z.int(),
  held_cents: z.int(),
  entry_ids: z.array(z.string().min(1).max(128)),
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
export type CallReceipt = z.infer<typeof callReceipt>;

export const transcriptTurn = z.object({
  role: z.enum(SPEAKERS),
  text: z.string(),
  /** seconds from the start of the call; null when the provider gave none */
  at: z.number().nullable(),
});

export const callDetailView = callView.extend({
  transcript: z.array(transcriptTurn),
  receipt: callReceipt.nullable(),
  appointment: z
    .object({
      id: idOut('appointment'),
      service: z.object({ id: idOut('service'), name: z.string() }).nullable(),
      staff: z.object({ id: idOut('staff'), name: z.string() }).nullable(),
      branch_id: idOut('branch').nullable(),
      date: z.string(),
      starts_at: instantOut(),
      ends_at: instantOut(),
      status: z.enum(APPOINTMENT_STATUSES),
    })
    .nullable(),
  disconnection_reason: z.string().nullable(),
  agent_id: z.string().nullable(),
  time_zone: z.string(),
});
export type CallDetail = z.infer<typeof callDetailView>;
export const callResponse = itemOf(callDetailView);
export type CallResponse = z.infer<typeof callResponse>;

// ---------------------------------------------------------------- call back requests

export const callbackView = z.object({
  id: idOut('callback_request'),
  kind: z.enum(CALLBACK_KINDS),
  status: z.enum(CALLBACK_STATUSES),
  call_id: idOut('call').nullable(),
  customer: z.object({ id: idOut('customer'), name: z.string().nullable() }).nullable(),
  branch_id: idOut('branch').nullable(),
  phone: z.string().nullable(),
  name: z.string().nullable(),
  reason: z.string().nullable(),
  wish: z.record(z.string(), z.unknown()),
  /** who has taken it */
  assigned_to: idOut('user').nullable(),
  created_at: instantOut(),
  /** when it was done or given up */
  closed_at: instantOut().nullable(),
});
export type CallbackView = z.infer<typeof callbackView>;
/** Every state may follow every other: a request that was closed by mistake is opened again. */
export const callbackChange = z.object({
  status: z.enum(CALLBACK_STATUSES).optional(),
  /** whose it is now; left out: with `assigned` whoever says so */
  assigned_to: idParam('user').optional(),
});
export type CallbackChange = z.output<typeof callbackChange>;
export const callbackListQuery = resourceQuery(['created_at'])
  .omit({ deleted: true })
  .extend({ status: z.enum(CALLBACK_STATUSES).optional() });
