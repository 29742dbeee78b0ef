/** The day's page in the started product: figures that count up by themselves, a call read along, what waits and is settled there, the day's strip, widgets that are arranged. */
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { SHOWN_AT_FIRST, type WidgetName, WIDGET_NAMES } from '../../shared/widget-names.ts';
import {
  admin,
  berlinDate,
  GERMAN_DESKTOP,
  hasBrowser,
  hasLoaded,
  isAccessible,
  isWellMade,
  languageOf,
  LIVE_MS,
  LOOKS,
  withBrowser,
} from './browser.ts';
import { callObject, DEMO } from './harness.ts';
import { bookSlot, freeSlots, madeCustomer } from './scenario.ts';

const { de } = admin;
/** A call of the sandbox takes as long as its words. */
const CALL_MS = 30_000;

describe.skipIf(!hasBrowser)('the day’s page', () => {
  const web = withBrowser();
  const { api } = web;
  const home = (): string => `${web.base}/admin/start`;
  const need = (page: Page, kind: string) => page.locator(`[data-need="${kind}"]`);
  const figure = (page: Page, label: string) =>
    page.locator('.home-figure').filter({ hasText: label }).locator('strong');

  /** An appointment that waits for a person, of somebody with a name of their own. */
  async function pending(name: string): Promise<string> {
    const services = (await api('/api/v1/services?limit=100')).json().data;
    const service = services.find((one: { name: { de: string } }) => one.name.de === 'Herrenschnitt');
    const changed = await api(`/api/v1/services/${service.id}`, {
      method: 'PATCH',
      body: { needs_confirmation: true },
      headers: { 'if-match': `"${service.version}"` },
    });
    expect(changed.status, changed.text).toBe(200);
    const customer = await madeCustomer(web.instance, { first_name: 'Petra', last_name: name });
    const [slot] = await freeSlots(web.instance, DEMO.salon.apiKey, { service: 'Herrenschnitt', count: 1 });
    if (slot === undefined) throw new Error('no free slot');
    const booked = await bookSlot(web.instance, slot, customer.id);
    expect(booked.json().status, booked.text).toBe('pending');
    return booked.json().appointment_id as string;
  }

  it('reads along with a call of the sandbox: its card, its lines and the figure come by themselves', {
    timeout: 60_000,
  }, async () => {
    const page = await (await web.signedIn()).newPage();
    await page.goto(home());
    await page.getByText(de('live.live'), { exact: true }).waitFor();
    const calls = figure(page, de('today.calls'));
    await calls.waitFor();
    const before = Number(await calls.innerText());
    const ringing = web.instance.sandbox.request('/_sandbox/retell/call', {
      body: { line: 'salon-schoen', ms_per_word: 60, from_number: '+4915799900011', when: 'übermorgen um halb drei' },
    });
    const card = page.locator('.running-call');
    await card.waitFor({ timeout: LIVE_MS });
    await expect.poll(async () => Number(await calls.innerText()), { timeout: LIVE_MS }).toBe(before + 1);
    await card.locator('.transcript li').first().waitFor({ timeout: CALL_MS });
    const lines = await card.locator('.transcript li').allInnerTexts();
    await web.picture(page, 'home-call', true);
    await expect
      .poll(async () => (await card.locator('.transcript li').allInnerTexts()).join() !== lines.join(), {
        timeout: CALL_MS,
      })
      .toBe(true);
    expect((await ringing).status).toBe(200);
    await card.waitFor({ state: 'detached', timeout: CALL_MS });
  });

  it('an unconfirmed appointment is confirmed there, and Undo in time keeps it as it was', async () => {
    const id = await pending(`Wartend${Date.now() % 100_000}`.replace(/\d/g, (d) => 'abcdefghij'[Number(d)] ?? ''));
    const { customer_name: name } = (await api(`/api/v1/appointments/${id}`)).json().data;
    const page = await (await web.signedIn()).newPage();
    await page.goto(home());
    const row = need(page, 'appointments').getByRole('listitem').filter({ hasText: name });
    const press = () => row.getByRole('button', { name: de('today.confirm_of', { name }) }).click();
    await press();
    await row.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: de('action.undo') }).click();
    await row.waitFor();
    expect((await api(`/api/v1/appointments/${id}`)).json().data.status).toBe('pending');
    await press();
    // Whoever leaves has meant it.
    await page.goto(`${web.base}/admin/calls`);
    await expect
      .poll(async () => (await api(`/api/v1/appointments/${id}`)).json().data.status, { timeout: LIVE_MS })
      .toBe('confirmed');
  });

  it('a call back asked for on the phone appears while one looks, and leads to where it is rung', async () => {
    const page = await (await web.signedIn()).newPage();
    await page.goto(home());
    await page.getByText(de('live.live'), { exact: true }).waitFor();
    await need(page, 'callbacks').waitFor();
    const count = need(page, 'callbacks').locator('.need-count');
    const before = Number(await count.innerText());
    const call = callObject(DEMO.salon, `+4915744${Math.floor(100_000 + Math.random() * 899_999)}`);
    const started = await web.instance.retell('/webhooks/retell', { event: 'call_started', call });
    expect(started.status, started.text).toBe(200);
    const answered = await web.instance.retell('/api/retell/request-callback', {
      name: 'request_callback',
      call,
      args: { customer_name: 'Hanna Heute', reason: 'Frage zum Preis' },
    });
    expect(answered.status, answered.text).toBe(200);
    const ended = { ...call, call_status: 'ended', end_timestamp: call.start_timestamp + 60_000, duration_ms: 60_000 };
    await web.instance.retell('/webhooks/retell', { event: 'call_ended', call: ended });
    await expect.poll(async () => Number(await count.innerText()), { timeout: LIVE_MS }).toBe(before + 1);
    await need(page, 'callbacks')
      .getByRole('link', { name: de('today.need.all', { what: de('today.need.callbacks') }) })
      .click();
    await page.waitForURL(/\/admin\/callbacks/);
  });

  it('the day’s strip has a lane for everybody who works, with what is booked, and leads into the calendar', async () => {
    const [slot] = await freeSlots(web.instance, DEMO.salon.apiKey, { service: 'Kinderschnitt', count: 1 });
    if (slot === undefined) throw new Error('no free slot');
    const customer = await madeCustomer(web.instance, { first_name: 'Sina', last_name: 'Streifen' });
    const date = berlinDate(slot.startsAt);
    const page = await (await web.signedIn()).newPage();
    await page.goto(`${home()}?branch=${slot.branchId}&date=${date}`);
    await page.getByText(de('live.live'), { exact: true }).waitFor();
    const day = (await api(`/api/v1/calendar/day?branch_id=${slot.branchId}&date=${date}`)).json().data;
    const working = day.staff.filter((one: { working: unknown[] }) => one.working.length > 0);
    expect(working.length).toBeGreaterThan(0);
    for (const { name } of working)
      await page
        .getByRole('link', { name: new RegExp(`^${name} `) })
        .first()
        .waitFor();
    // Booked while one looks.
    const booked = await bookSlot(web.instance, slot, customer.id);
    expect(booked.status, booked.text).toBe(201);
    await page.locator(`[data-appointment="${booked.json().appointment_id}"]`).waitFor({ timeout: LIVE_MS });
    await web.picture(page, 'home-strip', true);
    await page.locator('.strip-name').first().click();
    await page.waitForURL(/\/admin\/appointments\/calendar\?.*staff=/);
  });

  const board = (page: Page) => page.locator('.widgets');
  const shown = (page: Page): Promise<string[]> =>
    page.evaluate<string[]>(`[...document.querySelectorAll('[data-widget]')].map((one) => one.dataset.widget)`);
  /** Scrolled to, all of them counted. */
  async function atWidgets(page: Page): Promise<void> {
    await page.locator('.home-figure').first().waitFor();
    // What stands above comes bit by bit, and pushes them down.
    for (let n = 0; n < 100 && (await board(page).count()) === 0; n++) {
      await page.evaluate('scrollTo(0, document.body.scrollHeight)');
      await page.waitForTimeout(200);
    }
    await board(page).waitFor();
    for (let n = 0; n < 12; n++) {
      await page.mouse.wheel(0, 700);
      await page.waitForTimeout(60);
    }
    await hasLoaded(page, 'widgets');
  }

  it('widgets are counted when they come into view, in few requests, with charts of at most 15 kB', async () => {
    const page = await (await web.signedIn({ ...GERMAN_DESKTOP, viewport: { width: 1360, height: 500 } })).newPage();
    const asked: string[] = [];
    let late = 0;
    page.on('response', (response) => {
      const { pathname, searchParams } = new URL(response.url());
      if (pathname === '/api/v1/widgets') asked.push(...(searchParams.get('names') ?? '').split(','));
      if (/\/assets\/widget-board-.*\.js$/.test(pathname))
        void response.body().then((body) => {
          late = gzipSync(body).length;
        });
    });
    await page.goto(home());
    await page.getByRole('heading', { name: de('today.needs'), level: 2 }).waitFor();
    await hasLoaded(page, 'home');
    // Longer than the page waits before it looks whether they are near.
    await page.waitForTimeout(1_500);
    expect(asked).toEqual([]);
    expect(late).toBe(0);
    await atWidgets(page);
    expect(await shown(page)).toEqual(WIDGET_NAMES.slice(0, SHOWN_AT_FIRST));
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked).toContain('peak_hours');
    expect(late).toBeGreaterThan(0);
    expect(late).toBeLessThanOrEqual(15_000);
    await board(page)
      .getByRole('img', { name: new RegExp(de('widget.conversion')) })
      .waitFor();
    await board(page)
      .getByRole('table', { name: de('widget.peak_hours') })
      .waitFor();
    await web.picture(page, 'home-widgets', true);
  });

  it('widgets are arranged by keyboard alone, and stay so on another device', async () => {
    const page = await (await web.signedIn()).newPage();
    await page.goto(home());
    await atWidgets(page);
    const before = await shown(page);
    const [first, second, third] = before as [WidgetName, WidgetName, WidgetName];
    await page.getByRole('button', { name: de('widgets.arrange') }).focus();
    await page.keyboard.press('Enter');
    const named = (name: WidgetName) => ({ name: de(`widget.${name}`) });
    await page.getByRole('button', { name: de('widgets.back', named(first)) }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => shown(page)).toEqual([second, first, ...before.slice(2)]);
    // The focus has gone along: the same key moves it on.
    await page.keyboard.press('Enter');
    await expect.poll(() => shown(page)).toEqual([second, third, first, ...before.slice(3)]);
    await page.getByRole('button', { name: de('widgets.hide', named(second)) }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => shown(page)).toEqual([third, first, ...before.slice(3)]);
    await page.getByRole('button', { name: de('widgets.show', named('sentiment')) }).focus();
    await page.keyboard.press('Enter');
    const after = [third, first, ...before.slice(3), 'sentiment'];
    await expect.poll(() => shown(page)).toEqual(after);
    await web.picture(page, 'home-arranging', true);
    await isAccessible(page);
    const other = await (await web.signedIn()).newPage();
    await other.goto(home());
    await atWidgets(other);
    expect(await shown(other)).toEqual(after);
    await other.getByRole('button', { name: de('widgets.arrange') }).click();
    await other.getByRole('button', { name: de('widgets.reset') }).click();
    await expect.poll(() => shown(other)).toEqual(before);
  });

  it('the operator has queues and webhooks, and nothing of a business', async () => {
    const page = await (await web.signedIn(undefined, 'admin@askproai.test')).newPage();
    await page.goto(home());
    await board(page).waitFor();
    expect(await shown(page)).toEqual(['queues', 'webhook_success']);
    await page.getByRole('link', { name: de('op.queue.webhooks') }).waitFor();
    await isWellMade(web, page, 'home-operator');
  });

  it.each(LOOKS)('is well made: %s', async (name, look) => {
    const words = admin[languageOf(look)];
    const page = await (await web.signedIn(look)).newPage();
    await page.goto(home());
    await page.getByRole('heading', { name: words('home.title'), level: 1 }).waitFor();
    await page.getByRole('heading', { name: words('today.needs'), level: 2 }).waitFor();
    await isWellMade(web, page, `home-${name}`);
    await atWidgets(page);
    await isWellMade(web, page, `home-${name}-below`);
    await web.picture(page, `home-${name}-whole`, true);
  });
});
