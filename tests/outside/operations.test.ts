/**
 * The operator's page in a real browser, over files that were damaged while the product stood still: an event of a ledger that nobody can
 * read, an entry of another that somebody changed, a payment that fits nothing. Each has its way out by clicks, and ends with the right balance.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { balanceResponse } from '../../shared/contract/money.ts';
import { admin, hasBrowser, isWellMade, LIVE_MS, LOOKS, languageOf, withBrowser } from './browser.ts';
import { DEMO, eventually, type Instance, startInstance } from './harness.ts';
import { eachObject } from './state-files.ts';

const { de } = admin;
const OPERATOR = 'admin@askproai.test';
const STUCK = 'ten_salon_schoen';
const TAMPERED = 'ten_physio_plus';
const state = mkdtempSync(path.join(os.tmpdir(), 'askpro operations '));

const charge = (instance: Instance, tenantId: string, key: string) =>
  instance.request('/api/dev/seed', {
    body: {
      operations: [
        {
          op: 'usage',
          tenantId,
          command: { key, eventType: 'appointment', quantityScaled: 10_000, occurredAt: Date.now() },
        },
      ],
    },
  });
/** A kept-alive connection may have been closed while the browser worked: such a question is asked once more. */
const steady = <T>(ask: () => Promise<T>): Promise<T> => ask().catch(ask);
const balanceOf = async (instance: Instance, apiKey: string): Promise<number> =>
  (await steady(() => instance.api('/customer/balance', apiKey))).as(balanceResponse).data.balance_cents;

/** Changes a stopped ledger's file, past its triggers. */
function damage(tenant: string, ...statements: string[]): void {
  eachObject(state, 'TenantLedger', (database, tenantId) => {
    if (tenantId !== tenant) return;
    const triggers = database.all("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'");
    for (const { name } of triggers) database.all(`DROP TRIGGER "${name}"`);
    for (const statement of statements) database.all(statement);
    for (const { sql } of triggers) database.all(String(sql));
  });
}

describe.skipIf(!hasBrowser)('the operator', () => {
  const balances = { stuck: 0, tampered: 0 };
  beforeAll(async () => {
    const instance = await startInstance({ state });
    await charge(instance, TAMPERED, 'operations:whole');
    await instance.request('/api/dev/flush', { body: {} });
    await instance.request('/api/dev/faults', { body: { d1: 'refuse' } });
    await charge(instance, STUCK, 'operations:stuck');
    await instance.request('/api/dev/faults', { body: { d1: 'ok' } });
    balances.stuck = await balanceOf(instance, DEMO.salon.apiKey);
    balances.tampered = await balanceOf(instance, DEMO.physio.apiKey);
    await instance.stop();
    damage(
      STUCK,
      "UPDATE _outbox SET body = '{' WHERE seq = (SELECT max(seq) FROM _outbox)",
      'UPDATE _sinks SET cursor = min(cursor, (SELECT max(seq) FROM _outbox) - 1)',
    );
    damage(
      TAMPERED,
      'UPDATE postings SET amount_micros = amount_micros * 2 WHERE seq = (SELECT max(seq) FROM postings)',
    );
  }, 240_000);
  afterAll(() => rmSync(state, { recursive: true, force: true }));
  const web = withBrowser({ state });

  const rowWith = (page: Page, text: string | RegExp) => page.getByRole('row').filter({ hasText: text }).first();
  /** One way out of a row: its menu, the entry, the reason, the button. */
  async function take(
    page: Page,
    row: string | RegExp,
    way: string,
    more?: (page: Page) => Promise<void>,
  ): Promise<void> {
    await rowWith(page, row)
      .getByRole('button', { name: de('kit.row_actions') })
      .click();
    await page.getByRole('menuitem', { name: way, exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await more?.(page);
    const reason = dialog.getByLabel(de('operations.field.reason'));
    if ((await reason.count()) > 0) await reason.fill('Mit dem Kunden besprochen');
    await dialog.getByRole('button', { name: way, exact: true }).click();
  }

  it('lands on what needs him, lets an unreadable event pass and rebuilds behind it', {
    timeout: 120_000,
  }, async () => {
    const page = await (await web.signedIn(undefined, OPERATOR)).newPage();
    await page.goto(`${web.base}/admin`);
    await page.waitForURL('**/admin/operations');
    const stopped = de('operations.kind.sink_stopped');
    await rowWith(page, stopped).waitFor({ timeout: 4 * LIVE_MS });
    await take(page, stopped, de('operations.act.skip'));
    await page.getByText(de('operations.done', { action: de('operations.act.skip') })).waitFor({ timeout: LIVE_MS });
    await eventually(
      async () => {
        await page.reload();
        await page.getByRole('heading', { level: 1 }).waitFor();
        return page.getByRole('row').filter({ hasText: stopped }).count();
      },
      (count) => count === 0,
      { what: 'the alarm of the stopped sink stays' },
    );
    const rebuilt = await operatorAsks(`/api/v1/objects/${STUCK}/ledger/rebuild`, { reason: 'after the skip' });
    expect(rebuilt.status, rebuilt.text).toBe(200);
    expect(await balanceOf(web.instance, DEMO.salon.apiKey)).toBe(balances.stuck);
    const books = (await web.instance.request(`/api/dev/verify?tenant=${STUCK}`)).json();
    expect(books.tenants[0]).toMatchObject({ ledger: { ok: true }, projection: { ok: true } });
  });

  const operatorAsks = async (target: string, body?: unknown) => {
    const cookie = await steady(() => web.instance.signIn(OPERATOR));
    const headers = { cookie, origin: web.base };
    return web.instance.request(target, { method: 'POST', ...(body !== undefined && { body }), headers });
  };

  it('finds the changed entry, is refused a rebuild over it, and sets it back', { timeout: 120_000 }, async () => {
    const found = await operatorAsks(`/api/v1/objects/${TAMPERED}/ledger/verify`);
    expect(found.json().data, found.text).toMatchObject({ ok: false });
    const page = await (await web.signedIn(undefined, OPERATOR)).newPage();
    await page.goto(`${web.base}/admin/operations?tab=objects`);
    const differs = /Physio/;
    await rowWith(page, differs).waitFor({ timeout: LIVE_MS });
    await take(page, differs, de('operations.act.rebuild'));
    await page
      .getByRole('dialog')
      .getByRole('alert')
      .waitFor({ timeout: 4 * LIVE_MS });
    await page
      .getByRole('dialog')
      .getByRole('button', { name: de('action.back') })
      .click();
    await take(page, differs, de('operations.act.repair'));
    await page.getByText(/^Alles stimmt: \d+ Buchungen geprüft$/).waitFor({ timeout: 4 * LIVE_MS });
    expect(await balanceOf(web.instance, DEMO.physio.apiKey)).toBe(balances.tampered);
  });

  /** A dispute of a payment that nobody knows. */
  async function strangeDispute(name: string): Promise<void> {
    const event = {
      id: `evt_operations_${name}`,
      object: 'event',
      type: 'charge.dispute.created',
      api_version: '2026-03-25.dahlia',
      created: Math.floor(Date.now() / 1000),
      livemode: false,
      data: {
        object: {
          id: `dp_operations_${name}`,
          object: 'dispute',
          amount: 4_200,
          currency: 'eur',
          payment_intent: `pi_operations_${name}`,
          charge: 'ch_operations_1',
          status: 'needs_response',
          reason: 'fraudulent',
          metadata: {},
          balance_transactions: [],
        },
      },
    };
    expect((await steady(() => web.instance.stripe(event))).status).toBe(200);
  }

  it('takes a payment that fits nothing off the list with a reason', { timeout: 60_000 }, async () => {
    await strangeDispute('1');
    const page = await (await web.signedIn(undefined, OPERATOR)).newPage();
    await page.goto(`${web.base}/admin/operations?tab=payments`);
    await rowWith(page, 'charge.dispute.created').waitFor({ timeout: LIVE_MS });
    await take(page, 'charge.dispute.created', de('operations.act.ignore'));
    await page.getByText(de('operations.empty.payments')).waitFor({ timeout: LIVE_MS });
  });

  it.each(LOOKS)('sees pages that are accessible and fit the screen: %s', { timeout: 60_000 }, async (name, look) => {
    // Rows to look at: an alarm and the payment it is about.
    await strangeDispute(name);
    const page = await (await web.signedIn(look, OPERATOR)).newPage();
    for (const tab of ['alarms', 'payments', 'objects', 'parked'] as const) {
      await page.goto(`${web.base}/admin/operations?tab=${tab}`);
      await page.getByRole('heading', { name: admin[languageOf(look)]('operations.title'), level: 1 }).waitFor();
      await isWellMade(web, page, `operations-${tab}-${name}`);
    }
  });

  it('is nobody else', async () => {
    const page = await (await web.signedIn()).newPage();
    await page.goto(`${web.base}/admin/operations`);
    await page.getByText(de('operations.forbidden')).waitFor();
  });
});
