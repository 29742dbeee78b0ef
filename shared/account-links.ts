/** Links to accounts: what they are for and how long they live. Read by tables, commands and messages. */
import { DAY, HOUR, MINUTE } from './time.ts';
import { FACTOR_RESET_WAIT_MS } from './ways-in.ts';

export const ACCOUNT_LINK_PURPOSES = ['invite', 'reset', 'email', 'magic', 'factor_reset', 'factor_stop'] as const;
export type AccountLinkPurpose = (typeof ACCOUNT_LINK_PURPOSES)[number];

/** How long a link of each purpose is good for, milliseconds. */
export const ACCOUNT_LINK_LIFE_MS: Readonly<Record<AccountLinkPurpose, number>> = {
  invite: 7 * DAY,
  reset: HOUR,
  email: HOUR,
  magic: 15 * MINUTE,
  factor_reset: DAY,
  // As long as there is something to stop.
  factor_stop: FACTOR_RESET_WAIT_MS,
};
