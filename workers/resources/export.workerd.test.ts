/** Lists as files over HTTP through the assembled app: the rows of the list as CSV and XLSX, each with its audit row, for who may. */
import { beforeAll, describe, expect, it } from 'vitest';
import { createExecutionContext } from 'cloudflare:test';
import { app } from '../app.ts';
import { FIXTURES, type FurnishedTenant, furnishTenant } from '../../tests/contract/fixtures.ts';
import { generousEnv } from '../../tests/contract/requests.ts';
import { env, freshAddress, PLATFORM } from '../../tests/contract/tenants.ts';

let tenant: FurnishedTenant;
const NOUNS = ['v1/customers', 'v1/appointments', 'v1/calls', 'v1/activity', 'v2/transactions'] as const;

async function file(path: string): Promise<{ status: number; type: string; name: string; bytes: Uint8Array }> {
  const response = await app.fetch(
    new Request(`${PLATFORM}/api/${path}`, {
      headers: { Authorization: `Bearer ${tenant.apiKey}`, 'CF-Connecting-IP': freshAddress() },
    }),
    generousEnv,
    createExecutionContext(),
  );
  return {
    status: response.status,
    type: response.headers.get('Content-Type') ?? '',
    name: response.headers.get('Content-Disposition') ?? '',
    bytes: new Uint8Array(await response.arrayBuffer()),
  };
}

beforeAll(async () => {
  tenant = await furnishTenant(async () => '');
  for (const noun of ['customer', 'appointment', 'call', 'transaction']) await FIXTURES[noun]?.(tenant);
  await Promise.all([tenant.scope.calendar.flush(2_000), tenant.scope.ledger.flush(2_000)]);
});

describe('a list as a file', () => {
  it.each(NOUNS)('%s: CSV with a byte order mark, with commas or semicolons', async (noun) => {
    const comma = await file(`${noun}/export`);
    expect([comma.status, comma.type]).toEqual([200, 'text/csv; charset=UTF-8']);
    expect(comma.name).toMatch(/attachment; filename="[a-z]+-\d{4}-\d\d-\d\d\.csv"/);
    expect([...comma.bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = new TextDecoder().decode(comma.bytes).trimEnd().split('\r\n');
    expect(lines.length).toBeGreaterThan(1);
    const semicolon = new TextDecoder().decode((await file(`${noun}/export?separator=semicolon`)).bytes);
    expect(semicolon.split('\r\n')[0]).toBe(lines[0]?.replaceAll(',', ';'));
  });

  it.each(NOUNS)('%s: XLSX, an archive with its directory', async (noun) => {
    const { status, type, name, bytes } = await file(`${noun}/export?format=xlsx`);
    expect([status, type]).toEqual([200, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet']);
    expect(name).toContain('.xlsx"');
    const view = new DataView(bytes.buffer);
    expect([view.getUint32(0, true), view.getUint32(bytes.length - 22, true)]).toEqual([0x04034b50, 0x06054b50]);
  });

  it('who took which list away stands in the activity log', async () => {
    const count = async (): Promise<number> =>
      (
        await env.DB.prepare(
          "SELECT count(*) AS n FROM audit_log WHERE tenant_id = ? AND description = 'appointment.exported'",
        )
          .bind(tenant.tenantId)
          .first<{ n: number }>()
      )?.n ?? 0;
    const before = await count();
    await file('v1/appointments/export?format=xlsx&status=confirmed');
    expect(await count()).toBe(before + 1);
  });
});
