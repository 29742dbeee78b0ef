/** What a customer's page shows: notes by who may read them, and the timeline, which says no more than the lists do. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Permission } from '../../shared/permissions.ts';
import { ROLE_PERMISSIONS } from '../../shared/permissions.ts';
import { processNow } from '../../shared/clock.ts';
import { newId } from '../../shared/ids.ts';
import { appointmentRow } from '../../tests/appointment-row.ts';
import { askApi } from '../../tests/contract/requests.ts';
import { env, seedTenant, type SeededTenant, unique } from '../../tests/contract/tenants.ts';
import { platformOf } from '../env.ts';
import { installApiKey } from '../identity/api-keys.ts';
import { seedCalls } from '../storage/queries/seed.ts';
import { appointments } from '../storage/tables/calendar.ts';
import { auditLog, auditValues } from '../storage/tables/identity.ts';
import { ledgerEntries } from '../storage/tables/ledger.ts';
import { notifications } from '../storage/tables/notifications.ts';
import { openTenant } from '../tenancy/scope.ts';

let tenant: SeededTenant;
beforeAll(async () => {
  tenant = await seedTenant();
});
const scopeNow = () => openTenant(platformOf(env), tenant.tenantId, { kind: 'system', cause: 'demo' });
const ask = (method: string, path: string, body?: unknown, key = tenant.apiKey) =>
  askApi(key, method, `/api/v1/${path}`, { body });

/** A key with these permissions and no others. */
async function keyWith(scopes: readonly Permission[]): Promise<string> {
  const key = `ask_test_${unique('k').replaceAll('-', '_')}`;
  const row = { tenantId: tenant.tenantId, id: newId('api_key', processNow()), name: unique('k'), key, scopes };
  await installApiKey(platformOf(env), row, processNow());
  return key;
}
const person = async (): Promise<string> =>
  (await ask('POST', 'customers', { last_name: unique('Berg') })).body.data.id as string;
const note = (customer_id: string, more: Record<string, unknown> = {}, key?: string) =>
  ask('POST', 'notes', { customer_id, text: 'Möchte heller werden.', ...more }, key);

describe('notes about a customer', () => {
  it('are written, pinned first, changed, deleted and restored', async () => {
    const id = await person();
    const [old, pinned, young] = [
      await note(id, { subject: 'Alt' }),
      await note(id, { subject: 'Wichtig', pinned: true, type: 'complaint' }),
      await note(id, { subject: 'Neu' }),
    ].map(({ body }) => body.data.id as string);
    const listed = async (): Promise<string[]> =>
      (await ask('GET', `notes?customer_id=${id}&sort=-pinned`)).body.data.map((one: { id: string }) => one.id);
    expect((await listed())[0]).toBe(pinned);
    expect((await listed()).sort()).toEqual([old, pinned, young].sort());
    await ask('PATCH', `notes/${pinned}`, { pinned: false });
    await ask('PATCH', `notes/${old}`, { pinned: true });
    expect((await listed())[0]).toBe(old);
    await ask('DELETE', `notes/${old}`);
    expect(await listed()).not.toContain(old);
    await ask('POST', `notes/${old}/restore`);
    expect(await listed()).toContain(old);
  });

  it('the activity log says that a text was written, never what it says', async () => {
    const id = await person();
    const secret = unique('Geheimnis');
    const { id: noteId } = (await note(id, { text: secret })).body.data;
    await ask('PATCH', `notes/${noteId}`, { text: `${secret} mehr` });
    const { db } = scopeNow();
    const rows = (await db.rows(auditLog, { limit: 1_000 })).filter((row) => row.subjectId === noteId);
    expect(rows.map((row) => row.description).sort()).toEqual(['customer_note.created', 'customer_note.updated']);
    expect(rows.some(({ fields }) => fields?.includes('text'))).toBe(true);
    expect(JSON.stringify(await db.rows(auditValues, { limit: 1_000 }))).not.toContain(secret);
  });

  it('about health exist for nobody without that permission: not in a list, not by id, not on the timeline', async () => {
    const id = await person();
    await note(id, { subject: 'Farbe' });
    const medical = (await note(id, { subject: 'Allergie', type: 'medical' })).body.data.id;
    const key = await keyWith(ROLE_PERMISSIONS.receptionist.concat('delete_notes'));
    for (const query of [`customer_id=${id}`, `customer_id=${id}&type=medical`, `customer_id=${id}&sort=pinned`]) {
      const { body, text } = await ask('GET', `notes?${query}`, undefined, key);
      expect(body.data.map((one: { type: string }) => one.type)).not.toContain('medical');
      expect(body.meta.has_more).toBe(false);
      expect(text).not.toContain('Allergie');
    }
    const timeline = await ask('GET', `customers/${id}/timeline`, undefined, key);
    expect(timeline.text).toContain('Farbe');
    expect(timeline.text).not.toContain('Allergie');
    for (const [method, body] of [['GET'], ['PATCH', { pinned: true }], ['DELETE']] as const)
      expect((await ask(method, `notes/${medical}`, body, key)).status, method).toBe(404);
    expect((await note(id, { type: 'medical' }, key)).status).toBe(403);
    const plain = (await note(id, {}, key)).body.data.id;
    expect((await ask('PATCH', `notes/${plain}`, { type: 'medical' }, key)).status).toBe(403);
    expect((await ask('GET', `customers/${id}/timeline`)).text).toContain('Allergie');
  });

  it('for management are read by who may delete notes, and by their author', async () => {
    const id = await person();
    await note(id, { subject: 'Zahlt schlecht', visibility: 'management' });
    const key = await keyWith(['view_notes', 'create_notes', 'view_customers']);
    const mine = (await note(id, { subject: 'Von mir', visibility: 'management' }, key)).body.data.id;
    const { body } = await ask('GET', `notes?customer_id=${id}`, undefined, key);
    expect(body.data.map((one: { id: string }) => one.id)).toEqual([mine]);
    expect((await ask('GET', `notes?customer_id=${id}`)).body.data).toHaveLength(2);
  });
});

describe('the timeline', () => {
  const START = Date.parse('2026-03-01T09:00:00Z');

  it('merges everything by instant and id, page by page, each once', async () => {
    const id = await person();
    const { db } = scopeNow();
    const now = processNow();
    const expected: string[] = [];
    for (let i = 0; i < 9; i++) {
      // Three kinds at the very same instant: their ids decide.
      const at = START + Math.floor(i / 3) * 60_000;
      const appointmentId = newId('appointment', at);
      await db.insert(appointments, appointmentRow({ id: appointmentId, customerId: id, startsAt: at }) as never);
      const callId = unique('call');
      await seedCalls(
        db,
        [
          {
            id: callId,
            customerId: id,
            direction: 'inbound',
            status: 'ended',
            startedAt: at,
            endedAt: at,
            durationMs: 90_000,
          },
        ] as never,
        now,
      );
      const messageId = newId('notification', at);
      await db.insert(notifications, {
        id: messageId,
        eventType: 'appointment.confirmed',
        channel: 'sms',
        recipient: '+4915100000000',
        language: 'de',
        customerId: id,
        data: '{}',
        dedupeKey: messageId,
        status: 'sent',
        scheduledAt: at,
        expiresAt: at,
        createdAt: at,
      });
      for (const one of [appointmentId, callId, messageId]) expected.push(`${at} ${one}`);
    }
    expected.push(`9 ${(await note(id)).body.data.id as string}`);
    expected.sort().reverse();
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body, text } = await ask('GET', `customers/${id}/timeline?limit=4${cursor && `&cursor=${cursor}`}`);
      expect(body?.data.length, text).toBeLessThanOrEqual(4);
      for (const one of body.data) seen.push((one.appointment ?? one.call ?? one.message ?? one.note).id);
      cursor = body.meta.next_cursor;
    }
    expect(seen).toEqual(expected.map((one) => one.split(' ')[1]));
  });

  it('shows what a call cost to who sees movements, and what was said to who reads transcripts', async () => {
    const id = await person();
    const { db } = scopeNow();
    const now = processNow();
    const callId = unique('call');
    const call = {
      id: callId,
      customerId: id,
      direction: 'inbound',
      status: 'analyzed',
      startedAt: now,
      summary: 'Fragt nach Farbe',
    };
    await seedCalls(db, [{ ...call, endedAt: now, durationMs: 61_000 }] as never, now);
    await db.insert(ledgerEntries, {
      sequence: 1,
      id: unique('ent'),
      type: 'usage',
      amountCents: -42,
      balanceBeforeCents: 42,
      balanceAfterCents: 0,
      currency: 'EUR',
      referenceType: 'call',
      referenceId: callId,
      descriptionKey: 'call',
      postings: '{}',
      key: unique('k'),
      hash: 'h',
      occurredAt: now,
      createdAt: now,
      epoch: 1,
      seq: 1,
    } as never);
    const [owner] = (await ask('GET', `customers/${id}/timeline`)).body.data;
    expect(owner.call).toMatchObject({ duration_seconds: 61, charges: [{ amount_cents: -42, currency: 'EUR' }] });
    const key = await keyWith(['view_customers', 'view_calls']);
    const [plain] = (await ask('GET', `customers/${id}/timeline`, undefined, key)).body.data;
    expect(plain.call).toMatchObject({ summary: null, charges: null });
    const none = await keyWith(['view_customers']);
    expect((await ask('GET', `customers/${id}/timeline`, undefined, none)).body.data).toEqual([]);
  });

  it('shows neither a deleted appointment nor a deleted call', async () => {
    const id = await person();
    const { db } = scopeNow();
    const [at, deletedAt] = [START, START + 60_000];
    for (const deleted of [{}, { deletedAt }]) {
      const appointmentId = newId('appointment', at);
      const row = appointmentRow({ id: appointmentId, customerId: id, startsAt: at, ...deleted });
      await db.insert(appointments, row as never);
      const call = { customerId: id, direction: 'inbound', status: 'ended', startedAt: at, endedAt: at } as const;
      await seedCalls(db, [{ ...call, id: unique('call'), ...deleted }], at);
    }
    const { body } = await ask('GET', `customers/${id}/timeline`);
    expect(body.data.map(({ kind }: { kind: string }) => kind).sort()).toEqual(['appointment', 'call']);
  });

  it('of somebody who asked to be erased is gone', async () => {
    const id = await person();
    await note(id);
    await ask('POST', `customers/${id}/erasure`, {});
    expect((await ask('GET', `customers/${id}/timeline`)).status).toBe(404);
    expect((await ask('GET', `notes?customer_id=${id}`)).body.data).toEqual([]);
    expect((await note(id)).status).toBe(404);
  });

  it('knows no cursor but its own', async () => {
    const id = await person();
    expect((await ask('GET', `customers/${id}/timeline?cursor=abc`)).status).toBe(422);
  });
});
