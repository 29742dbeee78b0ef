import { afterEach, describe, expect, it, vi } from 'vitest';
import { log } from './log.ts';

afterEach(() => vi.restoreAllMocks());

const written = (write: () => void): { level: string; line: unknown }[] => {
  const lines: { level: string; line: unknown }[] = [];
  for (const level of ['error', 'warn'] as const)
    vi.spyOn(console, level).mockImplementation((line: string) => void lines.push({ level, line: JSON.parse(line) }));
  write();
  return lines;
};

describe('a log line', () => {
  it('has the same members everywhere and leaves out what is not known', () => {
    expect(written(() => log('alarm', 'object_behind', { tenantId: 'ten_a', kind: 'ledger' }))).toEqual([
      {
        level: 'error',
        line: { channel: 'app', level: 'alarm', event: 'object_behind', tenant_id: 'ten_a', kind: 'ledger' },
      },
    ]);
    expect(written(() => log('warn', 'late', { channel: 'webhook', requestId: 'req_1', tenantId: undefined }))).toEqual(
      [{ level: 'warn', line: { channel: 'webhook', level: 'warn', event: 'late', request_id: 'req_1' } }],
    );
  });
  it('masks what a fault says of people', () => {
    const [line] = written(() => log('error', 'failed', { fault: new Error('no SMS to +49 151 2345678, x@y.de') }));
    expect(line?.line).toMatchObject({ error: 'Error: no SMS to …, …@…' });
  });
});
