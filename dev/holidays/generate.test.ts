/** The holiday data that is committed is what the generator writes today. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { DATA_FILE, holidayData } from './generate.ts';

it('shared/holiday-data.ts is what dev/holidays/generate.ts writes', () => {
  expect(readFileSync(DATA_FILE, 'utf8')).toBe(holidayData());
}, 60_000);
