/**
 * Bringing an agent to Retell, and deleting it there, killed at a statement of D1 or behind a request that Retell has worked on, once or
 * twice, and run again: one agent, one model, one number; and nothing. At some places by seed in `npm test`, at every one in
 * `npm run prove provisioning`.
 */
import { expect, it } from 'vitest';
import { PROOFS, runsOf, seedOf } from '../../tests/counts.ts';
import { processNow, setClockOffset } from '../../shared/clock.ts';
import { runJob } from '../jobs/job-runner.ts';
import { d1Meter } from '../storage/d1.ts';
import { agentRecord, numberRecord } from '../storage/platform-db.ts';
import { agentOf } from '../storage/queries/agents.ts';
import { onFriday, type Salon, salon } from '../telephony/telephony.fixture.ts';
import { env } from '../../tests/contract/tenants.ts';
import { provisionAgent } from './commands/act-on-agent.ts';
import { removeAgent } from './commands/remove-agent.ts';
import {
  account,
  agentNow,
  draft,
  freeNumber,
  imported,
  must,
  numberNow,
  ordered,
  platform,
  provisioned,
  scopeOf,
  wire,
  withRetell,
  world,
} from './provisioning.fixture.ts';

onFriday();
withRetell();

const KILLS = runsOf('provisioning', { ...env });
const SEED = seedOf(20_261_123, { ...env });
const LEASES_MS = 10 * 60_000;

/** Small and the same every time. */
function random(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return below <= 0 ? 0 : state % below;
  };
}

/** The process dies: nothing of it reaches D1 or Retell any more. */
class Killed extends Error {}
const honest = Object.getOwnPropertyDescriptor(d1Meter, 'refuse') as PropertyDescriptor;
const alive = (): void => {
  Object.defineProperty(d1Meter, 'refuse', honest);
  d1Meter.refuse = false;
  wire.after = null;
};

type Place = { at: 'statement' | 'request'; n: number };

function killAt({ at, n }: Place): void {
  if (at === 'statement') {
    const last = d1Meter.statements + n;
    Object.defineProperty(d1Meter, 'refuse', { configurable: true, get: () => d1Meter.statements > last });
    return;
  }
  const last = wire.asked.length + n;
  wire.after = (asked) => {
    if (asked < last) return;
    d1Meter.refuse = true;
    throw new Killed();
  };
}

/** A job until it dies at each of these places in turn, and then to its end. */
async function worked(at: Salon, jobId: string, places: readonly Place[]): Promise<void> {
  const later = (): void => setClockOffset(processNow() + LEASES_MS - Date.now());
  for (const place of places) {
    killAt(place);
    await runJob(world, at.tenantId, jobId).catch(() => undefined);
    alive();
    later();
  }
  await runJob(world, at.tenantId, jobId);
}

async function begun() {
  account.clear();
  wire.asked.length = 0;
  const at = await salon();
  const order = await ordered(at);
  // Orders of other tests may be older.
  while ((await numberNow(at, order.id)).e164 === null) await imported(freeNumber());
  const number = (await numberNow(at, order.id)).e164 ?? '';
  const { id } = await draft(at);
  return { at, number, order, id };
}

/** Made in spite of the kills. */
async function madeIn(places: readonly Place[]): Promise<void> {
  const { at, number, id } = await begun();
  const job = must(await provisionAgent(scopeOf(at), world, id)).jobId ?? '';
  await worked(at, job, places);
  const row = await agentNow(at, id);
  const { agents, models, numbers } = account.view();
  const said = JSON.stringify(places);
  expect([agents.length, models.length, numbers.length], said).toEqual([1, 1, 1]);
  expect(row, said).toMatchObject({ state: 'live', twins: [], differences: [] });
  expect(account.reachedBy(number)?.agentId, said).toBe(row.agentId);
}

/** Deleted in spite of them. */
async function deletedIn(places: readonly Place[]): Promise<void> {
  const { at, number, order, id } = await begun();
  const row = await provisioned(at, id);
  expect(row.state).toBe('live');
  wire.asked.length = 0;
  const job = must(await removeAgent(scopeOf(at), world, { id, confirm: true })).jobId ?? '';
  await worked(at, job, places);
  const { agents, models, numbers } = account.view();
  const said = JSON.stringify(places);
  // The number stays the business's, at Retell too; nobody answers it.
  expect([agents.length, models.length, numbers.length], said).toEqual([0, 0, 1]);
  expect(account.reachedBy(number), said).toBeNull();
  expect(await agentOf(scopeOf(at).db, id), said).toBeNull();
  expect(await agentRecord(platform, row.agentId ?? ''), said).toBeNull();
  expect(await numberNow(at, order.id), said).toMatchObject({ state: 'assigned', agentId: null });
  expect(await numberRecord(platform, number), said).toMatchObject({ tenantId: at.tenantId, agentId: null });
}

/** Statements and requests of the work when nothing happens to it. */
async function sizeOf(
  work: (places: readonly Place[]) => Promise<void>,
): Promise<{ statement: number; request: number }> {
  const before = d1Meter.statements;
  await work([]);
  return { statement: d1Meter.statements - before, request: wire.asked.length };
}

for (const [what, work] of [
  ['made', madeIn],
  ['deleted', deletedIn],
] as const)
  it(`an agent that is ${what}, killed anywhere and run again, is ${what} once`, { timeout: 3_600_000 }, async () => {
    const size = await sizeOf(work);
    const every: Place[] = (['statement', 'request'] as const).flatMap((at) =>
      Array.from({ length: size[at] }, (_, n) => ({ at, n: n + 1 })),
    );
    // Every place is one of those of the whole proof.
    expect(every.length).toBeLessThan(PROOFS.provisioning.full);
    const next = random(SEED);
    const stretch = Math.max(1, every.length / KILLS);
    const from = Math.floor((SEED % 1_000) * (stretch / 1_000));
    for (let i = 0; from + Math.floor(i * stretch) < every.length && i < KILLS; i++) {
      const place = every[from + Math.floor(i * stretch)] as Place;
      // Every third dies once more on its way back.
      const again = i % 3 === 2 ? [every[next(every.length)] as Place] : [];
      await work([place, ...again]);
    }
  });
