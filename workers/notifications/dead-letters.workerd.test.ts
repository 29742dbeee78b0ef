/** A dead letter that is replayed, and its audit row: both or neither. */
import { describe, expect, it } from 'vitest';
import { eq } from 'drizzle-orm';
import { env, seedTenant, unique } from '../../tests/contract/tenants.ts';
import { WHOLE_REACH } from '../../shared/actor.ts';
import { processNow, realNow } from '../../shared/clock.ts';
import { type Permission, ROLE_PERMISSIONS } from '../../shared/permissions.ts';
import { platformOf } from '../env.ts';
import { madeToFail } from '../storage/made-to-fail.fixture.ts';
import { auditLog } from '../storage/tables/identity.ts';
import { deadLetters, effects } from '../storage/tables/delivery.ts';
import { openTenant, type TenantScope } from '../tenancy/scope.ts';
import { replayDeadLetter } from './commands/replay-dead-letter.ts';

const now = processNow();

async function parked(permissions: readonly Permission[] = ROLE_PERMISSIONS.admin): Promise<[TenantScope, string]> {
  const { tenantId, userId } = await seedTenant();
  const scope = openTenant(platformOf(env), tenantId, {
    kind: 'user',
    ownRole: null,
    reach: WHOLE_REACH,
    userId,
    tenantId,
    realm: tenantId,
    role: 'admin',
    permissions: [...permissions],
    language: 'de',
    sessionId: 'ses_none',
    confirmedAt: realNow(),
  });
  const id = unique('eff');
  const row = { id, queue: 'low', kind: 'call.link', ref: '{}', state: 'parked', notBefore: now } as const;
  await scope.db.insert(effects, { ...row, createdAt: now });
  await scope.db.insert(deadLetters, { id, queue: 'low', message: '{}', reason: 'test', at: now });
  return [scope, id];
}
const audited = async (scope: TenantScope) => (await scope.db.rows(auditLog)).map((row) => row.description);
const stateOf = async (scope: TenantScope, id: string) => (await scope.db.row(effects, eq(effects.id, id)))?.state;
const withQueues: Permission[] = [...ROLE_PERMISSIONS.admin, 'manage_queues'];

describe('a replayed dead letter', () => {
  it('is no letter any more, and has an audit row; a second replay finds nothing', async () => {
    const [scope, id] = await parked(withQueues);
    expect(await replayDeadLetter(scope, { id })).toEqual({ ok: true, value: { id } });
    expect(await replayDeadLetter(scope, { id })).toMatchObject({ error: { code: 'NOT_FOUND' } });
    expect(await scope.db.rows(deadLetters)).toEqual([]);
    expect(await stateOf(scope, id)).not.toBe('parked');
    expect(await audited(scope)).toEqual(['dead_letter.replayed']);
  });

  it('stays one, without an audit row, when any part of the batch fails', async () => {
    const [scope, id] = await parked(withQueues);
    const { tenantId } = scope;
    const fails = () => expect(replayDeadLetter(scope, { id })).rejects.toThrow();
    await madeToFail({ table: 'audit_log', tenantId }, fails);
    await madeToFail({ table: 'dead_letters', verb: 'DELETE', tenantId }, fails);
    expect(await stateOf(scope, id)).toBe('parked');
    expect(await scope.db.rows(deadLetters)).toHaveLength(1);
    expect(await audited(scope)).toEqual([]);
  });

  it('asks for the permission first', async () => {
    const [scope, id] = await parked(['view_queues']);
    expect(await replayDeadLetter(scope, { id })).toMatchObject({ error: { code: 'PERMISSION_DENIED' } });
    expect(await stateOf(scope, id)).toBe('parked');
  });
});
