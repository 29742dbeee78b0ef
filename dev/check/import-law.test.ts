import { describe, expect, it } from 'vitest';
import { readSource } from './import-graph.ts';
import { judge } from './import-law.ts';

const judgeOne = (path: string, code: string) => judge([readSource(path, code)]);

describe('the import law catches a breach and names the door', () => {
  it.each([
    ['shared/money.ts', "import fs from 'node:fs';", 'vocabulary'],
    [
      'workers/telephony/caller.ts',
      "import type { Token } from '../../shared/spoken-time/words/token.ts';",
      'index.ts',
    ],
    ['shared/money.ts', "import type { Env } from '../workers/env.ts';", 'vocabulary'],
    ['web/admin/main.tsx', "import { x } from '../../workers/http/problem.ts';", 'over HTTP'],
    ['workers/calendar/rules/book.ts', "import { x } from '../demo/demo.ts';", 'never ship'],
    ['workers/calendar/rules/book.ts', "import { Hono } from 'hono';", 'a rule is pure'],
    ['workers/calendar/rules/book.ts', 'export async function decide() {}', 'no waiting'],
    ['workers/ledger/rules/post.ts', 'export const x = () => Math.random();', 'no chance'],
    ['workers/telephony/speech.ts', '/** Pure: sentences. */\nexport const f = async () => {};', 'no waiting'],
    ['workers/telephony/answer.ts', 'export const x = () => Date.now();', 'processNow'],
    ['workers/telephony/answer.ts', 'export const x = () => new Date();', 'processNow'],
    ['workers/object-runtime/drain.ts', "import { x } from '../calendar/book.ts';", 'the kit below all rooms'],
    ['workers/calendar/calendar-object.ts', "import { x } from '../integrations/calcom.ts';", 'called by effects'],
    [
      'workers/calendar/calendar-object.ts',
      "import { L } from '../ledger/ledger-object.ts';",
      'do not know each other',
    ],
    ['workers/telephony/book.ts', "import { open } from '../calendar/client.ts';", 'openTenant'],
    ['workers/telephony/routes.ts', "import { C } from '../calendar/calendar-object.ts';", 'workers/index.ts alone'],
    ['workers/crm/list.ts', "import { eq } from 'drizzle-orm';", 'workers/storage/'],
    ['workers/storage/rows.ts', "import { x } from '../calendar/book.ts';", 'know no module'],
    ['workers/projection/apply.ts', "import type { X } from '../ledger/types.ts';", 'know no module'],
    ['workers/events/catalogue.ts', "import type { X } from '../calendar/types.ts';", 'lies below all modules'],
    ['workers/http/session.ts', "import { x } from '../ledger/rules/post.ts';", 'who asks'],
    ['workers/payments/routes.ts', "import { x } from '../integrations/stripe.ts';", 'action file'],
    ['workers/integrations/stripe.ts', "import type { Env } from '../env.ts';", 'take what you need'],
    ['workers/calendar-sync/jobs.ts', "import { Hono } from 'hono';", 'no request'],
    ['workers/telephony/call.ts', "import { x } from '../crm/match.ts';", 'reach into each other'],
    ['workers/telephony/call.ts', "import { Temporal } from 'temporal-polyfill';", 'shared/time.ts'],
    ['workers/telephony/call.ts', 'export const f = (env: { DB: unknown }) => env.DB;', 'scoped handle'],
    ['workers/telephony/call.ts', "export const f = () => import('../crm/match.ts');", 'reach into each other'],
    ['workers/crm/match.ts', "export { x } from '../telephony/call.ts';", 'reach into each other'],
  ])('%s with %s', (path, code, door) => {
    expect(judgeOne(path, code).join('\n')).toContain(door);
  });

  it('finds a circle, and no circle where only types or lazy imports close it', () => {
    const a = readSource('workers/crm/a.ts', "import { b } from './b.ts'; export const a = b;");
    const circle = readSource('workers/crm/b.ts', "import { a } from './a.ts'; export const b = a;");
    const types = readSource('workers/crm/b.ts', "import type { a } from './a.ts'; export const b: typeof a = 1;");
    const lazy = readSource('workers/crm/b.ts', "export const b = () => import('./a.ts');");
    expect(judge([a, circle]).join()).toContain('circle of imports');
    expect(judge([a, types])).toEqual([]);
    expect(judge([a, lazy])).toEqual([]);
  });
});

describe('the import law lets honest code pass', () => {
  it.each([
    ['workers/index.ts', "import { C } from './calendar/calendar-object.ts'; export { C };"],
    ['workers/tenancy/scope.ts', "import { port } from '../calendar/client.ts'; export { port };"],
    [
      'workers/calendar/rules/book.ts',
      "import type { Env } from '../env.ts'; import { ok } from '../../shared/result.ts'; export { ok };",
    ],
    [
      'workers/calendar/routes.ts',
      "import { Hono } from 'hono'; import { x } from '../http/problem.ts'; export const f = async () => [Hono, x];",
    ],
    [
      'workers/storage/tenant-db.ts',
      "import { eq } from 'drizzle-orm'; export const f = (env: { DB: unknown }) => [env.DB, eq];",
    ],
    ['shared/clock.ts', 'export const now = () => Date.now();'],
    ['workers/crm/match.test.ts', "import { x } from '../telephony/call.ts'; export const y = [x, Date.now()];"],
  ])('%s', (path, code) => {
    expect(judgeOne(path, code)).toEqual([]);
  });
});
