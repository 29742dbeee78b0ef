/** The operator's pool: numbers of its carrier are imported, and free ones taken out again. Called through answers.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { Imported, ImportRequest } from '../../../shared/contract/numbers.ts';
import { newId } from '../../../shared/ids.ts';
import { countryOf } from '../../../shared/phone.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { auditBeside } from '../../identity/audit.ts';
import { type JobWorld, PLATFORM_TENANT } from '../../jobs/world.ts';
import {
  addToPool,
  poolHas,
  poolNumber,
  type PoolRow,
  removeFromPool,
  type ShownPoolRow,
} from '../../storage/queries/numbers.ts';
import { seal } from '../../tenancy/seal.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { settleOrders } from '../settle-orders.ts';

const E164 = /^\+[1-9]\d{6,14}$/;
/** What people put between the digits. */
const GROUPING = /[\s()/.-]/g;

/** E.164 and a real country's; null: neither. A carrier lists its numbers with their country: nothing is guessed. */
function readNumber(text: string): { e164: string; country: string } | null {
  const e164 = text.replaceAll(GROUPING, '').replace(/^00/, '+');
  const country = E164.test(e164) ? countryOf(e164) : null;
  return country === null ? null : { e164, country };
}

/**
 * All or none; numbers that the pool has already are named and left as they are. Whoever waits gets theirs at once.
 * Refusals: PERMISSION_DENIED (`create_number_pool`), VALIDATION_ERROR by place in the list.
 */
export async function importNumbers(
  platform: Platform,
  scope: TenantScope,
  world: JobWorld,
  request: ImportRequest,
): Promise<Result<Imported>> {
  const refused = permissionRefusal(scope.actor, 'create_number_pool');
  if (refused) return refused;
  const errors: Record<string, string[]> = {};
  const read = new Map<string, string>();
  for (const [i, text] of request.numbers.entries()) {
    const number = readNumber(text);
    if (number === null) errors[`numbers.${i}`] = ['must be a number with its country, such as +493022220001'];
    else read.set(number.e164, number.country);
  }
  if (request.sip_password !== null && request.sip_username === null)
    errors['sip_username'] = ['belongs to the password'];
  if (Object.keys(errors).length > 0) return err({ code: 'VALIDATION_ERROR', errors });
  const there = await poolHas(scope.db, [...read.keys()]);
  const known = new Set(there.filter(({ state }) => state !== 'removed').map(({ e164 }) => e164));
  const sealed = request.sip_password === null ? null : await seal(platform, PLATFORM_TENANT, request.sip_password);
  const rows = [...read]
    .filter(([e164]) => !known.has(e164))
    .map(
      ([e164, country], i): PoolRow => ({
        id: newId('pool_number', scope.now),
        e164,
        country,
        terminationUri: request.termination_uri,
        transport: request.transport,
        sipUsername: request.sip_username,
        sealedSipPassword: sealed,
        state: 'free',
        claimedBy: null,
        numberId: null,
        claimedAt: null,
        // In the order of the list.
        createdAt: scope.now + i,
      }),
    );
  if (rows.length > 0)
    await addToPool(
      scope.db,
      rows,
      auditBeside(scope, {
        log: 'provisioning',
        description: 'pool_number.imported',
        subjectType: 'pool_number',
        subjectId: rows[0]?.id ?? '',
        after: {
          numbers: rows.map(({ e164 }) => e164),
          termination_uri: request.termination_uri,
          sip_password: request.sip_password,
        },
      }),
    );
  let settled = 0;
  for (const country of new Set(rows.map((row) => row.country)))
    settled += await settleOrders(platform, world, country);
  return ok({ imported: rows.map(({ e164 }) => e164), known: [...known], settled });
}

/** Takes a free number out. Refusals: PERMISSION_DENIED (`delete_number_pool`), NOT_FOUND, ILLEGAL_TRANSITION (a business has it, or it is out). */
export async function takeOut(scope: TenantScope, id: string): Promise<Result<ShownPoolRow>> {
  const refused = permissionRefusal(scope.actor, 'delete_number_pool');
  if (refused) return refused;
  const before = await poolNumber(scope.db, id);
  if (before === null) return err({ code: 'NOT_FOUND', entity: 'pool_number' });
  const beside = auditBeside(scope, {
    log: 'provisioning',
    description: 'pool_number.removed',
    subjectType: 'pool_number',
    subjectId: id,
    after: { number: before.e164 },
  });
  if (!(await removeFromPool(scope.db, id, beside))) {
    const present = await poolNumber(scope.db, id);
    return err({
      code: 'ILLEGAL_TRANSITION',
      details: { from: present?.state ?? before.state, to: 'removed', allowed: [] },
    });
  }
  const after = await poolNumber(scope.db, id);
  return after === null ? err({ code: 'NOT_FOUND', entity: 'pool_number' }) : ok(after);
}
