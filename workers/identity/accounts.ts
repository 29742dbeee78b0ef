/** Makes users: demo data, provisioning, invitations. There is no sign-up over HTTP. */
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '../../shared/password-length.ts';
import type { Instant } from '../../shared/clock.ts';
import type { Language } from '../../shared/i18n/language.ts';
import { newId, type TenantId } from '../../shared/ids.ts';
import type { Role } from '../../shared/permissions.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Platform } from '../env.ts';
import { insertUser } from '../storage/identity/users.ts';
import { hashPassword } from './password.ts';

interface CreateUser {
  tenantId: TenantId;
  email: string;
  name: string;
  role: Role;
  password: string;
  language: Language;
  /** made by the caller where a repeat must find the same user (demo data); repeating does nothing */
  id?: string;
}

/** Refuses VALIDATION_ERROR when the password is too short or long, or the e-mail is taken in the tenant's realm. */
export async function createUser(
  platform: Platform,
  input: CreateUser,
  now: Instant,
): Promise<Result<{ userId: string }>> {
  if (input.password.length < MIN_PASSWORD_LENGTH || input.password.length > MAX_PASSWORD_LENGTH) {
    return err({ code: 'VALIDATION_ERROR', errors: { password: [`${MIN_PASSWORD_LENGTH}–${MAX_PASSWORD_LENGTH}`] } });
  }
  const id = input.id ?? newId('user', now);
  const made = await insertUser(
    platform,
    {
      id,
      accountId: newId('account', now),
      realm: input.tenantId,
      tenantId: input.tenantId,
      email: input.email,
      name: input.name,
      role: input.role,
      language: input.language,
      passwordHash: await hashPassword(platform, input.tenantId, input.password),
    },
    now,
  );
  return made !== 'taken' ? ok({ userId: id }) : err({ code: 'VALIDATION_ERROR', errors: { email: ['taken'] } });
}
