/** An alarm is raised, never only logged: a line that wakes somebody without a row is forgotten by the next morning. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { ALARM_KINDS } from '../../shared/alarm-kinds.ts';

const workers = path.resolve(import.meta.dirname, '..');
const sources = readdirSync(workers, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.ts$/.test(file) && !/\.(test|fixture)\.ts$/.test(file))
  .map((file) => [file, readFileSync(path.join(workers, file), 'utf8')] as const);

it('nobody logs an alarm but who keeps it', () => {
  const logging = sources.filter(([, code]) => /\blog\(\s*(?:[^)]*\?\s*)?'alarm'/.test(code)).map(([file]) => file);
  expect(logging).toEqual([path.join('alarms', 'raise.ts')]);
});

it('every kind has somebody who raises it', () => {
  const raised = sources
    .filter(([file]) => !file.startsWith('storage'))
    .map(([, code]) => code)
    .join('\n');
  expect(ALARM_KINDS.filter((kind) => !raised.includes(`kind: '${kind}'`))).toEqual([]);
});
