/** What follows the development clock besides alarms and queues: the sandbox, whose signatures would otherwise be too old or too new. */
import type { Instant } from '../../shared/clock.ts';
import { type Platform, bindingsOf } from '../env.ts';
import { sweep } from '../operations/effects.ts';
import { pingAll } from '../operations/ping.ts';

const PATIENCE_MS = 1_000;

export async function clockMoved(platform: Platform, now: Instant): Promise<void> {
  const vendor = new URL(platform.config.STRIPE_API_BASE);
  if (vendor.hostname === '127.0.0.1' && bindingsOf(platform).ENVIRONMENT === 'development') {
    await fetch(new URL('/_sandbox/clock', vendor), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ now: new Date(now).toISOString() }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    }).catch(() => undefined);
  }
  // With D1 down (a fault a developer may have set) tenants cannot be listed; their objects' alarms still fire.
  await pingAll(platform).catch(() => undefined);
  await sweep(platform).catch(() => undefined);
}
