/** Bindings that only the workerd test project has. */
import type { D1Migration } from 'cloudflare:test';
import type { Env as ProductEnv } from '../../workers/env.ts';
import type { ProbeObject } from './probe-object.ts';

declare module 'cloudflare:workers' {
  interface ProvidedEnv extends ProductEnv {}
}
declare global {
  namespace Cloudflare {
    interface Env extends ProductEnv {
      DB_SHARD_1: D1Database;
      TEST_MIGRATIONS: D1Migration[];
      PROBE: DurableObjectNamespace<ProbeObject>;
    }
  }
}
