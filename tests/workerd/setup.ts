/** Applies the D1 migrations once per run to both shards; tests use fresh tenant ids instead of resets. */
import { applyD1Migrations, env } from 'cloudflare:test';
import { beforeAll } from 'vitest';
import './loaded.ts';

beforeAll(async () => {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  await applyD1Migrations(env.DB_SHARD_1, env.TEST_MIGRATIONS);
});
