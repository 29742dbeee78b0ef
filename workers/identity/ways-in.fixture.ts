/** What the tests of accounts share: requests as a browser or a key makes them, people of a tenant, mails that were caused, codes of an app. */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { processNow, realNow } from '../../shared/clock.ts';
import type { Role } from '../../shared/permissions.ts';
import { newAuthenticator } from '../../tests/contract/authenticator.ts';
import { env, freshAddress, PASSWORD, PLATFORM, type SeededTenant, unique } from '../../tests/contract/tenants.ts';
import { app } from '../app.ts';
import { platformOf } from '../env.ts';
import { readEffect } from '../events/effects.ts';
import { accountMail, recipientOf } from '../notifications/account-messages.ts';
import type { NotificationRow } from '../storage/queries/notifications.ts';
import { effects } from '../storage/tables/delivery.ts';
import { auditLog } from '../storage/tables/identity.ts';
import { openTenant, type TenantScope } from '../tenancy/scope.ts';
import { createUser } from './accounts.ts';
import { codeOfStep, fromBase32, stepOf } from './rules/totp.ts';

export const platform = platformOf(env);
export const scopeOf = (tenant: SeededTenant): TenantScope =>
  openTenant(platform, tenant.tenantId, { kind: 'system', cause: 'demo' }, { requestId: 'req_test' });

interface Asked {
  origin?: string;
  cookie?: string | undefined;
  key?: string;
  from?: string;
  headers?: Record<string, string>;
}

/** One request through the assembled app. `cookie`: what the browser holds afterwards. */
export async function ask(method: string, path: string, body?: unknown, options: Asked = {}) {
  const context = createExecutionContext();
  const origin = options.origin ?? PLATFORM;
  const answer = await app.fetch(
    new Request(`${origin}${path}`, {
      method,
      headers: {
        'CF-Connecting-IP': options.from ?? freshAddress(),
        Origin: origin,
        'User-Agent': 'test',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(options.cookie === undefined ? {} : { Cookie: options.cookie }),
        ...(options.key === undefined ? {} : { Authorization: `Bearer ${options.key}` }),
        ...options.headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
    { ...env, RATE_LIMIT_SCALE: '1000' },
    context,
  );
  const text = await answer.text();
  // biome-ignore lint/suspicious/noExplicitAny: bodies are asserted field by field
  const said = (text === '' ? null : JSON.parse(text)) as any;
  await waitOnExecutionContext(context);
  const jar = new Map((options.cookie ?? '').split('; ').map((pair) => [pair.split('=')[0] ?? '', pair]));
  for (const line of answer.headers.getSetCookie()) {
    const [pair = '', ...rules] = line.split('; ');
    const name = pair.split('=')[0] ?? '';
    if (rules.includes('Max-Age=0')) jar.delete(name);
    else jar.set(name, pair);
  }
  jar.delete('');
  return {
    status: answer.status,
    body: said,
    cookie: [...jar.values()].join('; '),
    lines: answer.headers.getSetCookie(),
  };
}

export const post = (path: string, body: unknown, options: Asked = {}) =>
  ask('POST', `/api/auth/${path}`, body, options);
export const get = (path: string, options: Asked = {}) => ask('GET', path, undefined, options);
export const signIn = (tenant: SeededTenant, options: Asked = {}) =>
  post('sign-in/email', { email: tenant.email, password: PASSWORD }, options);
export const signInAs = (email: string, password = PASSWORD) => post('sign-in/email', { email, password });
/** The cookie of a new session; throws with the status where there is none. */
export async function sessionOf(email: string): Promise<string> {
  const answer = await signInAs(email);
  if (answer.status !== 200) throw new Error(`sign-in: ${answer.status}`);
  return answer.cookie;
}
/** One request by whoever that is: a session's cookie, an API key, or nobody. */
export const askAs = (by: string, method: string, path: string, body?: unknown) =>
  ask(method, path, body, by === '' ? {} : by.startsWith('ask_') ? { key: by } : { cookie: by });
export const me = async (cookie: string): Promise<number> => (await get('/api/me', { cookie })).status;

/** Somebody else of the tenant. */
export async function colleagueOf(tenant: SeededTenant, role: Role = 'staff'): Promise<SeededTenant> {
  const email = `${unique(role)}@mail.test`;
  const input = { tenantId: tenant.tenantId, email, name: 'Jo Kolle', role, language: 'de' } as const;
  const made = await createUser(platform, { ...input, password: PASSWORD }, processNow());
  if (!made.ok) throw new Error(made.error.code);
  return { ...tenant, email, userId: made.value.userId };
}

/** What an app shows: the code of a step `drift` away from the present one. */
export const codeOf = (secret: string, drift = 0): string =>
  codeOfStep(fromBase32(secret) ?? new Uint8Array(), stepOf(realNow()) + drift);

/** Switches the second factor on for the owner; its present code is used up, so that tests go on with the next one. */
export async function guarded(tenant: SeededTenant) {
  const { cookie } = await signIn(tenant);
  const begun = await post('second-factor', {}, { cookie });
  const secret = begun.body.data.secret as string;
  const confirmed = await post('second-factor/confirm', { code: codeOf(secret) }, { cookie });
  if (confirmed.status !== 200) throw new Error(JSON.stringify(confirmed.body));
  return { cookie, secret, codes: confirmed.body.data.recovery_codes as string[] };
}

/** Lets the app's present code count again, as half a minute later. */
export const halfAMinuteLater = (tenant: SeededTenant): Promise<unknown> =>
  env.DB.prepare('UPDATE second_factors SET last_step = 0 WHERE tenant_id = ?').bind(tenant.tenantId).run();

/** The mails about accounts that were caused, newest last: what a mailbox would show. */
export async function mails(
  tenant: SeededTenant,
): Promise<{ event: string; to: string; secret: string; text: string }[]> {
  const scope = scopeOf(tenant);
  // The queue must not compose them once more meanwhile: that would make another secret.
  await env.DB.prepare("UPDATE effects SET state = 'done' WHERE tenant_id = ?").bind(tenant.tenantId).run();
  const found = [];
  const rows = await scope.db.rows(effects, { limit: 100 });
  for (const row of rows.sort((a, b) => a.createdAt - b.createdAt)) {
    const read = readEffect('notify', row.ref);
    if (row.kind !== 'notify' || !read.ok || !('userId' in read.ref)) continue;
    const to = await recipientOf(scope, read.ref);
    if (to === null) continue;
    const stored = { id: 'ntf_1', recipient: to.email, language: 'de', expiresAt: to.expiresAt } as NotificationRow;
    const text = (await accountMail(scope, read.ref, stored))?.text ?? '';
    found.push({ event: read.ref.event, to: to.email, secret: /#([\w-]{43})/.exec(text)?.[1] ?? '', text });
  }
  return found;
}

/** Why a refusal was made. */
export const reasonsOf = (answer: { body: { error?: { details?: { reasons?: string[] } } } }) =>
  answer.body.error?.details?.reasons;

export const audited = async (tenant: SeededTenant): Promise<string[]> =>
  (await scopeOf(tenant).db.rows(auditLog, { limit: 100 })).map((row) => row.description);

type Answering = Partial<Parameters<Awaited<ReturnType<typeof newAuthenticator>>['get']>[0]>;

/** What a browser is asked to sign. */
export const challengeOf = (answer: Awaited<ReturnType<typeof post>>): string => answer.body.data.options.challenge;

/** A passkey of a new device, made in a session. */
export async function made(cookie: string, over: Answering = {}, options: Asked = {}) {
  const origin = options.origin ?? PLATFORM;
  const device = await newAuthenticator();
  const challenge = challengeOf(await post('passkeys/options', {}, { cookie, ...options }));
  const credential = await device.create({ origin, challenge, ...over });
  const answer = await post('passkeys', { name: 'Telefon', credential }, { cookie, ...options });
  return { device, answer, id: answer.body.data?.id as string };
}
type Device = Awaited<ReturnType<typeof made>>['device'];
/** A sign-in by the device that has one. */
export async function signInWith(device: Device, over: Answering = {}, options: Asked = {}) {
  const origin = options.origin ?? PLATFORM;
  const challenge = challengeOf(await post('passkey/options', {}, options));
  return post('passkey/sign-in', { credential: await device.get({ origin, challenge, ...over }) }, options);
}
