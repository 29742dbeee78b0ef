/** Every verb of the ledger by its name: what the object runs and replays, what the port is typed from, and tests run over the same store. */
import type { InputOf } from '../../object-runtime/command.ts';
import { adjust } from './adjust.ts';
import { captureReservation } from './capture-reservation.ts';
import { chargeUsage } from './charge-usage.ts';
import { chargeUsageBatch } from './charge-usage-batch.ts';
import { closePeriod } from './close-period.ts';
import { holdForCall } from './hold-for-call.ts';
import { linkTopup } from './link-topup.ts';
import { openTopup } from './open-topup.ts';
import { putTerms } from './put-terms.ts';
import { receiveTransfer } from './receive-transfer.ts';
import { recordTopup } from './record-topup.ts';
import { releaseHold } from './release-hold.ts';
import { releaseReservation } from './release-reservation.ts';
import { reserveAmount } from './reserve-amount.ts';
import { returnTransfer } from './return-transfer.ts';
import { reverseTopup } from './reverse-topup.ts';
import { sendTransfer } from './send-transfer.ts';
import { settleAppointment } from './settle-appointment.ts';
import { settleCall } from './settle-call.ts';
import { settleTransfer } from './settle-transfer.ts';
import { topupFailed } from './topup-failed.ts';
import { topupProcessing } from './topup-processing.ts';

export const LEDGER_COMMANDS = {
  putTerms,
  openTopup,
  linkTopup,
  recordTopup,
  topupProcessing,
  topupFailed,
  reverseTopup,
  holdForCall,
  settleCall,
  settleAppointment,
  releaseHold,
  chargeUsage,
  chargeUsageBatch,
  adjust,
  closePeriod,
  sendTransfer,
  receiveTransfer,
  settleTransfer,
  returnTransfer,
  reserveAmount,
  captureReservation,
  releaseReservation,
} as const;

export type LedgerVerb = keyof typeof LEDGER_COMMANDS;
export type CommandOf<K extends LedgerVerb> = InputOf<(typeof LEDGER_COMMANDS)[K]>;
/** What a verb answers. */
export type AnswerOf<K extends LedgerVerb> = ReturnType<(typeof LEDGER_COMMANDS)[K]['answer']>;
