/** What the commands about users share. */
import { err } from '../../shared/result.ts';

/** Users of one tenant: each is a row that its list and its limits have to read. */
export const MAX_USERS = 500;
/** A person has a handful. */
export const MAX_SESSIONS = 100;

/** What the rules about people refuse, by name: the panel has a sentence for each. */
export const forbidden = (
  reason:
    | 'own_account'
    | 'last_owner'
    | 'changed_meanwhile'
    | 'not_invited'
    | 'second_factor_on'
    | 'second_factor_off'
    | 'second_factor_known'
    | 'second_factor_demanded'
    | 'second_factor_unproven'
    | 'beyond_reach',
) => err({ code: 'POLICY_VIOLATION' as const, details: { reasons: [reason] } });
