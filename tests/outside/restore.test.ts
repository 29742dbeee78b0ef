/** The files of a ledger and a calendar object are swapped for older ones while the product is stopped; the runbook brings everything back. */
import { appointmentResponse, bookResponse } from '../../shared/contract/appointments.ts';
import { balanceResponse, transactionListResponse } from '../../shared/contract/money.ts';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { DEMO, eventually, type Instance, startInstance } from './harness.ts';
import { bookSlot, freeSlots } from './scenario.ts';
import { eachObject } from './state-files.ts';

const state = mkdtempSync(path.join(os.tmpdir(), 'askpro restore '));
const kept = mkdtempSync(path.join(os.tmpdir(), 'askpro old '));
let instance: Instance | undefined;

afterAll(async () => {
  await instance?.stop();
  rmSync(state, { recursive: true, force: true });
  rmSync(kept, { recursive: true, force: true });
});

const TENANT = 'ten_salon_schoen';
const CLASSES = ['TenantCalendar', 'TenantLedger'] as const;

/** The database files of the salon's two objects, with what belongs to them (write-ahead log). */
const salonFiles = (): string[] =>
  CLASSES.flatMap((name) => {
    const [file] = eachObject(state, name, (_, tenantId, path) => (tenantId === TENANT ? path : '')).filter(Boolean);
    if (!file) throw new Error(`no ${name} of ${TENANT}`);
    return [file, `${file}-wal`, `${file}-shm`];
  });

const dev = async (running: Instance, target: string, body: unknown = {}) => {
  const answer = await running.request(target, { body });
  expect(answer.status).toBe(200);
  return answer.json();
};
/** The balance when the fee of each booking is in it: they are charged in the background. */
async function balanceWithFees(running: Instance, appointmentIds: readonly string[]): Promise<number> {
  for (const id of appointmentIds)
    await eventually(
      async () => {
        await dev(running, '/api/dev/flush');
        const listed = await running.api(`/api/v2/transactions?q=${id}`, DEMO.salon.apiKey);
        return listed.as(transactionListResponse).data.length;
      },
      (fees) => fees === 1,
      { withinMs: 60_000, everyMs: 300, what: `no fee of ${id}` },
    );
  return (await running.api('/customer/balance', DEMO.salon.apiKey)).as(balanceResponse).data.balance_cents;
}
const verified = async (running: Instance) => {
  const { tenants } = (await running.request(`/api/dev/verify?tenant=${TENANT}`)).json();
  return tenants[0];
};

it('refuses commands on old files, and has every drained booking and entry again after the runbook', {
  timeout: 240_000,
}, async () => {
  instance = await startInstance({ state });
  const slots = await freeSlots(instance, DEMO.salon.apiKey, { service: 'Haarschnitt', count: 12 });
  const book = async (running: Instance, index: number): Promise<{ status: number; id: string }> => {
    const slot = slots[index];
    if (!slot) throw new Error('too few slots');
    const answer = await bookSlot(running, slot, `cus_demo_salon_00${String(10 + index)}`, { notes: 'x' });
    return { status: answer.status, id: answer.status === 201 ? answer.as(bookResponse).appointment_id : '' };
  };
  const first: string[] = [];
  for (let i = 0; i < 4; i++) {
    const made = await book(instance, i);
    expect(made.status).toBe(201);
    first.push(made.id);
  }
  await dev(instance, '/api/dev/flush');
  await instance.stop();
  for (const file of salonFiles()) if (existsSync(file)) copyFileSync(file, path.join(kept, path.basename(file)));
  const swapped = salonFiles();

  instance = await startInstance({ state });
  const later: string[] = [];
  for (let i = 4; i < 10; i++) {
    const made = await book(instance, i);
    expect(made.status).toBe(201);
    later.push(made.id);
  }
  const charged = await instance.request('/api/dev/seed', {
    body: {
      operations: Array.from({ length: 25 }, (_, i) => ({
        op: 'usage',
        tenantId: TENANT,
        command: { key: `lost:${i}`, eventType: 'appointment', quantityScaled: 10_000, occurredAt: Date.now() },
      })),
    },
  });
  expect(charged.json()).toMatchObject({ done: 25 });
  const balance = await balanceWithFees(instance, [...first, ...later]);
  await instance.stop();
  for (const file of swapped) {
    rmSync(file, { force: true });
    const old = path.join(kept, path.basename(file));
    if (existsSync(old)) copyFileSync(old, file);
  }

  instance = await startInstance({ state });
  const fenced = await book(instance, 10);
  expect(fenced.status).toBe(503);
  for (const kind of ['calendar', 'ledger']) {
    const { report } = await dev(instance, '/api/dev/restore', { tenant: TENANT, kind });
    expect(report).toMatchObject({ epoch: 2, refused: [] });
    expect(report.replayed).toBeGreaterThan(0);
  }
  for (const id of later) {
    const shown = await instance.api(`/api/v1/appointments/${id}`, DEMO.salon.apiKey);
    expect(shown.as(appointmentResponse).data.status).toBe('confirmed');
  }
  expect(await balanceWithFees(instance, [...first, ...later])).toBe(balance);
  const books = await verified(instance);
  expect(books.ledger).toMatchObject({ ok: true });
  expect(books.calendar).toMatchObject({ ok: true, differences: [] });
  expect(books.projection).toMatchObject({ ok: true, differences: [] });
  // and life goes on in the new epoch
  expect((await book(instance, 11)).status).toBe(201);
  const effects = (await instance.request('/api/dev/effects')).json();
  expect(effects.parked).toBe(0);
});
