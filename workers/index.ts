/** Entry of the Worker: fetch, queue, scheduled and the object classes. Wiring only. */
import { lazy } from '../shared/lazy.ts';
import { app } from './app.ts';
import type { Env, QueueMessage } from './env.ts';
import { consume } from './queues.ts';

export { TenantCalendar } from './calendar/calendar-object.ts';
export { TenantLedger } from './ledger/ledger-object.ts';
export { RateGate } from './tenancy/rate-gate.ts';

const cron = lazy(() => import('./cron.ts'));

export default {
  fetch: (request, env, ctx) => app.fetch(request, env, ctx),
  queue: (batch, env) => consume(batch, env),
  scheduled: (_event, env, ctx) => {
    ctx.waitUntil((async () => (await cron()).runSchedule(env))());
  },
} satisfies ExportedHandler<Env, QueueMessage>;
