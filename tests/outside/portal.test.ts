/** The portal in a real browser: the live balance, a top-up through Checkout, the transactions, and what it says when it is cut off. */
import { mkdtempSync, rmSync, cpSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, inject, it } from 'vitest';
import {
  cookiesOf,
  GERMAN_DESKTOP,
  hasBrowser,
  isWellMade,
  languageOf,
  LIVE_MS,
  LOOKS,
  portal,
  sentence,
  withBrowser,
} from './browser.ts';
import { DEMO, eventually, startInstance } from './harness.ts';

const { de } = portal;

describe.skipIf(!hasBrowser)('the portal', () => {
  const web = withBrowser();

  async function amountOf(page: Page): Promise<number> {
    const figure = page.getByTestId('balance');
    await figure.getByText('€').waitFor();
    return Number((await figure.innerText()).replace(/[^\d-]/g, ''));
  }

  it('credits a top-up paid at Checkout, and the balance in another window follows by itself', async () => {
    const context = await web.signedIn();
    const watcher = await context.newPage();
    await watcher.goto(`${web.base}/portal`);
    await watcher.getByText(de('live.live'), { exact: true }).waitFor();
    const before = await amountOf(watcher);

    const page = await context.newPage();
    await page.goto(`${web.base}/portal/billing/topup`);
    await page.getByLabel(de('topup.other', { currency: 'EUR' })).fill('460');
    await page.getByText(/40\s€.*10\s%/).waitFor();
    await page.getByRole('button', { name: sentence(de, 'topup.next_apply') }).click();
    expect(await page.getByTestId('topup-total').innerText()).toMatch(/595,00\s€/);
    expect(await page.getByTestId('topup-bonus').innerText()).toMatch(/\+50,00\s€/);
    await page.getByRole('button', { name: sentence(de, 'topup.submit') }).click();
    await page.waitForURL((url) => Number(url.port) === web.instance.sandboxPort);
    await page.locator('button[data-method="card"]').click();
    await page.waitForURL(/\/portal\/billing\/topup\?topup=/);
    await page.locator('[data-testid="topup-status"][data-status="completed"]').waitFor({ timeout: 3 * LIVE_MS });
    await web.picture(page, 'topup-return');

    await eventually(
      () => amountOf(watcher),
      (cents) => cents === before + 55_000,
      { withinMs: LIVE_MS, what: 'balance' },
    );
    await watcher.getByText(de('type.topup')).first().waitFor();
    await watcher.getByRole('link', { name: de('recent.all') }).click();
    await watcher.getByLabel(de('history.type')).selectOption('topup');
    await watcher
      .getByRole('button', { name: sentence(de, 'history.details') })
      .first()
      .click();
    await watcher.getByText(de('history.sequence')).waitFor();
  });

  it('says when it is cut off, and is live again by itself after a restart', async () => {
    // an instance of its own: the others' must not be killed
    const folder = mkdtempSync(path.join(os.tmpdir(), 'askpro-cut-'));
    const state = path.join(folder, 'state');
    cpSync(inject('demoState'), state, { recursive: true });
    const first = await startInstance({ state });
    let second: typeof first | null = null;
    try {
      const context = await web.visitor(GERMAN_DESKTOP, [first.port]);
      await context.addCookies(await cookiesOf(first, DEMO.salon.owner));
      const page = await context.newPage();
      await page.goto(`http://localhost:${first.port}/portal`);
      await page.getByText(de('live.live'), { exact: true }).waitFor();
      await first.kill9();
      await page.getByText(de('live.disconnected')).waitFor();
      expect(await page.getByTestId('balance').innerText()).toContain('€');
      second = await startInstance({ port: first.port, state });
      await page.getByText(de('live.live'), { exact: true }).waitFor({ timeout: 60_000 });
      await context.close();
    } finally {
      await (second ?? first).stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  const PAGES = [
    ['portal', '/portal', 'recent.title'],
    ['topup', '/portal/billing/topup', 'topup.tiers'],
    ['history', '/portal/billing/history', 'history.title'],
  ] as const;

  it.each(LOOKS)('is accessible and fits the screen: %s', async (name, look) => {
    const context = await web.signedIn(look);
    const say = portal[languageOf(look)];
    for (const [title, target, heading] of PAGES) {
      const page = await context.newPage();
      await page.goto(web.base + target);
      await page.getByRole('heading', { name: say(heading) }).waitFor();
      await page.getByText(say('live.live'), { exact: true }).waitFor();
      await isWellMade(web, page, `${title}-${name}`);
      await page.close();
    }
  });
});
