/** Links to accounts: what they are for and how long they live. Read by tables, commands and messages. */
import { DAY, HOUR } from './time.ts';

export const ACCOUNT_LINK_PURPOSES = ['invite', 'reset', 'email'] as const;
export type AccountLinkPurpose = (typeof ACCOUNT_LINK_PURPOSES)[number];

/** How long a link of each purpose is good for, milliseconds. */
export const ACCOUNT_LINK_LIFE_MS: Readonly<Record<AccountLinkPurpose, number>> = {
  invite: 7 * DAY,
  reset: HOUR,
  email: HOUR,
};
