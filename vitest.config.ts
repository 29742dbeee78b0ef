/**
 * Three test projects: `pure` (rules and properties, node threads), `workerd` (real objects, D1 and queues inside the
 * runtime; a fresh tenant id per test, no reset between tests), `outside` (drives the started product).
 */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';
import { HalvesSequencer } from './dev/halves.ts';
import { parseVariables } from './dev/server/variables.ts';

/** The documented values, so that somebody's own .dev.vars cannot change what the tests see. */
const documented = parseVariables(readFileSync('.dev.vars.example', 'utf8'));

export default defineConfig({
  test: {
    sequence: { sequencer: HalvesSequencer },
    projects: [
      {
        test: {
          name: 'pure',
          environment: 'node',
          // Vitest leaves one core to itself, which on two cores means one worker.
          maxWorkers: Math.max(2, availableParallelism()),
          // Rules keep no state: loading every module anew for each of a hundred files would be a third of the work.
          isolate: false,
          // Seconds of computing on a calm machine; a busy one takes many times as long, and that is no failure.
          testTimeout: 60_000,
          include: ['{shared,workers,web,dev,tests}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.workerd.test.ts', 'tests/outside/**', '**/node_modules/**'],
          setupFiles: ['./tests/pure/setup.ts'],
        },
      },
      {
        plugins: [
          cloudflareTest(async () => ({
            main: './tests/workerd/entry.ts',
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              bindings: {
                ...documented,
                // a closed port: whatever a test does not stub is refused at once, and nothing ever leaves the machine
                ...Object.fromEntries(
                  ['STRIPE', 'CALCOM', 'RETELL', 'TWILIO', 'TELEGRAM', 'PWNED'].map((vendor) => [
                    `${vendor}_API_BASE`,
                    'http://127.0.0.1:9',
                  ]),
                ),
                SMTP_URL: 'smtp://127.0.0.1:9',
                ENVIRONMENT: 'test',
                // a test waits for whatever is behind an answer
                LOG_HOLD_MS: '0',
                // seed and number of generated inputs, as in tests/pure/setup.ts; empty = the suite's own
                FC_SEED: process.env['FC_SEED'] ?? '',
                FC_RUNS: process.env['FC_RUNS'] ?? '',
                TEST_MIGRATIONS: await readD1Migrations('./migrations'),
              },
              // a second shard and the object runtime's probe object exist in tests only
              d1Databases: { DB_SHARD_1: 'shard-1' },
              durableObjects: { PROBE: { className: 'ProbeObject', useSQLite: true } },
            },
          })),
        ],
        test: {
          name: 'workerd',
          include: ['{shared,workers,tests}/**/*.workerd.test.ts'],
          setupFiles: ['./tests/workerd/setup.ts'],
          isolate: false,
          // Vitest waits at the end for every line it took off the console, and a line from an object's own context (an alarm after the last
          // test) is only sent with the next message: the run hung for good when that was the last one. The runtime prints them itself.
          disableConsoleIntercept: true,
          // One runtime for all files of a run; dev/test.ts starts two runs with half of the files each.
          maxWorkers: 1,
          // after the pure project, which has two workers: vitest runs projects with different numbers in groups
          sequence: { groupOrder: 1 },
          testTimeout: 30_000,
          // the first hook migrates both shards and loads every module: on a busy machine far more than vitest's ten seconds
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'outside',
          environment: 'node',
          include: ['tests/outside/**/*.test.ts'],
          globalSetup: ['./tests/outside/global-setup.ts'],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
