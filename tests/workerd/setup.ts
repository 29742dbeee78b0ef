/** Loads every module and applies the D1 migrations to both shards, once per run; tests use fresh tenant ids instead of resets. */
import { applyD1Migrations, env } from 'cloudflare:test';
import { beforeAll } from 'vitest';
import { loadAll } from '../../shared/lazy.ts';
import '../../workers/index.ts';
import { importOnce } from './once-imported.ts';

importOnce(/\/tests\/workerd\/entry\.ts$/);

/** Set once all is loaded and migrated: this file is evaluated before each file of the run, and the runtime is the same for all. */
const READY = Symbol.for('askpro.test-runtime-ready');
const runtime = globalThis as { [READY]?: true };

beforeAll(async () => {
  if (runtime[READY]) return;
  // In this test runtime a module that one queue consumer begins to load belongs to it: who waits for it at the same moment hangs.
  await loadAll();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  await applyD1Migrations(env.DB_SHARD_1, env.TEST_MIGRATIONS);
  runtime[READY] = true;
}, 60_000);
