/**
 * The number that people know of a business and that it forwards to ours: whoever calls from it is the shop itself, so that it joins the company's
 * `forwarding_numbers`, which identify nobody (docs/callers.md). Called by commands.
 */
import { causerOf } from '../../shared/actor.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { storedSettings } from '../calendar/rules/company.ts';
import type { ScheduleSnapshot } from '../calendar/master-data.ts';
import type { NumberRow } from '../storage/queries/numbers.ts';
import { publishedElsewhere } from '../storage/queries/numbers.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { snapshotOf } from './facts.ts';
import { branchIn, e164Of } from './read-fields.ts';

/** Times a change is decided again because somebody changed the company meanwhile. */
const MAX_TRIES = 4;
const unavailable = err({ code: 'UPSTREAM_UNAVAILABLE', service: 'calendar' } as const);

/** Notes the number with the company. Answers it as E.164. Refusals: NOT_FOUND (branch), VALIDATION_ERROR, UPSTREAM_UNAVAILABLE. */
export async function keepPublished(
  scope: TenantScope,
  branchId: string,
  text: string | null,
): Promise<Result<string | null>> {
  if (text === null || text === '') return ok(null);
  const snapshot = await snapshotOf(scope);
  if (snapshot === null) return unavailable;
  const branch = branchIn(snapshot, branchId);
  if (branch === null) return err({ code: 'NOT_FOUND', entity: 'branch' });
  const e164 = e164Of(text, branch);
  if (e164 === null) return err({ code: 'VALIDATION_ERROR', errors: { published_number: ['cannot be read'] } });
  if ((await scope.ownNumber(e164)) !== null)
    return err({
      code: 'VALIDATION_ERROR',
      errors: { published_number: ['is the number that calls are forwarded to'] },
    });
  const written = await changeForwarding(scope, branch.body.companyId, (numbers) =>
    numbers.includes(e164) ? numbers : [...numbers, e164],
  );
  return written.ok ? ok(e164) : written;
}

/** Takes a number from the company again, unless another number of ours is published under it too. */
export async function forgetPublished(
  scope: TenantScope,
  row: Pick<NumberRow, 'id' | 'branchId' | 'publishedNumber'>,
): Promise<void> {
  const { publishedNumber } = row;
  if (publishedNumber === null || (await publishedElsewhere(scope.db, row.id, publishedNumber))) return;
  const snapshot = await snapshotOf(scope);
  const branch = branchIn(snapshot, row.branchId);
  if (branch === null) return;
  await changeForwarding(scope, branch.body.companyId, (numbers) => numbers.filter((one) => one !== publishedNumber));
}

async function changeForwarding(
  scope: TenantScope,
  companyId: string,
  change: (numbers: readonly string[]) => readonly string[],
): Promise<Result<null>> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const snapshot: ScheduleSnapshot | null = await snapshotOf(scope);
    if (snapshot === null) return unavailable;
    const version = snapshot.companies.find(({ id }) => id === companyId)?.version ?? 0;
    const body = storedSettings(snapshot, companyId);
    const forwardingNumbers = [...change(body.forwardingNumbers)];
    if (JSON.stringify(forwardingNumbers) === JSON.stringify(body.forwardingNumbers)) return ok(null);
    const { result } = await scope.calendar.putSchedule({
      key: `forwarding:${companyId}:${version}:${forwardingNumbers.join(',')}`,
      now: scope.now,
      actor: { kind: 'system', id: causerOf(scope.actor) },
      kind: 'company',
      id: companyId,
      body: { ...body, forwardingNumbers },
      expectedVersion: version,
    });
    if (result.ok) return ok(null);
    if (result.error.code !== 'VERSION_CONFLICT') return result;
  }
  return unavailable;
}
