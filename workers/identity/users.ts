/** What the commands about users and passwords share. */
import type { DomainError } from '../../shared/errors.ts';
import { MIN_PASSWORD_LENGTH } from '../../shared/password-length.ts';
import { type Err, err } from '../../shared/result.ts';
import { passwordFault } from './rules/passwords.ts';

/** Users of one tenant: each is a row that its list and its limits have to read. */
export const MAX_USERS = 500;
/** A person has a handful. */
export const MAX_SESSIONS = 100;

/** Why a new password is refused (VALIDATION_ERROR, `password`); null: it is taken. @param own e-mail address and name of the account */
export function passwordRefusal(password: string, own: readonly string[]): Err<DomainError> | null {
  const fault = passwordFault(password, own);
  if (fault === null) return null;
  const why = fault === 'length' ? `at least ${MIN_PASSWORD_LENGTH} characters` : 'too easy to guess';
  return err({ code: 'VALIDATION_ERROR', errors: { password: [why] } });
}

/** What the rules about people refuse, by name: the panel has a sentence for each. */
export const forbidden = (reason: 'own_account' | 'last_owner' | 'changed_meanwhile' | 'not_invited') =>
  err({ code: 'POLICY_VIOLATION' as const, details: { reasons: [reason] } });
