/** A handler's context in tests that call it by hand. */
import { env } from '../../tests/contract/tenants.ts';
import type { TenantId } from '../../shared/ids.ts';
import { platformOf } from '../env.ts';
import { tenantShard } from '../storage/platform-db.ts';
import type { EffectContext } from './effects.ts';
import { together } from './together.ts';

/** What a batch of one reads and writes; phases are not kept. */
export const byHand = (tenantId: TenantId): Pick<EffectContext, 'phase' | 'together'> => ({
  phase: () => Promise.resolve(),
  together: together(platformOf(env), tenantShard(platformOf(env), tenantId), 150_000),
});
