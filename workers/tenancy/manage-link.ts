/** Signed links to one appointment for its customer: calendar file and (later) manage page. Made for messages and answers, opened by routes. */
import { configOf, type Env } from '../env.ts';
import { asInstant, realNow } from '../../shared/clock.ts';

/** A link works until this long after the appointment. */
const AFTER_MS = 30 * 86_400_000;
const AUDIENCE = 'appointment';

const keyOf = (env: Env): Uint8Array => new TextEncoder().encode(configOf(env).AUTH_SECRET);

async function manageToken(env: Env, tenantId: string, appointmentId: string, endsAt: number): Promise<string> {
  const { SignJWT } = await import('jose');
  return new SignJWT({ t: tenantId, a: appointmentId })
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience(AUDIENCE)
    .setExpirationTime(Math.floor((endsAt + AFTER_MS) / 1000))
    .sign(keyOf(env));
}

export async function manageLink(env: Env, tenantId: string, appointmentId: string, endsAt: number): Promise<string> {
  const base = configOf(env).PUBLIC_URL ?? 'http://localhost:8787';
  return `${base}/cal/${await manageToken(env, tenantId, appointmentId, endsAt)}.ics`;
}

/** Null for anything that is not a living link of ours. */
export async function openManageToken(
  env: Env,
  token: string,
): Promise<{ tenantId: string; appointmentId: string } | null> {
  if (token.length > 1_000) return null;
  try {
    const { jwtVerify } = await import('jose');
    const { payload } = await jwtVerify(token, keyOf(env), {
      audience: AUDIENCE,
      algorithms: ['HS256'],
      currentDate: new Date(asInstant(realNow())),
    });
    return typeof payload['t'] === 'string' && typeof payload['a'] === 'string'
      ? { tenantId: payload['t'], appointmentId: payload['a'] }
      : null;
  } catch {
    return null;
  }
}
