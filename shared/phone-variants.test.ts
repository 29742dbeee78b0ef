/** Phone numbers as callers in Germany, Austria and Switzerland say and type them, expected independently of the reader. */
import { describe, expect, it } from 'vitest';
import fixture from '../tests/fixtures/phone-variants.json' with { type: 'json' };
import { readPhone } from './phone.ts';

interface Row {
  input: string;
  branch_country: string;
  area_code?: string;
  e164: string | null;
  kind?: string;
  action: string;
  extension?: string;
  accept_e164?: (string | null)[];
  accept_action?: string[];
}

const rows = fixture.phones as Row[];

describe('phone numbers nobody wrote the reader for', () => {
  it('are at least 40', () => expect(rows.length).toBeGreaterThanOrEqual(40));
  it.each(rows.map((row) => [row.input, row.branch_country, row] as const))('%s in %s', (input, country, row) => {
    const read = readPhone(input, { country, areaCode: row.area_code });
    expect([row.e164, ...(row.accept_e164 ?? [])]).toContain(read.e164);
    expect([row.action, ...(row.accept_action ?? [])]).toContain(read.action);
    if (row.kind !== undefined) expect(read.kind).toBe(row.kind);
    if (row.extension !== undefined) expect(read.extension).toBe(row.extension);
    if (read.action === 'match') expect(read.e164).not.toBeNull();
  });
});
