/** Call backs in the started product: asked for on the phone, taken, done and opened again on their page. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { admin, hasBrowser, isWellMade, languageOf, LOOKS, withBrowser } from './browser.ts';
import { callObject, DEMO } from './harness.ts';

const { de } = admin;

describe.skipIf(!hasBrowser)('call backs', () => {
  const web = withBrowser();
  const { api } = web;
  const index = (): string => `${web.base}/admin/callbacks`;
  const state = async (id: string) => (await api(`/api/v1/callback-requests/${id}`)).json().data;

  /** Somebody asks on the phone to be called back. */
  async function asked(name: string): Promise<string> {
    const call = callObject(DEMO.salon, `+4915744${Math.floor(100_000 + Math.random() * 899_999)}`);
    const answered = await web.instance.retell('/api/retell/request-callback', {
      name: 'request_callback',
      call,
      args: { customer_name: name, reason: 'Frage zur Farbe', when: 'morgen um zehn' },
    });
    expect(answered.status, answered.text).toBe(200);
    const { callback_request_id: id } = answered.json();
    expect(id, answered.text).toBeTypeOf('string');
    return id;
  }
  const press = (page: Page, status: 'done' | 'assigned' | 'failed' | 'open') =>
    page.getByRole('button', { name: de(`callbacks.do.${status}`), exact: true }).click();

  it('one is found by its name, taken, done, and opened again', async () => {
    const id = await asked('Rita Rückruf');
    const page = await (await web.signedIn()).newPage();
    await page.goto(index());
    await page.getByRole('link', { name: 'Rita Rückruf' }).first().click();
    await page.getByText('Frage zur Farbe').waitFor();
    await press(page, 'assigned');
    await page.getByText(de('callbacks.became.assigned')).waitFor();
    expect(await state(id)).toMatchObject({ status: 'assigned', assigned_to: expect.stringMatching(/^usr_/) });
    await press(page, 'done');
    await page.getByText(de('callbacks.became.done')).waitFor();
    expect(await state(id)).toMatchObject({ status: 'done', closed_at: expect.any(String) });
    await press(page, 'open');
    await page.getByText(de('callbacks.became.open')).waitFor();
    expect(await state(id)).toMatchObject({ status: 'open', closed_at: null, assigned_to: null });
  });

  it('is tried, handed over, put off and reached; the next open one is a press away', async () => {
    const [id, other] = [await asked('Vera Versuch'), await asked('Nora Nächste')];
    const page = await (await web.signedIn()).newPage();
    await page.goto(`${index()}/${id}`);
    const phone = await page.getByRole('link', { name: de('callbacks.call_now') }).getAttribute('href');
    expect(phone).toMatch(/^tel:\+49/);
    await page.getByText(de('callbacks.outcome.voicemail'), { exact: true }).click();
    await page.getByLabel(de('callbacks.note')).fill('Bitte noch einmal am Abend.');
    await page.getByRole('button', { name: de('callbacks.record') }).click();
    await page.getByText(de('callbacks.recorded')).waitFor();
    await page.getByText('Bitte noch einmal am Abend.').last().waitFor();
    // the message stands over what lies at the end of the page
    await page.locator('.mantine-Notification-root').getByRole('button').click();
    await page.getByRole('button', { name: de('callbacks.make_high') }).click();
    await page.getByRole('button', { name: de('callbacks.make_normal') }).waitFor();
    const before = Date.parse((await state(id)).due_at);
    await page.getByRole('button', { name: de('callbacks.later.hour') }).click();
    await expect.poll(async () => Date.parse((await state(id)).due_at)).not.toBe(before);
    const assignees = page.getByRole('combobox', { name: de('callbacks.assign') });
    await assignees.selectOption({ index: 1 });
    await expect.poll(async () => (await state(id)).status).toBe('assigned');
    await page.getByText(de('callbacks.outcome.reached'), { exact: true }).click();
    await page.getByRole('button', { name: de('callbacks.record') }).click();
    await page.getByText(de('callbacks.recorded_done')).waitFor();
    expect(await state(id)).toMatchObject({ status: 'done', tries: 2, priority: 'high' });
    await page.getByRole('link', { name: de('callbacks.next_open') }).click();
    await page.waitForURL((url) => /\/admin\/callbacks\/cbr_/.test(url.pathname) && !url.pathname.endsWith(id));
    expect(other).toMatch(/^cbr_/);
  });

  it('what is closed leaves the list of open ones and stands in its own', async () => {
    const id = await asked('Gerda Geschlossen');
    expect((await api(`/api/v1/callback-requests/${id}`, { method: 'PATCH', body: { status: 'failed' } })).status).toBe(
      200,
    );
    const page = await (await web.signedIn()).newPage();
    await page.goto(index());
    await page.getByRole('heading', { name: de('callbacks.title'), level: 1 }).waitFor();
    await page.getByRole('tab', { name: de('callbacks.tab.failed') }).click();
    await page.getByRole('link', { name: 'Gerda Geschlossen' }).first().waitFor();
    await page.getByRole('tab', { name: de('callbacks.tab.open') }).click();
    await page.getByRole('link', { name: 'Gerda Geschlossen' }).first().waitFor({ state: 'detached' });
  });

  it('an empty list says so', async () => {
    // This one's demo data has no call backs.
    const page = await (await web.signedIn(undefined, DEMO.barber.owner)).newPage();
    await page.goto(`${index()}?list=assigned`);
    await page.getByText(de('kit.empty_tab_hint')).waitFor();
  });

  it('is not there for who may not see call backs', async () => {
    const page = await (await web.signedIn(undefined, DEMO.salon.staff)).newPage();
    await page.goto(index());
    await page.getByText(de('callbacks.forbidden')).waitFor();
    expect(await page.getByRole('link', { name: de('nav.callbacks') }).count()).toBe(0);
  });

  it.each(LOOKS)('the pages are accessible and fit the screen: %s', async (name, look) => {
    const id = await asked('Anna Ansicht');
    const say = admin[languageOf(look)];
    const page = await (await web.signedIn(look)).newPage();
    await page.goto(index());
    await page.getByRole('link', { name: 'Anna Ansicht' }).first().waitFor();
    await isWellMade(web, page, `callbacks-${name}`);
    await page.goto(`${index()}/${id}`);
    await page.getByRole('button', { name: say('callbacks.do.done'), exact: true }).waitFor();
    await isWellMade(web, page, `callback-${name}`);
  });

  it('the list of customers who were not there for three years is read from the longest absence on', async () => {
    const page = await (await web.signedIn()).newPage();
    const read = page.waitForRequest((request) => /\/api\/v1\/customers\?.*unused_months=36/.test(request.url()));
    await page.goto(`${web.base}/admin/customers?unused_months=36`);
    expect(new URL((await read).url()).searchParams.get('sort')).toBe('last_activity_at');
    await page.getByText(de('customers.unused_36')).first().waitFor();
  });
});
