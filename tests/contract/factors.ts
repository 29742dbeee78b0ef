/** Second factors and passkeys of the contract tests' owners, made past the routes: the app's secret is known here, so that whoever signs in afterwards can. */
import { realNow } from '../../shared/clock.ts';
import { newId } from '../../shared/ids.ts';
import { platformOf } from '../../workers/env.ts';
import { codeOfStep, fromBase32, stepOf } from '../../workers/identity/rules/totp.ts';
import { seal } from '../../workers/tenancy/seal.ts';
import { newAuthenticator } from './authenticator.ts';
import { env, type SeededTenant } from './tenants.ts';

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

type Person = Pick<SeededTenant, 'tenantId' | 'userId'>;

/** What an app shows now; no code counts as used. */
export async function presentCode({ tenantId, userId }: Person): Promise<string> {
  await env.DB.prepare('UPDATE second_factors SET last_step = 0 WHERE tenant_id = ? AND user_id = ?')
    .bind(tenantId, userId)
    .run();
  return codeOfStep(fromBase32(SECRET) ?? new Uint8Array(), stepOf(realNow()));
}

/** A second factor with the known secret, begun or on. */
export async function giveFactor({ tenantId, userId }: Person, isOn: boolean): Promise<string> {
  const sealed = await seal(platformOf(env), tenantId, SECRET);
  await env.DB.prepare(
    'INSERT OR REPLACE INTO second_factors (tenant_id, user_id, realm, sealed_secret, salt, confirmed_at, last_step, created_at) VALUES (?1, ?2, ?1, ?3, ?4, ?5, 0, 1)',
  )
    .bind(tenantId, userId, sealed, 'salt', isOn ? 1 : null)
    .run();
  return presentCode({ tenantId, userId });
}

/** None any more. */
export async function dropFactor({ tenantId, userId }: Person): Promise<void> {
  await env.DB.prepare('DELETE FROM second_factors WHERE tenant_id = ? AND user_id = ?').bind(tenantId, userId).run();
}

/** A passkey that nobody holds. */
export async function givePasskey({ tenantId, userId }: Person): Promise<string> {
  const id = newId('passkey', realNow());
  await env.DB.prepare(
    "INSERT INTO passkeys (tenant_id, id, realm, user_id, host, name, credential_id, public_key, counter, transports, is_synced, created_at) VALUES (?1, ?2, ?1, ?3, 'localhost', 'Telefon', ?2, 'AAAA', 0, '[]', 0, 1)",
  )
    .bind(tenantId, id, userId)
    .run();
  return id;
}

/** What a browser answers to options of the platform's host. */
export async function passkeyFor(challenge: string, origin: string) {
  return (await newAuthenticator()).create({ origin, challenge });
}

/** The way back of a person's is open: asked for, or (`isConfirmed`) waiting its day. */
export async function openReset({ tenantId, userId }: Person, isConfirmed: boolean): Promise<void> {
  const now = realNow();
  await env.DB.prepare('DELETE FROM factor_resets WHERE tenant_id = ? AND user_id = ?').bind(tenantId, userId).run();
  await env.DB.prepare(
    "INSERT INTO factor_resets (tenant_id, id, realm, user_id, asked_by, asked_by_name, asked_by_tenant, reason, asked_at, confirmed_at, due_at) VALUES (?1, ?2, ?1, ?3, 'usr_operator', 'Jo', 'platform', 'Telefon verloren', ?4, ?5, ?6)",
  )
    .bind(tenantId, newId('factor_reset', now), userId, now, isConfirmed ? now : null, now + 86_400_000)
    .run();
}
