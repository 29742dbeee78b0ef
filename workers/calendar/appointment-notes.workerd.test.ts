/** Notes of staff over HTTP: written with an author, read by role, kept out of everything that lasts. */
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type AddAppointmentNoteRequest,
  addAppointmentNoteResponse,
  type AppointmentNoteView,
  appointmentResponse,
} from '../../shared/contract/appointments.ts';
import { processNow } from '../../shared/clock.ts';
import { newId } from '../../shared/ids.ts';
import type { Permission } from '../../shared/permissions.ts';
import { ROLE_PERMISSIONS } from '../../shared/permissions.ts';
import { askApi } from '../../tests/contract/requests.ts';
import { FIXTURES, type FurnishedTenant, furnishTenant } from '../../tests/contract/fixtures.ts';
import { env, unique } from '../../tests/contract/tenants.ts';
import { platformOf } from '../env.ts';
import { installApiKey } from '../identity/api-keys.ts';

let tenant: FurnishedTenant;
let appointmentId = '';
const keys = { manager: '', staff: '', viewer: '' };

async function keyWith(scopes: readonly Permission[]): Promise<string> {
  const now = processNow();
  const key = `ask_test_${unique('k').replaceAll('-', '_')}`;
  const about = { tenantId: tenant.tenantId, id: newId('api_key', now), name: 'notes', key, scopes: [...scopes] };
  await installApiKey(platformOf(env), about, now);
  return key;
}
const call = (key: string, method: string, path: string, body?: object, headers: Record<string, string> = {}) =>
  askApi(key, method, `/api/v1/appointments/${path}`, { body, headers });
const add = (key: string, request: AddAppointmentNoteRequest, headers: Record<string, string> = {}) =>
  call(key, 'POST', `${appointmentId}/notes`, request, headers);
const read = async (key: string): Promise<AppointmentNoteView[] | undefined> =>
  appointmentResponse.parse((await call(key, 'GET', appointmentId)).body).data.staff_notes;
const textsFor = async (key: string) => (await read(key))?.map(({ text }) => text);

beforeAll(async () => {
  tenant = await furnishTenant(async () => '');
  appointmentId = (await FIXTURES['appointment']?.(tenant)) ?? '';
  keys.manager = await keyWith(ROLE_PERMISSIONS.manager);
  keys.staff = await keyWith(ROLE_PERMISSIONS.staff);
  keys.viewer = await keyWith(['view_appointments']);
});

describe('a note on an appointment', () => {
  it('is shown by role: for management only to who may delete notes, and none to who may view none', async () => {
    const forAll = await add(keys.manager, { text: '  Mit Hund ' });
    expect(forAll.status).toBe(201);
    expect(addAppointmentNoteResponse.parse(forAll.body).data).toMatchObject({ text: 'Mit Hund', visibility: 'staff' });
    expect((await add(keys.manager, { text: 'Zahlt spät', visibility: 'management' })).status).toBe(201);
    expect(await textsFor(keys.manager)).toEqual(['Zahlt spät', 'Mit Hund']);
    expect(await textsFor(keys.staff)).toEqual(['Mit Hund']);
    expect(await read(keys.viewer)).toBeUndefined();
  });

  it('for management is read by its author too', async () => {
    await add(keys.staff, { text: 'Bitte vertraulich', visibility: 'management' });
    expect(await textsFor(keys.staff)).toEqual(['Bitte vertraulich', 'Mit Hund']);
    expect(await textsFor(keys.manager)).toContain('Bitte vertraulich');
  });

  it('names the person who wrote it', async () => {
    const { result } = await tenant.scope.calendar.addAppointmentNote({
      key: 'named',
      now: processNow(),
      actor: { kind: 'user', id: tenant.userId },
      appointmentId,
      noteId: 'nte_named',
      visibility: 'staff',
      text: 'Farbe 6/0',
    });
    expect(result.ok).toBe(true);
    const names = await tenant.scope.namesOfUsers([tenant.userId]);
    expect((await read(keys.staff))?.[0]).toMatchObject({ text: 'Farbe 6/0', author_name: names.get(tenant.userId) });
    expect(names.get(tenant.userId)).toBeTruthy();
  });

  it('is written once however often it is sent, and needs its permission', async () => {
    const once = { 'Idempotency-Key': 'note-1' };
    const first = await add(keys.staff, { text: 'Nur einmal' }, once);
    const again = await add(keys.staff, { text: 'Nur einmal' }, once);
    expect(addAppointmentNoteResponse.parse(again.body).data.id).toBe(
      addAppointmentNoteResponse.parse(first.body).data.id,
    );
    expect((await textsFor(keys.staff))?.filter((text) => text === 'Nur einmal')).toHaveLength(1);
    expect((await add(keys.viewer, { text: 'Nein' })).status).toBe(403);
    expect((await add(keys.staff, { text: ' ' })).status).toBe(422);
    expect((await call(keys.staff, 'POST', 'apt_nobody/notes', { text: 'Wo' })).status).toBe(404);
  });

  it('has its text in its own row only: not in the feed, its commands or effects', async () => {
    await tenant.scope.calendar.flush(2_000);
    const rowsOf = async (table: string) =>
      JSON.stringify(
        (await env.DB.prepare(`SELECT * FROM ${table} WHERE tenant_id = ?`).bind(tenant.tenantId).all()).results,
      );
    expect(await rowsOf('appointment_notes')).toContain('Mit Hund');
    expect(await rowsOf('feed')).toContain('appointment.note_added');
    for (const table of ['feed', 'effects']) expect(await rowsOf(table)).not.toContain('Mit Hund');
  });
});
