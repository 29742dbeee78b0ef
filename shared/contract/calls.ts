/** Calls with transcript and receipt, and call back requests. Read by workers/telephony/, the admin (types) and tests. */
import { z } from 'zod';
import { APPOINTMENT_STATUSES } from '../appointment-status.ts';
import {
  ATTEMPT_OUTCOMES,
  CALL_DIRECTIONS,
  CALL_STATUSES,
  CALLBACK_KINDS,
  CALLBACK_PRIORITIES,
  CALLBACK_STATUSES,
  CHARGE_STATES,
  SENTIMENTS,
  SPEAKERS,
} from '../call-status.ts';
import { TRANSACTION_TYPES } from '../money-status.ts';
import { RECORDING_REASONS, RECORDING_STATES } from '../recording-sets.ts';
import { freeText, idField, idOut, idParam, instantField, instantOut, instantText, itemOf } from './parts.ts';
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
  recording: z
    .object({
      state: z.enum(RECORDING_STATES),
      reason: z.enum(RECORDING_REASONS).nullable(),
      bytes: z.int().nullable(),
    })
    .nullable()
    .meta({ description: 'what became of its recording; null: there was none, or `view_recordings` is missing' }),
  reviewed_at: instantOut().nullable().meta({ description: 'when a person has looked at it; null: nobody has' }),
  deleted_at: instantOut().nullable(),
});
export type CallListItem = z.infer<typeof callView>;

/** Longest text that is searched for. */
const MAX_SEARCH = 120;

export const callListQuery = resourceQuery(['started_at']).extend({
  status: z.enum(CALL_STATUSES).optional(),
  sentiment: z.enum(SENTIMENTS).optional(),
  with_appointment: z.enum(['true', 'false']).optional(),
  customer_id: idParam('customer').optional(),
  reviewed: z.enum(['true', 'false']).optional(),
  /** somebody was promised a call back, and has not got it */
  callback: z.enum(['open']).optional(),
  /** instants and no days: whose days they are is for the reader's clock to say */
  started_from: instantText().optional(),
  started_before: instantText().optional(),
  q: z.string().trim().min(1).max(MAX_SEARCH).optional().meta({
    description:
      'a number in any spelling or its beginning, words of the customer’s name, or words of the summary (of the latest 900 calls that have one)',
  }),
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

/** The receipt down to the ledger: what each of its entries moved, and the month in which the call was counted. */
const callReceiptInLedger = z.object({
  call_id: idOut('call'),
  /** `YYYY-MM`; null: nothing was counted */
  period: z.string().nullable(),
  receipt: callReceipt,
  /** in the order of their numbers; none without `view_transactions` */
  entries: z.array(
    z.object({
      id: z.string().min(1).max(128),
      sequence: z.int(),
      type: z.enum(TRANSACTION_TYPES),
      amount_cents: z.int(),
      balance_after_cents: z.int(),
      price_line: z.string().nullable(),
      occurred_at: instantOut(),
    }),
  ),
});
export type CallReceiptInLedger = z.infer<typeof callReceiptInLedger>;
export const callReceiptResponse = itemOf(callReceiptInLedger);
export const callReceiptParams = z.object({ id: idParam('call') });

export const transcriptTurn = z.object({
  role: z.enum(SPEAKERS),
  text: z.string(),
  /** seconds from the start of the call; null when the provider gave none */
  at: z.number().nullable(),
});

/** What the agent did: a function request and what came of it. */
export const callStep = z.object({
  at: instantOut(),
  /** turns of the conversation that came before it; null: not known, its instant counts */
  after_turns: z.int().nullable(),
  function: z.string().meta({ description: 'path name, such as `book-appointment`' }),
  succeeded: z.boolean(),
  code: z.string().nullable().meta({ description: 'why it did not succeed' }),
  said: z
    .string()
    .nullable()
    .meta({ description: 'the sentence it was given to say; null without `view_transcripts`' }),
  appointment_id: idOut('appointment').nullable(),
});
export type CallStep = z.infer<typeof callStep>;

export const callDetailView = callView.extend({
  steps: z.array(callStep),
  topics: z.array(z.string()).meta({ description: 'what it was about, as the analysis has it' }),
  analysis: z
    .array(z.object({ name: z.string(), value: z.string() }))
    .meta({ description: 'what the analysis and the conversation collected besides' }),
  reviewed_by: z.object({ id: idOut('user'), name: z.string().nullable() }).nullable(),
  callbacks: z
    .array(z.object({ id: idOut('callback_request'), status: z.enum(CALLBACK_STATUSES) }))
    .meta({ description: 'promises to ring back that were made in it; empty without `view_callback_requests`' }),
  transcript: z.array(transcriptTurn),
  transcript_partial: z
    .boolean()
    .meta({ description: 'only what functions were told on the way: the end of the conversation is missing' }),
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
/** Which customer it belongs to, and whether somebody has looked at it. */
export const callChange = z.object({
  reviewed: z.boolean().optional(),
  customer_id: idField('customer').nullable().optional().meta({ description: 'null: of nobody we know' }),
});
export type CallChange = z.output<typeof callChange>;
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
  priority: z.enum(CALLBACK_PRIORITIES),
  due_at: instantOut().meta({ description: 'by when somebody should have rung' }),
  overdue: z.boolean().meta({ description: 'not closed, and its time has passed' }),
  escalated_at: instantOut().nullable().meta({ description: 'when managers were told that it is overdue' }),
  tries: z.int().meta({ description: 'how often somebody tried to reach them' }),
  last_tried_at: instantOut().nullable(),
  created_at: instantOut(),
  /** when it was done or given up */
  closed_at: instantOut().nullable(),
});
export type CallbackView = z.infer<typeof callbackView>;

/** One time somebody tried to reach the caller. */
export const callbackAttempt = z.object({
  id: idOut('callback_attempt'),
  at: instantOut(),
  by: z.object({ id: idOut('user'), name: z.string().nullable() }).nullable(),
  outcome: z.enum(ATTEMPT_OUTCOMES),
  note: z.string().nullable(),
});
export const callbackDetailView = callbackView.extend({
  attempts: z.array(callbackAttempt).meta({ description: 'the latest first, at most 50' }),
  assignee: z.object({ id: idOut('user'), name: z.string().nullable() }).nullable(),
});
export type CallbackDetail = z.infer<typeof callbackDetailView>;
export const callbackDetailResponse = itemOf(callbackDetailView);

const MAX_ATTEMPT_NOTE = 1_000;
/** `reached` closes the request as done unless `status` says otherwise; everything else leaves it as it is. */
export const callbackAttemptRequest = z.object({
  outcome: z.enum(ATTEMPT_OUTCOMES),
  note: freeText(MAX_ATTEMPT_NOTE).optional(),
  status: z.enum(CALLBACK_STATUSES).optional(),
});

/** Who may be given a call back. */
export const callbackAssigneesResponse = z.object({
  success: z.literal(true),
  data: z.array(z.object({ id: idOut('user'), name: z.string().nullable() })),
});
export type CallbackAssignees = z.infer<typeof callbackAssigneesResponse>;

/** Every state may follow every other: a request that was closed by mistake is opened again. */
export const callbackChange = z.object({
  status: z.enum(CALLBACK_STATUSES).optional(),
  /** whose it is now; left out: with `assigned` whoever says so */
  assigned_to: idParam('user').optional(),
  priority: z.enum(CALLBACK_PRIORITIES).optional(),
  /** a new time is a new promise: whether managers were told counts from it */
  due_at: instantField().optional(),
});
export type CallbackChange = z.output<typeof callbackChange>;
export const callbackListQuery = resourceQuery(['created_at', 'due_at'])
  .omit({ deleted: true })
  .extend({
    status: z.enum(CALLBACK_STATUSES).optional(),
    assigned_to: idParam('user').optional(),
    priority: z.enum(CALLBACK_PRIORITIES).optional(),
    overdue: z.enum(['true']).optional().meta({ description: 'not closed, and their time has passed' }),
  });
