/** What holds on every page of the panel: one language at a time, honesty about the connection, messages that cover no button, a rail. */
import { describe, expect, it } from 'vitest';
import { admin, GERMAN_DESKTOP, hasBrowser, LIVE_MS, portal, sentence, withBrowser } from './browser.ts';
import { DEMO } from './harness.ts';
import { openDay } from './pages.ts';

const { de, en } = admin;

describe.skipIf(!hasBrowser)('the panel', () => {
  const web = withBrowser();

  it('speaks the account’s language from the first answer on, in a browser of another one', async () => {
    const context = await web.visitor({ ...GERMAN_DESKTOP, locale: 'en-GB' });
    // no choice of their own on this device: the account's German stands above the browser's English
    await context.addInitScript({
      content: `if (location.port !== '') localStorage.removeItem('askpro.language')`,
    });
    const signIn = await context.request.post(`${web.base}/api/auth/sign-in/email`, {
      data: { email: DEMO.salon.owner, password: DEMO.password },
      headers: { origin: web.base },
    });
    expect(signIn.ok()).toBe(true);
    const page = await context.newPage();
    const languages = new Set<string | undefined>();
    page.on('request', (request) => {
      if (/\/(api|customer)\//.test(request.url()) && !/live|stream/.test(request.url()))
        languages.add(request.headers()['accept-language']);
    });
    await page.goto(`${web.base}/portal`);
    await page.getByText(portal.de('live.live'), { exact: true }).waitFor();
    await page.locator('.transactions .line').first().waitFor();
    const shown = await page.locator('.transactions').innerText();
    expect(shown).toMatch(/Anruf|Termin|Aufladung/);
    expect(shown).not.toMatch(/Call|Appointment|Top-up/);
    expect([...languages].filter((language) => language !== 'de')).toEqual([]);
  });

  it('asks again in the other language when the reader switches', async () => {
    // An account of its own: the choice is kept with it.
    const page = await (await web.signedIn(GERMAN_DESKTOP, 'owner@physio-plus.test')).newPage();
    await page.goto(`${web.base}/portal`);
    const table = page.locator('.transactions');
    await table.getByText('Terminbuchung').first().waitFor();
    await page.getByRole('button', { name: sentence(portal.de, 'user_menu') }).click();
    await page.getByLabel(portal.de('language.label')).selectOption('en');
    await page.getByRole('heading', { name: portal.en('recent.title') }).waitFor();
    await table.getByText('Terminbuchung').first().waitFor({ state: 'detached', timeout: LIVE_MS });
    // and the next page comes in it
    await page.reload();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.getByRole('heading', { name: portal.en('recent.title') }).waitFor();
  });

  it('says that there is no connection, and of when what it shows is', async () => {
    const context = await web.signedIn();
    const page = await context.newPage();
    await page.goto(`${web.base}/admin/calls`);
    await page.getByText(de('live.live'), { exact: true }).waitFor();
    await context.setOffline(true);
    const bar = page.getByText(sentence(de, 'offline.bar'));
    await bar.waitFor({ timeout: LIVE_MS });
    expect(await bar.innerText()).toMatch(/\d\d:\d\d/);
    expect(await page.getByText(de('live.live'), { exact: true }).count()).toBe(0);
    await page.getByRole('tab', { name: de('calls.question.negative') }).click();
    // rows that are kept are shown as kept
    await page.locator('.kit-list[data-stale]').waitFor({ timeout: LIVE_MS });
    await context.setOffline(false);
    await bar.waitFor({ state: 'detached', timeout: 3 * LIVE_MS });
    await page.locator('.kit-list:not([data-stale])').waitFor({ timeout: 3 * LIVE_MS });
  });

  it('is a rail of named icons between phone and desktop', async () => {
    const page = await (await web.signedIn({ ...GERMAN_DESKTOP, viewport: { width: 820, height: 1180 } })).newPage();
    await page.goto(`${web.base}/admin/calls`);
    await page.getByRole('heading', { name: de('calls.title'), level: 1 }).waitFor();
    const calls = page.getByRole('navigation').getByRole('link', { name: de('nav.calls') });
    const box = await calls.boundingBox();
    expect(box?.width ?? 999).toBeLessThanOrEqual(56);
    expect(await calls.getAttribute('title')).toBe(de('nav.calls'));
    await web.picture(page, 'rail');
  });

  it('asks questions of calls in words, by name and by day, in an address that reads like it', async () => {
    const page = await (await web.signedIn()).newPage();
    await page.goto(`${web.base}/admin/calls`);
    const rows = page.locator('.kit-row-link');
    await rows.first().waitFor();
    await page.getByRole('tab', { name: de('calls.question.negative') }).click();
    await page.waitForURL(/\/admin\/calls\?list=negative$/);
    const moods = async () => {
      const badges = await page.locator('.kit-table tbody tr').allInnerTexts();
      return badges.length > 0 && badges.every((row) => row.includes(de('sentiment.negative')));
    };
    await expect.poll(moods, { timeout: LIVE_MS }).toBe(true);

    await page.getByRole('tab', { name: de('calls.question.all') }).click();
    const caller = (await rows.first().innerText()).trim();
    await page.getByRole('searchbox').fill(caller);
    await page.waitForURL(/\/admin\/calls\?q=/);
    await expect.poll(async () => new Set(await rows.allInnerTexts()), { timeout: LIVE_MS }).toEqual(new Set([caller]));
    await page.getByRole('button', { name: de('action.reset_filters') }).click();

    // a day before the product had any call
    await page.getByLabel(de('calls.to'), { exact: true }).fill('01.02.2020');
    await page.waitForURL(/\/admin\/calls\?started_before=2020-02-01$/);
    await page.getByText(de('kit.no_match_title')).waitFor();
    expect(new URL(page.url()).search).not.toContain('%7B');
  });

  it('shows messages where no drawer has its buttons', async () => {
    for (const viewport of [
      { width: 1440, height: 900 },
      { width: 390, height: 844 },
    ]) {
      const page = await (await web.signedIn({ ...GERMAN_DESKTOP, viewport })).newPage();
      await page.goto(`${web.base}/admin/appointments/calendar?date=${openDay()}`);
      await page.locator('[data-appointment].is-confirmed').first().click();
      await page.getByRole('button', { name: de('appointment.move') }).click();
      await page.locator('button.free-time').nth(3).click();
      await page.getByRole('button', { name: de('move.submit'), exact: true }).click();
      const message = page.locator('.mantine-Notification-root').first();
      await message.waitFor({ timeout: LIVE_MS });
      // the next drawer opens while the message still stands
      await page.locator('[data-appointment].is-confirmed').first().click();
      const buttons = page.locator('.drawer-actions button');
      await buttons.first().waitFor();
      const said = await message.boundingBox();
      for (const button of await buttons.all()) {
        const box = await button.boundingBox();
        expect(said && box && overlap(said, box), `${viewport.width}`).toBe(false);
      }
      await message.getByRole('button', { name: de('action.undo') }).click();
      await page.getByText(sentence(de, 'move.undone')).waitFor({ timeout: LIVE_MS });
      await page.close();
    }
  });

  it('in English as in German, whatever is chosen', async () => {
    const page = await (await web.signedIn({ ...GERMAN_DESKTOP, locale: 'en-GB' })).newPage();
    await page.goto(`${web.base}/admin/calls`);
    await page.getByRole('heading', { name: en('calls.title'), level: 1 }).waitFor();
  });
});

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
