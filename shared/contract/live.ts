/**
 * What the two live streams say. `GET /api/v1/live`: what changed among appointments and calls, the client re-fetches what the ids
 * name. `GET /customer/balance/stream`: balance, transactions, top-ups, usage. `id:` is `epoch.sequence`, a client resumes with
 * Last-Event-ID; `reset` means re-fetch everything, `heartbeat` every 15 s keeps the connection alive. Read by ledger/live.ts, the web
 * apps (types) and tests.
 */
import { z } from 'zod';
import { TOPUP_STATUSES } from '../money-status.ts';
import { transcriptTurn } from './calls.ts';
import { balanceView, topupView, transactionView } from './money.ts';
import { cents, idOut, wallDate } from './parts.ts';

/** `event: appointment` and `event: call`. */
export const changeMessage = z.object({
  ids: z.array(z.string()),
  /** the calendar's own name of what happened (`appointment.booked`); web apps read the days instead */
  type: z.string().optional(),
  /** branch days touched, when known: old and new day of a move */
  days: z.array(z.object({ branch_id: idOut('branch'), date: wallDate() })).optional(),
});
export type ChangeMessage = z.infer<typeof changeMessage>;

/** Latest lines that one message carries: a page that opens in the middle of a call has them with the next one. */
export const MAX_LIVE_LINES = 40;

/** `event: call.line`: what was said last in a running call; the lines before `from` stay as they were. Only to who may read transcripts. */
export const callLinesMessage = z.object({
  ids: z.array(z.string()),
  branch_id: idOut('branch').nullable(),
  /** place of the first line in the conversation */
  from: z.int(),
  lines: z.array(transcriptTurn),
});
export type CallLines = z.infer<typeof callLinesMessage>;

/** `event: balance`. */
export const balanceMessage = balanceView.omit({ days_left: true, as_of: true });
export type BalanceMessage = z.infer<typeof balanceMessage>;

/** `event: transaction`. */
export const transactionMessage = transactionView.pick({
  id: true,
  type: true,
  amount_cents: true,
  balance_after_cents: true,
  sequence: true,
  created_at: true,
});
export type TransactionMessage = z.infer<typeof transactionMessage>;

/** `event: topup`. */
export const topupMessage = topupView
  .pick({ id: true, amount_cents: true, vat_cents: true, total_cents: true, bonus_cents: true, currency: true })
  .extend({ status: z.enum(TOPUP_STATUSES) });
export type TopupMessage = z.infer<typeof topupMessage>;

/** `event: usage`: what a price line of the month stands at. */
export const usageMessage = z.object({
  /** `YYYY-MM` in the tenant's zone */
  period: z.string(),
  event_type: z.string(),
  quantity: z.number(),
  count: z.int(),
  posted_cents: cents(),
});
export type UsageMessage = z.infer<typeof usageMessage>;
