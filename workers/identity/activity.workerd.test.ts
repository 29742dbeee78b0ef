/** The activity log and a tenant's users over HTTP, through the assembled app: who sees what, filters, values, the exported file. */
import { beforeAll, describe, expect, it } from 'vitest';
import { askApi } from '../../tests/contract/requests.ts';
import { env, type SeededTenant, seedTenant } from '../../tests/contract/tenants.ts';
import { processNow } from '../../shared/clock.ts';
import { toIso } from '../../shared/time.ts';
import { platformOf } from '../env.ts';
import { decodeCursor, encodeCursor } from '../http/cursor.ts';
import { newId } from '../../shared/ids.ts';
import { auditLog } from '../storage/tables/identity.ts';
import { openTenant } from '../tenancy/scope.ts';
import { installApiKey } from './api-keys.ts';
import { deleteApiKey } from './commands/delete-api-key.ts';

let tenant: SeededTenant;
let tagId: string;

const call = (method: string, path: string, body?: unknown, key = tenant.apiKey) =>
  askApi(key, method, `/api/v1/${path}`, { body });
const activity = async (query: string) => (await call('GET', `activity?${query}`)).body.data as { event: string }[];

beforeAll(async () => {
  tenant = await seedTenant({ role: 'admin' });
  tagId = (await call('POST', 'tags', { name: 'Stammgast' })).body.data.id;
  await call('PATCH', `tags/${tagId}`, { name: 'Freund des Hauses' });
  await call('POST', 'tags', { name: 'Neu' });
});

describe('the activity log', () => {
  it('says who changed what, newest first, and pages through all of it', async () => {
    const list = await call('GET', `activity?subject_id=${tagId}`);
    expect(list.body.data).toMatchObject([
      { event: 'tag.updated', subject_type: 'tag', subject_id: tagId, causer_type: 'api_key', fields: ['name'] },
      { event: 'tag.created', log: 'tags' },
    ]);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { data: { event: string }[]; meta: { next_cursor: string | null } } = (
        await call('GET', `activity?limit=1${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
      ).body;
      seen.push(...page.data.map((one) => one.event));
      cursor = page.meta.next_cursor;
    }
    expect(seen.filter((event) => event.startsWith('tag.'))).toEqual(['tag.created', 'tag.updated', 'tag.created']);
  });

  it('is filtered by event, subject, causer, area and time, and by several of them', async () => {
    const first = (await activity(`event=tag.created&subject_id=${tagId}`))[0] as unknown as {
      causer_id: string;
      created_at: string;
    };
    expect(await activity('event=tag.updated')).toHaveLength(1);
    expect(await activity(`causer_id=${first.causer_id}&event=tag.created`)).toHaveLength(2);
    expect(await activity('log=tags&subject_type=tag')).toHaveLength(3);
    expect(await activity('causer_type=user&subject_type=tag')).toEqual([]);
    expect(await activity(`subject_id=${tagId}&since=${first.created_at}`)).toHaveLength(2);
    expect(await activity(`subject_id=${tagId}&until=${first.created_at}`)).toEqual([]);
    expect(await activity(`since=${encodeURIComponent(toIso(processNow() + 60_000))}`)).toEqual([]);
    expect((await call('GET', 'activity?since=yesterday')).status).toBe(422);
  });

  it('has one order, which its cursors do not name; those of other lists are refused', async () => {
    const { meta } = (await call('GET', 'activity?limit=1')).body;
    const [first] = (await call('GET', 'activity?limit=1')).body.data;
    expect(decodeCursor(meta.next_cursor, 2)).toEqual([Date.parse(first.created_at), first.id]);
    const foreign = encodeCursor(['-created_at', 5, 'aud_1']);
    expect((await call('GET', `activity?cursor=${foreign}`)).status).toBe(422);
    expect((await call('GET', `activity?cursor=${encodeCursor(['aud_1'])}`)).status).toBe(422);
  });

  it('a filter without an index looks at a bounded stretch, says so, and the next page goes on', async () => {
    const other = await seedTenant({ role: 'admin' });
    const { db } = openTenant(platformOf(env), other.tenantId, { kind: 'system', cause: 'demo' });
    const now = processNow();
    await db.batch(
      Array.from({ length: 50 }, (_, i) =>
        db.insertOf(auditLog, {
          id: newId('audit', now + i),
          log: i === 0 ? 'rare' : 'usual',
          description: 'tag.created',
          subjectType: 'tag',
          subjectId: `tag_${i}`,
          causerType: 'system',
          causerId: 'test',
          fields: [],
          createdAt: now + i,
        }),
      ),
    );
    const first = (await call('GET', 'activity?log=rare&limit=1', undefined, other.apiKey)).body;
    expect(first).toMatchObject({ data: [], meta: { has_more: true, truncated: true } });
    const found: string[] = [];
    let cursor: string | null = first.meta.next_cursor;
    for (let pages = 0; cursor !== null && pages < 5; pages++) {
      const query = `activity?log=rare&limit=1&cursor=${encodeURIComponent(cursor)}`;
      const page: { data: { subject_id: string }[]; meta: { next_cursor: string | null } } = (
        await call('GET', query, undefined, other.apiKey)
      ).body;
      found.push(...page.data.map((one) => one.subject_id));
      cursor = page.meta.next_cursor;
    }
    expect(found).toEqual(['tag_0']);
    expect(cursor).toBeNull();
  });

  it('shows values with one entry only, and none where they were emptied', async () => {
    const [entry] = (await activity('event=tag.updated')) as unknown as { id: string }[];
    expect(entry).not.toHaveProperty('after');
    const path = `activity/${entry?.id}`;
    expect((await call('GET', path)).body.data).toMatchObject({
      before: { name: 'Stammgast' },
      after: { name: 'Freund des Hauses' },
      ip: null,
    });
    await env.DB.prepare('DELETE FROM audit_values WHERE tenant_id = ? AND audit_id = ?')
      .bind(tenant.tenantId, entry?.id)
      .run();
    expect((await call('GET', path)).body.data).toMatchObject({ fields: ['name'], before: null, after: null });
    expect((await call('GET', 'activity/aud_unknown')).status).toBe(404);
  });

  it('leaves as a file, which is an entry itself', async () => {
    const file = await call('GET', 'activity/export?event=tag.updated');
    expect(file.status).toBe(200);
    expect(file.text.trim().split('\r\n')).toHaveLength(2);
    expect(file.text).toContain(tagId);
    expect(await activity('event=audit.exported')).toHaveLength(1);
  });

  it('is shut to keys that may not view it, and nobody writes it over HTTP', async () => {
    const key = `ask_test_${newId('api_key', processNow())}`;
    const id = newId('api_key', processNow());
    await installApiKey(
      platformOf(env),
      { tenantId: tenant.tenantId, id, name: 'Tags', key, scopes: ['view_tags'] },
      processNow(),
    );
    for (const path of ['activity', 'activity/aud_unknown', 'activity/export', 'users'])
      expect((await call('GET', path, undefined, key)).status, path).toBe(403);
    for (const method of ['POST', 'PATCH', 'DELETE'])
      expect([404, 405]).toContain((await call(method, 'activity/aud_unknown', {})).status);
  });
});

describe('users', () => {
  it('are listed and shown without anything to sign in with', async () => {
    const list = await call('GET', 'users');
    expect(list.body.data.map((user: { id: string }) => user.id)).toEqual([tenant.userId]);
    const one = await call('GET', `users/${tenant.userId}`);
    expect(one.body.data).toEqual(list.body.data[0]);
    expect(Object.keys(one.body.data).sort()).toEqual(
      [
        'branch_ids',
        'can_change',
        'company_ids',
        'created_at',
        'disabled_at',
        'email',
        'id',
        'language',
        'last_sign_in_at',
        'name',
        'own_only',
        'role',
        'role_id',
        'role_name',
        'second_factor',
        'staff_id',
        'status',
        'updated_at',
      ].sort(),
    );
  });

  it('of another tenant are unknown', async () => {
    const other = await seedTenant({ role: 'admin' });
    expect((await call('GET', `users/${other.userId}`)).status).toBe(404);
    expect((await call('GET', `users/${tenant.userId}`, undefined, other.apiKey)).status).toBe(404);
  });
});

describe('an API key', () => {
  it('is shown by itself as in the list, never its secret', async () => {
    const list = await call('GET', 'api-keys');
    const [first] = list.body.data;
    const one = await call('GET', `api-keys/${first.id}`);
    expect(one.body.data).toEqual(first);
    expect(one.text).not.toContain(tenant.apiKey);
    const id = newId('api_key', processNow());
    const key = { tenantId: tenant.tenantId, id, name: 'Kurz', key: `ask_test_${id}`, scopes: ['view_tags'] as const };
    await installApiKey(platformOf(env), key, processNow());
    expect((await call('GET', 'api-keys')).body.data).toHaveLength(list.body.data.length + 1);
    const scope = openTenant(platformOf(env), tenant.tenantId, { kind: 'system', cause: 'demo' });
    expect((await deleteApiKey(scope, { id, now: processNow() })).ok).toBe(true);
    expect((await call('GET', 'api-keys')).body.data).toEqual(list.body.data);
  });
});
