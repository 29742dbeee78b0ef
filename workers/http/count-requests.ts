/** Counts how requests end, for the error rate of the detailed health: in memory, added to a row of D1 once a minute and isolate. Called by request-context.ts. */
import type { Context } from 'hono';
import { processNow, realNow } from '../../shared/clock.ts';
import type { Platform } from '../env.ts';
import { log } from '../log.ts';
import { addRequests } from '../storage/queries/checks.ts';

const EVERY_MS = 60_000;

let counted = { requests: 0, failed: 0 };
/** real ms at which the present count began; null: nothing was counted yet */
let since: number | null = null;

/** @param status of the answer; 5xx is ours */
export function countRequestEnd(c: Pick<Context, 'executionCtx'>, platform: Platform, status: number): void {
  const now = realNow();
  since ??= now;
  counted.requests++;
  if (status >= 500) counted.failed++;
  if (now - since < EVERY_MS) return;
  const ended = counted;
  counted = { requests: 0, failed: 0 };
  since = now;
  c.executionCtx.waitUntil(
    addRequests(platform, processNow(), ended).catch((fault: unknown) =>
      log('warn', 'requests_not_counted', { ...ended, fault }),
    ),
  );
}
