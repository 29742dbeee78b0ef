/**
 * The operator's pages beside the overview in a real browser, over a started product: each is gone to by its link, shows what there is, and
 * what can be done there is done once by a click.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { admin, hasBrowser, isWellMade, LIVE_MS, LOOKS, languageOf, sentence, withBrowser } from './browser.ts';

const OPERATOR = 'admin@askproai.test';
const { de } = admin;

const PRUNE = admin.de('op.work.prune_watch');
const REPAIR = admin.de('op.work.repair_projections');

/** Page → its link, its title, and what stands on it once it is there. */
const PAGES = [
  ['health', 'op.nav.health', 'op.health.title', '.operations-days li'],
  ['queues', 'op.nav.queues', 'op.queue.title', '.kit-table tbody .mantine-Badge-root'],
  ['crons', 'op.nav.crons', 'op.cron.title', '.kit-table tbody .mantine-Badge-root'],
  ['jobs', 'op.nav.jobs', 'op.job.title', '.kit-list'],
  ['webhooks', 'op.nav.webhooks', 'op.hook.title', '.kit-list'],
  ['objects', 'op.nav.objects', 'op.object.title', '.operations-cards .facts'],
  ['logs', 'op.nav.logs', 'op.log.title', '.kit-list'],
  ['defects', 'op.nav.defects', 'op.defect.title', '.kit-list'],
  ['live', 'op.nav.live', 'op.live.title', '.kit-table tbody tr'],
] as const;

describe.skipIf(!hasBrowser)('the operator’s pages', () => {
  const web = withBrowser();
  const row = (page: Page, text: string | RegExp) => page.getByRole('row').filter({ hasText: text }).first();
  const open = async (page: Page, path: string): Promise<void> => {
    await page.goto(`${web.base}/admin/operations/${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
  };
  const operator = async (look?: (typeof LOOKS)[number][1]): Promise<Page> =>
    (await web.signedIn(look, OPERATOR)).newPage();
  /** A way out of a row: its menu, the entry, a reason where one is asked for, the button. */
  async function take(page: Page, text: string | RegExp, way: string): Promise<void> {
    await row(page, text)
      .getByRole('button', { name: de('kit.row_actions') })
      .click();
    await page.getByRole('menuitem', { name: way, exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    const reason = dialog.getByLabel(de('operations.field.reason'));
    if ((await reason.count()) > 0) await reason.fill('Im Browser geprüft');
    await dialog.getByRole('button', { name: way, exact: true }).click();
    await dialog.waitFor({ state: 'hidden', timeout: 4 * LIVE_MS });
  }

  it('leads from the overview to each of them by its link', { timeout: 120_000 }, async () => {
    const page = await operator();
    await page.goto(`${web.base}/admin/operations`);
    const links = page.getByRole('navigation', { name: admin.de('op.nav') });
    for (const [path, link, title, shown] of PAGES) {
      await links.getByRole('link', { name: admin.de(link), exact: true }).click();
      await page.waitForURL(`**/admin/operations/${path}`);
      await page.getByRole('heading', { name: admin.de(title), level: 1 }).waitFor();
      await page
        .locator(shown)
        .first()
        .waitFor({ timeout: 4 * LIVE_MS });
    }
  });

  it.each(LOOKS)('are accessible and fit the screen: %s', { timeout: 180_000 }, async (name, look) => {
    const page = await operator(look);
    for (const [path, , title, shown] of PAGES) {
      await open(page, path === 'objects' ? 'objects?tenant=ten_salon_schoen' : path);
      await page.getByRole('heading', { name: admin[languageOf(look)](title), level: 1 }).waitFor();
      await page
        .locator(shown)
        .first()
        .waitFor({ timeout: 4 * LIVE_MS });
      await isWellMade(web, page, `operating-${path}-${name}`);
    }
  });

  it('tells defects to a collector: entered, tried, never shown again, taken out', { timeout: 60_000 }, async () => {
    const got: string[] = [];
    const collector = createServer((request, response) => {
      got.push(`${request.method} ${request.url}`);
      request.resume();
      response.writeHead(200).end('{}');
    });
    await new Promise<void>((ready) => collector.listen(0, '127.0.0.1', ready));
    const { port } = collector.address() as AddressInfo;
    const key = '0123456789abcdef0123456789abcdef';
    try {
      const page = await operator();
      await open(page, 'defects');
      const card = page.getByRole('region', { name: de('op.forward.title') });
      await card.getByText(de('op.forward.none')).waitFor();
      const field = card.getByLabel(de('op.forward.dsn'), { exact: true });
      await field.fill('https://example.org/1');
      await card.getByRole('button', { name: de('op.forward.save') }).click();
      await card.getByText(de('op.forward.problem')).waitFor();
      await field.fill(`http://${key}@127.0.0.1:${port}/7`);
      await card.getByRole('button', { name: de('op.forward.save') }).click();
      await card.getByText(de('op.forward.place', { host: `127.0.0.1:${port}`, project: '7' })).waitFor();
      await card.getByRole('button', { name: de('op.forward.test') }).click();
      await card.getByText(sentence(de, 'op.forward.went')).waitFor();
      expect(got).toEqual(['POST /api/7/envelope/']);
      expect(await page.content()).not.toContain(key);
      await isWellMade(web, page, 'operating-forwarding');
      await card.getByRole('button', { name: de('op.forward.end') }).click();
      await card.getByText(de('op.forward.none')).waitFor();
    } finally {
      collector.close();
    }
  });

  it('runs a schedule by hand, shows its run, stops it and lets it go on', { timeout: 120_000 }, async () => {
    const page = await operator();
    await open(page, 'crons');
    await take(page, PRUNE, admin.de('op.cron.fire'));
    await row(page, PRUNE)
      .getByRole('button', { name: de('kit.row_actions') })
      .click();
    await page.getByRole('menuitem', { name: admin.de('op.cron.runs'), exact: true }).click();
    await row(page, admin.de('op.cron.by.hand')).waitFor({ timeout: 4 * LIVE_MS });
    await page.goto(`${web.base}/admin/operations/crons`);
    await take(page, PRUNE, admin.de('op.cron.pause'));
    await row(page, /Alte Protokolle entfernen.*Angehalten/).waitFor({ timeout: LIVE_MS });
    await take(page, PRUNE, admin.de('op.cron.resume'));
    await row(page, /Alte Protokolle entfernen.*Fertig/).waitFor({ timeout: LIVE_MS });
  });

  it('begins a dry run over all tenants and sees it end', { timeout: 120_000 }, async () => {
    const page = await operator();
    await open(page, 'jobs');
    await page.getByRole('button', { name: admin.de('op.job.begin') }).click();
    await page.getByRole('menuitem', { name: admin.de('op.job.start.repair_dry') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: admin.de('op.job.start.repair_dry') }).click();
    await dialog.waitFor({ state: 'hidden', timeout: LIVE_MS });
    await row(page, REPAIR).waitFor({ timeout: LIVE_MS });
    await row(page, REPAIR)
      .getByRole('button', { name: de('kit.row_actions') })
      .click();
    await page.getByRole('menuitem', { name: admin.de('op.look'), exact: true }).click();
    await page.getByRole('dialog').getByText(admin.de('op.job.steps')).waitFor();
  });

  it('finds a webhook by its id, reads its body and has it worked on again', { timeout: 120_000 }, async () => {
    const event = {
      id: 'evt_operating_1',
      object: 'event',
      type: 'customer.updated',
      api_version: '2026-03-25.dahlia',
      created: Math.floor(Date.now() / 1000),
      livemode: false,
      data: { object: { id: 'cus_operating', object: 'customer' } },
    };
    expect((await web.instance.stripe(event)).status).toBe(200);
    const page = await operator();
    await open(page, 'webhooks');
    await page.getByLabel(admin.de('op.hook.unique')).fill('evt_operating_1');
    await page.getByRole('button', { name: admin.de('op.search'), exact: true }).click();
    await row(page, 'customer.updated').waitFor({ timeout: LIVE_MS });
    await row(page, 'customer.updated')
      .getByRole('button', { name: de('kit.row_actions') })
      .click();
    await page.getByRole('menuitem', { name: admin.de('op.look'), exact: true }).click();
    await page.getByRole('button', { name: admin.de('op.hook.show_body') }).click();
    await page.getByText('"cus_operating"').waitFor({ timeout: LIVE_MS });
    await page.keyboard.press('Escape');
    await take(page, 'customer.updated', admin.de('op.hook.replay'));
    await row(page, /customer\.updated/).waitFor();
    await page.getByRole('tab', { name: admin.de('op.hook.tab.kinds') }).click();
    await take(page, 'call_analyzed', admin.de('op.kind.switch_off'));
    await row(page, /call_analyzed.*Abgeschaltet/).waitFor({ timeout: LIVE_MS });
    await take(page, 'call_analyzed', admin.de('op.kind.switch_on'));
    await row(page, /call_analyzed.*Wird verarbeitet/).waitFor({ timeout: LIVE_MS });
  });

  it('verifies a tenant’s calendar and says how much it compared', { timeout: 60_000 }, async () => {
    const page = await operator();
    await open(page, 'objects?tenant=ten_salon_schoen');
    const card = page
      .locator('section')
      .filter({ has: page.getByRole('heading', { name: admin.de('op.object.calendar'), exact: true }) });
    await card.getByRole('button', { name: admin.de('op.object.verify') }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: admin.de('op.object.verify') })
      .click();
    await page.getByText(/^Alles stimmt: [\d.]+ Zeilen verglichen$/).waitFor({ timeout: 4 * LIVE_MS });
  });

  it('asks the checks before going live and says what to do', { timeout: 120_000 }, async () => {
    const page = await operator();
    await open(page, 'live');
    for (const name of ['bindings', 'migrations', 'storage', 'queues'] as const) {
      const said = admin.de(`op.live.name.${name}`);
      await page.getByRole('button', { name: `${admin.de('op.live.run')}: ${said}` }).click();
      await row(page, said)
        .getByText(admin.de('op.live.well'), { exact: true })
        .waitFor({ timeout: 6 * LIVE_MS });
    }
    await page.getByRole('button', { name: `${admin.de('op.live.run')}: ${admin.de('op.live.name.dns')}` }).click();
    await row(page, admin.de('op.live.name.dns'))
      .locator('.mantine-Badge-root')
      .waitFor({ timeout: 4 * LIVE_MS });
  });

  it('finds a refused sign-in among the security lines', { timeout: 120_000 }, async () => {
    const refused = await web.instance.request('/api/auth/sign-in/email', {
      method: 'POST',
      body: { email: 'niemand@example.test', password: 'nicht das Passwort' },
    });
    expect(refused.status).toBe(401);
    const page = await operator();
    await open(page, 'logs?channel=security');
    // Lines are kept a minute after they were written, with the next request.
    await expect
      .poll(
        async () => {
          await page.reload();
          await page.getByRole('heading', { level: 1 }).waitFor();
          return row(page, 'invalid_credentials').count();
        },
        { timeout: 100_000, interval: 5_000 },
      )
      .toBeGreaterThan(0);
  });

  it('are nobody else’s', async () => {
    const page = await (await web.signedIn()).newPage();
    for (const [path] of PAGES) {
      await open(page, path);
      await page.getByText(admin.de('op.forbidden')).waitFor();
    }
  });
});
