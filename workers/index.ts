/** Entry of the Worker: fetch, queue, scheduled and the object classes. Wiring only. */
import { lazy } from '../shared/lazy.ts';
import { app } from './app.ts';
import type { TenantCalendar } from './calendar/calendar-object.ts';
import type { Env, QueueMessage } from './env.ts';
import type { TenantLedger } from './ledger/ledger-object.ts';
import type { TenantPresence } from './tenancy/presence-object.ts';
import type { RateGate } from './tenancy/rate-gate.ts';

/** Which class stands behind which namespace is said here, because the classes import env.ts: said there, types would close a circle. */
declare module './env.ts' {
  interface Env {
    CALENDAR: DurableObjectNamespace<TenantCalendar>;
    LEDGER: DurableObjectNamespace<TenantLedger>;
    PRESENCE: DurableObjectNamespace<TenantPresence>;
    RATE_GATE: DurableObjectNamespace<RateGate>;
  }
}

export { TenantCalendar } from './calendar/calendar-object.ts';
export { TenantLedger } from './ledger/ledger-object.ts';
export { TenantPresence } from './tenancy/presence-object.ts';
export { RateGate } from './tenancy/rate-gate.ts';

const cron = lazy(() => import('./cron.ts'));
const queues = lazy(() => import('./queues.ts'));

export default {
  fetch: (request, env, ctx) => app.fetch(request, env, ctx),
  queue: async (batch, env) => (await queues()).consume(batch, env),
  scheduled: (_event, env, ctx) => {
    ctx.waitUntil((async () => (await cron()).runSchedule(env))());
  },
} satisfies ExportedHandler<Env, QueueMessage>;
