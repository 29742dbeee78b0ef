/** Passkeys over HTTP with an authenticator in software: made, bound to their host, used, counted, deleted. */
import { describe, expect, it } from 'vitest';
import { newAuthenticator } from '../../tests/contract/authenticator.ts';
import { env, PLATFORM, type SeededTenant, seedTenant } from '../../tests/contract/tenants.ts';
import {
  ask,
  audited,
  challengeOf,
  get,
  guarded,
  mails,
  made,
  me,
  post,
  signIn,
  signInWith,
} from './ways-in.fixture.ts';

async function signedIn(): Promise<{ tenant: SeededTenant; cookie: string }> {
  const tenant = await seedTenant();
  return { tenant, cookie: (await signIn(tenant)).cookie };
}

describe('a passkey', () => {
  it('is made, named, listed with its host, and told by mail', async () => {
    const { tenant, cookie } = await signedIn();
    const { answer, id } = await made(cookie);
    expect([answer.status, answer.body.data]).toMatchObject([
      201,
      { name: 'Telefon', host: 'localhost', here: true, last_used_at: null },
    ]);
    expect((await ask('PATCH', `/api/auth/passkeys/${id}`, { name: 'Mein Telefon' }, { cookie })).status).toBe(200);
    const elsewhere = await get('/api/auth/passkeys', { cookie, origin: tenant.origin });
    expect(elsewhere.body.data).toMatchObject([{ id, name: 'Mein Telefon', host: 'localhost', here: false }]);
    expect((await mails(tenant)).map(({ event }) => event)).toContain('account.passkey_added');
    expect(await audited(tenant)).toEqual(expect.arrayContaining(['passkey.created', 'passkey.renamed']));
  });

  it('signs in without password and without a second factor, because the device asked its owner', async () => {
    const tenant = await seedTenant();
    const { cookie } = await guarded(tenant);
    const { device } = await made(cookie);
    const inside = await signInWith(device);
    expect([inside.status, await me(inside.cookie)]).toEqual([200, 200]);
    expect((await get('/api/auth/passkeys', { cookie })).body.data[0].last_used_at).not.toBeNull();
    expect((await signInWith(device, { isVerified: false })).status).toBe(401);
    expect((await made(cookie, { isVerified: false })).answer.status).toBe(422);
    expect(await audited(tenant)).toContain('passkey.failed');
  });

  it('answers each challenge once, and only its own', async () => {
    const { cookie } = await signedIn();
    const { device } = await made(cookie);
    const challenge = challengeOf(await post('passkey/options', {}));
    const credential = await device.get({ origin: PLATFORM, challenge });
    expect((await post('passkey/sign-in', { credential })).status).toBe(200);
    expect((await post('passkey/sign-in', { credential })).status).toBe(401);
    // One for making a passkey opens nothing, nor one that nobody asked for, nor one whose time is over.
    const forMaking = challengeOf(await post('passkeys/options', {}, { cookie }));
    for (const wrong of [forMaking, 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'])
      expect((await signInWith(device, { challenge: wrong })).status).toBe(401);
    const late = challengeOf(await post('passkey/options', {}));
    await env.DB.prepare("UPDATE verifications SET expires_at = 1 WHERE identifier LIKE 'webauthn:%'").run();
    expect((await signInWith(device, { challenge: late })).status).toBe(401);
    expect((await signInWith(device)).status).toBe(200);
  });

  it('belongs to the host it was made on', async () => {
    const { tenant, cookie } = await signedIn();
    const { device } = await made(cookie);
    // The browser would not even offer it there; whoever forges what it says is refused all the same.
    expect((await signInWith(device, {}, { origin: tenant.origin })).status).toBe(401);
    expect((await signInWith(device, { origin: 'https://evil.test' })).status).toBe(401);
    expect((await signInWith(device, { rpId: 'evil.test' })).status).toBe(401);
    const there = await signIn(tenant, { origin: tenant.origin });
    const own = await made(there.cookie, {}, { origin: tenant.origin });
    expect(own.answer.body.data.host).toBe(new URL(tenant.origin).hostname);
    expect((await signInWith(own.device, {}, { origin: tenant.origin })).status).toBe(200);
    expect((await signInWith(own.device)).status).toBe(401);
  });

  it('whose counter goes back is a copy', async () => {
    const { cookie } = await signedIn();
    const { device } = await made(cookie);
    device.setCounter(40);
    expect((await signInWith(device)).status).toBe(200);
    device.setCounter(10);
    expect((await signInWith(device)).status).toBe(401);
    device.setCounter(41);
    expect((await signInWith(device)).status).toBe(200);
  });

  it('signed by another key opens nothing', async () => {
    const { cookie } = await signedIn();
    const [{ device }, other] = [await made(cookie), await newAuthenticator()];
    const challenge = challengeOf(await post('passkey/options', {}));
    const forged = await other.get({ origin: PLATFORM, challenge });
    const credential = { ...forged, id: device.credentialId, rawId: device.credentialId };
    expect((await post('passkey/sign-in', { credential })).status).toBe(401);
    expect((await signInWith(other)).status).toBe(401);
  });

  it('that is deleted, or of somebody disabled, opens nothing; another’s is not found', async () => {
    const { tenant, cookie } = await signedIn();
    const [first, second] = [await made(cookie), await made(cookie)];
    const stranger = await signedIn();
    const path = `/api/auth/passkeys/${first.id}`;
    expect((await ask('DELETE', path, undefined, { cookie: stranger.cookie })).status).toBe(404);
    expect((await ask('PATCH', path, { name: 'Meins' }, { cookie: stranger.cookie })).status).toBe(404);
    expect((await ask('DELETE', path, undefined, { cookie })).status).toBe(200);
    expect((await signInWith(first.device)).status).toBe(401);
    expect((await mails(tenant)).map(({ event }) => event)).toContain('account.passkey_removed');
    await env.DB.prepare('UPDATE users SET disabled_at = 1 WHERE id = ?').bind(tenant.userId).run();
    expect((await signInWith(second.device)).status).toBe(401);
  });

  it('is made by who has typed the password lately, for themselves, and never by a key', async () => {
    const [{ tenant, cookie }, other] = [await signedIn(), await signedIn()];
    const device = await newAuthenticator();
    const challenge = challengeOf(await post('passkeys/options', {}, { cookie: other.cookie }));
    const credential = await device.create({ origin: PLATFORM, challenge });
    expect((await post('passkeys', { name: 'x', credential }, { cookie })).status).toBe(422);
    await env.DB.prepare('UPDATE sessions SET confirmed_at = 1 WHERE user_id = ?').bind(tenant.userId).run();
    expect((await post('passkeys/options', {}, { cookie })).body.error.code).toBe('CONFIRMATION_REQUIRED');
    expect((await ask('POST', '/api/auth/passkeys/options', {}, { key: tenant.apiKey })).status).toBe(403);
  });
});
