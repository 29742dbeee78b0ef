/** Presence: two colleagues on one day see each other, a hidden or closed page is gone, and what fails hides nobody's calendar. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  admin,
  berlinDate,
  hasBrowser,
  isAccessible,
  isWellMade,
  languageOf,
  LIVE_MS,
  LOOKS,
  withBrowser,
} from './browser.ts';
import { DEMO } from './harness.ts';
import { bookSlot, freeSlots, madeCustomer } from './scenario.ts';

const { de } = admin;

describe.skipIf(!hasBrowser)('presence', () => {
  const web = withBrowser();
  let calendar = '';
  beforeAll(async () => {
    const [slot] = await freeSlots(web.instance, DEMO.salon.apiKey, { service: 'Haarschnitt', count: 1 });
    if (!slot) throw new Error('no free slot');
    const customer = await madeCustomer(web.instance, { first_name: 'Pia', last_name: 'Präsent' });
    await bookSlot(web.instance, slot, customer.id);
    const date = berlinDate(slot.startsAt);
    calendar = `/admin/appointments/calendar?${new URLSearchParams({ branch: slot.branchId, date })}`;
  });
  const avatars = (page: Page, days = 1) => page.getByRole('list', { name: de('presence.label', { count: days }) });
  async function opened(email: string, path = calendar): Promise<Page> {
    const page = await (await web.signedIn(undefined, email)).newPage();
    await page.goto(`${web.base}${path}`);
    await page.locator('.booking-calendar .ec-day').first().waitFor();
    return page;
  }
  /** As if the tab were covered by another one, or shown again. */
  const show = (page: Page, state: 'visible' | 'hidden') =>
    page.evaluate(
      `Object.defineProperty(document, 'visibilityState', { value: '${state}', configurable: true }); document.dispatchEvent(new Event('visibilitychange'))`,
    );

  it('two colleagues see each other; who hides the tab or goes to another day is gone', async () => {
    const owner = await opened(DEMO.salon.owner);
    const colleague = await opened(DEMO.salon.staff);
    // The second is told of the first at once, the first of the second with the next sign.
    await avatars(colleague).waitFor({ timeout: LIVE_MS });
    const named = await avatars(colleague).getByRole('listitem').first().getAttribute('title');
    expect(named).not.toBe('');
    await show(owner, 'hidden');
    await show(owner, 'visible');
    await avatars(owner).waitFor({ timeout: LIVE_MS });
    await web.picture(owner, 'presence');
    await isAccessible(owner);

    const left = colleague.waitForResponse('**/api/v1/presence');
    await show(colleague, 'hidden');
    await left;
    await show(owner, 'hidden');
    await show(owner, 'visible');
    await avatars(owner).waitFor({ state: 'detached', timeout: LIVE_MS });
    await show(colleague, 'visible');
    await avatars(colleague).waitFor({ timeout: LIVE_MS });
    const gone = colleague.waitForResponse(
      (answer) =>
        (answer.url().endsWith('/api/v1/presence') && answer.request().postData()?.includes('"here":false')) === true,
    );
    await colleague
      .getByRole('button', { name: de('calendar.next_day') })
      .first()
      .click();
    await avatars(colleague).waitFor({ state: 'detached', timeout: LIVE_MS });
    // told to the server too, or the next test would still see the colleague on the day
    await gone;
  });

  it('a week is a look at each of its days, a month at none', async () => {
    const colleague = await opened(DEMO.salon.staff, `${calendar}&view=week`);
    const owner = await opened(DEMO.salon.owner);
    await avatars(owner).waitFor({ timeout: LIVE_MS });
    await show(colleague, 'hidden');
    await show(colleague, 'visible');
    await avatars(colleague, 7).waitFor({ timeout: LIVE_MS });
    const gone = colleague.waitForResponse(
      (answer) =>
        (answer.url().endsWith('/api/v1/presence') && answer.request().postData()?.includes('"here":false')) === true,
    );
    await colleague.getByLabel(de('calendar.view'), { exact: true }).selectOption('month');
    await gone;
    await avatars(colleague, 7).waitFor({ state: 'detached' });
    await show(owner, 'hidden');
    await show(owner, 'visible');
    await avatars(owner).waitFor({ state: 'detached', timeout: LIVE_MS });
    const left = owner.waitForResponse('**/api/v1/presence');
    await show(owner, 'hidden');
    await left;
  });

  it('a tab of one’s own is nobody else, and a failure hides the others alone', async () => {
    const context = await web.signedIn();
    const [one, two] = [await context.newPage(), await context.newPage()];
    let said = 0;
    for (const page of [one, two]) {
      page.on('response', (answer) => {
        if (answer.url().endsWith('/api/v1/presence')) said++;
      });
      const answered = page.waitForResponse('**/api/v1/presence');
      await page.goto(`${web.base}${calendar}&view=rooms`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await answered;
    }
    expect(said).toBeGreaterThanOrEqual(2);
    expect(await avatars(two).count()).toBe(0);
    const broken = await context.newPage();
    await broken.route('**/api/v1/presence', (route) => route.abort());
    await broken.goto(`${web.base}${calendar}`);
    await broken.locator('.booking-calendar .ec-day').first().waitFor();
    expect(await broken.getByRole('alert').count()).toBe(0);
  });

  it.each(LOOKS)('many colleagues are five and a number, and two on a phone: %s', async (name, look) => {
    const page = await (await web.signedIn(look)).newPage();
    const others = Array.from({ length: 9 }, (_, n) => ({ user_id: `usr_${n}`, name: `Person Nummer${n}` }));
    await page.route('**/api/v1/presence', (route) =>
      route.fulfill({ json: { success: true, data: { others, more: 2 } } }),
    );
    await page.goto(`${web.base}${calendar}`);
    const list = page.getByRole('list', { name: admin[languageOf(look)]('presence.label', { count: 1 }) });
    await list.waitFor();
    const shown = look.viewport.width < 768 ? 2 : 5;
    expect(await list.getByRole('listitem').count()).toBe(shown + 1);
    await list.getByText(`+${11 - shown}`).waitFor();
    await isWellMade(web, page, `presence-${name}`);
  });
});
