/** Applies the D1 migrations once per run to both shards; tests use fresh tenant ids instead of resets. */
import { applyD1Migrations, env } from 'cloudflare:test';
import { beforeAll } from 'vitest';
import { loadAll } from '../../shared/lazy.ts';
import '../../workers/index.ts';
import { importOnce } from './once-imported.ts';

importOnce(/\/tests\/workerd\/entry\.ts$/);

beforeAll(async () => {
  // In this test runtime a module that one queue consumer begins to load belongs to it: who waits for it at the same moment hangs.
  await loadAll();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  await applyD1Migrations(env.DB_SHARD_1, env.TEST_MIGRATIONS);
}, 60_000);
