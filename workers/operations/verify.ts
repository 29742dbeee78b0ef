/** Ledger verification in turns: recomputes chain, sums and balances and compares D1 with the object; a difference is an alarm. */
import { type Platform, bindingsOf } from '../env.ts';
import { reconcile } from '../projection/rebuild.ts';
import { tenantsAfter } from '../storage/platform-db.ts';
import { openTenant } from '../tenancy/scope.ts';

const SLICE = 50;
const CURSOR_KEY = 'cron:verify-cursor';

export async function verifyLedgers(platform: Platform): Promise<{ verified: number; problems: number }> {
  const cursor = (await bindingsOf(platform).DIRECTORY.get(CURSOR_KEY)) ?? '';
  const slice = await tenantsAfter(platform, cursor, SLICE);
  let problems = 0;
  for (const { id } of slice) {
    const scope = openTenant(platform, id, { kind: 'system', cause: 'cron' });
    const { result } = await scope.ledger.verify();
    const projection = result.ok ? await reconcile(platform, id, 'ledger') : { ok: true, differences: [] };
    if ((result.ok && !result.value.ok) || !projection.ok) {
      problems++;
      console.error(
        JSON.stringify({
          channel: 'app',
          level: 'alarm',
          event: 'ledger_differs',
          tenant: id,
          problems: result.ok ? result.value.problems.slice(0, 5) : [],
          differences: projection.differences.slice(0, 5),
        }),
      );
    }
  }
  await bindingsOf(platform).DIRECTORY.put(CURSOR_KEY, slice.length < SLICE ? '' : (slice.at(-1)?.id ?? ''));
  return { verified: slice.length, problems };
}
