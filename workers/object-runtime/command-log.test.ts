/** Outcomes that end with their time are forgotten, also between those that are kept for ever. */
import { expect, it } from 'vitest';
import { CommandLog } from './command-log.ts';
import { RUNTIME_MIGRATIONS } from './schema.ts';
import { memoryStorage } from './sql.fixture.ts';

it('forgets, page by page, what lies between outcomes that are kept for ever', () => {
  const { sql } = memoryStorage();
  for (const migration of RUNTIME_MIGRATIONS) sql.exec(migration.sql);
  const log = new CommandLog(sql);
  const remember = (key: string, expiresAt: number | null): void =>
    log.remember(key, { name: 'n', inputHash: 'h', outcome: '1' }, expiresAt, false);
  remember('terms', null);
  for (let i = 0; i < 2_500; i++) remember(`usage:${i}`, i % 2 === 0 ? 10 : 1_000_000);
  remember('call', null);
  const left = (): number => Number(sql.exec('SELECT count(*) AS n FROM _commands').one()['n']);
  log.forgetExpired(20);
  expect(left()).toBe(2_502 - 1_000);
  log.forgetExpired(30);
  expect(left()).toBe(1_502);
  log.forgetExpired(20 + 60_000);
  expect(left()).toBe(1_252);
  // Round again: what has ended meanwhile is found.
  log.forgetExpired(1_000_000);
  log.forgetExpired(2_000_000);
  expect(left()).toBe(2);
  expect(log.find('terms', 2_000_000)?.counts).toBe(true);
});
