/** The operator's commands and reads as one part that loads with the first use: parts of their own would cut the start-up into pieces. Loaded by operator-routes.ts. */
export { rebuildObject } from './commands/rebuild-rows.ts';
export { repairLedger } from './commands/repair-ledger.ts';
export { restoreByHand } from './commands/restore-by-hand.ts';
export { dropParked, replayParked } from './commands/settle-parked.ts';
export { skipEvent } from './commands/skip-event.ts';
export { verifyObject } from './commands/verify-by-hand.ts';
export { objectStatus, parkedPage } from './queries/operator.ts';
