/** What every command asks that sets a password: is it taken. Called before the password is hashed, outside its turn. */
import type { DomainError } from '../../shared/errors.ts';
import { lazy } from '../../shared/lazy.ts';
import { LEAKED, MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '../../shared/password-length.ts';
import { type Err, err } from '../../shared/result.ts';
import type { Platform } from '../env.ts';
import { isLeaked } from '../tenancy/leaked-passwords.ts';

const rules = lazy(() => import('../../shared/passwords.ts'));

const refusal = (why: string): Err<DomainError> => err({ code: 'VALIDATION_ERROR', errors: { password: [why] } });

/**
 * Why a new password is refused (VALIDATION_ERROR, `password`); null: it is taken. Where the operator's settings allow it, the list of broken
 * passwords is asked, without telling it the password; one that does not answer refuses nothing and leaves a line in the log.
 * @param own e-mail address and name of the account
 */
export async function passwordRefusal(
  platform: Platform,
  password: string,
  own: readonly string[],
): Promise<Err<DomainError> | null> {
  if (password.length < MIN_PASSWORD_LENGTH || password.length > MAX_PASSWORD_LENGTH)
    return refusal(`at least ${MIN_PASSWORD_LENGTH} characters`);
  const { passwordFault } = await rules();
  if (passwordFault(password, own) !== null) return refusal('too easy to guess');
  return (await isLeaked(platform, password)) ? refusal(LEAKED) : null;
}
