/**
 * Both faces in a real browser against the started product: sign-in, the calendar live, moving by keyboard and by mouse, a call with its
 * receipt, a top-up through Checkout with the balance following by itself; accessible, in two languages, asking no foreign host.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { findChromium } from '../../dev/browser.ts';
import {
  appointmentResponse,
  type BookRequest,
  bookResponse,
  calendarDayResponse,
} from '../../shared/contract/appointments.ts';
import { callListResponse, callResponse } from '../../shared/contract/calls.ts';
import { meResponse } from '../../shared/contract/identity.ts';
import { balanceResponse, bonusTiersResponse, transactionListResponse } from '../../shared/contract/money.ts';
import { problem } from '../../shared/contract/parts.ts';
import { callObject, DEMO, eventually, type Instance, startInstance } from './harness.ts';
import { freeSlots, type Slot } from './scenario.ts';

/** Flags of a machine without a network of its own: none of Chromium's own look-ups. */
const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const DESKTOP = { width: 1360, height: 860 };
const PHONE = { width: 390, height: 844 };
const AXE_RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** What shows up by itself must do so within this time; generous, because the test machine is shared. */
const LIVE_MS = 5_000;

const executablePath = findChromium();
const pictures = mkdtempSync(path.join(os.tmpdir(), 'askpro-faces-'));
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Look {
  viewport: { width: number; height: number };
  colorScheme: 'light' | 'dark';
  locale: 'de-DE' | 'en-GB';
}
const GERMAN_DESK: Look = { viewport: DESKTOP, colorScheme: 'light', locale: 'de-DE' };
const LOOKS: [string, Look][] = [
  ['desk-light-de', GERMAN_DESK],
  ['desk-dark-en', { viewport: DESKTOP, colorScheme: 'dark', locale: 'en-GB' }],
  ['phone-light-en', { viewport: PHONE, colorScheme: 'light', locale: 'en-GB' }],
  ['phone-dark-de', { viewport: { width: 360, height: 780 }, colorScheme: 'dark', locale: 'de-DE' }],
];

describe.skipIf(executablePath === null)('the faces', () => {
  let instance: Instance;
  let browser: Browser;
  let base: string;
  let slots: Slot[];
  let keptState: string | undefined;
  const foreign = new Set<string>();
  const errors: string[] = [];

  beforeAll(async () => {
    instance = await startInstance({ env: { RATE_LIMIT_SCALE: '1000' } });
    base = `http://localhost:${instance.port}`;
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: CHROMIUM_FLAGS });
    slots = await freeSlots(instance, DEMO.salon.apiKey, { service: 'Haarschnitt', count: 40 });
    console.log(`pictures: ${pictures}`);
  });
  afterAll(async () => {
    await browser?.close();
    await instance?.stop();
    if (keptState !== undefined) rmSync(keptState, { recursive: true, force: true });
  });

  /** A fresh browser profile; every request it makes is judged. */
  async function visitor(look: Look): Promise<BrowserContext> {
    const context = await browser.newContext({ ...look, reducedMotion: 'reduce' });
    context.on('request', (request) => {
      const { hostname, port, protocol } = new URL(request.url());
      const isOurs =
        /^([a-z-]+\.)?localhost$|^127\.0\.0\.1$/.test(hostname) &&
        [instance.port, instance.sandboxPort].includes(Number(port));
      if (protocol.startsWith('http') && !isOurs) foreign.add(request.url());
    });
    // The narrowest screen also goes without our font, as a first visit on a slow line does: the fallback is wider.
    if (look.viewport.width < PHONE.width) await context.route('**/*.woff2', (route) => route.abort());
    context.on('weberror', (error) => errors.push(error.error().message));
    return context;
  }

  async function signedIn(look: Look, email: string = DEMO.salon.owner): Promise<BrowserContext> {
    const context = await visitor(look);
    const cookies = (await instance.signIn(email)).split('; ').map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return { name, value: value.join('='), url: base };
    });
    await context.addCookies(cookies);
    return context;
  }

  async function bookThroughApi(slot: Slot, name: string): Promise<string> {
    const customer = await instance.api('/api/v1/customers', DEMO.salon.apiKey, {
      body: {
        first_name: name.split(' ')[0],
        last_name: name.split(' ')[1],
        phones: [`+4915799${Math.floor(100_000 + Math.random() * 899_999)}`],
      },
    });
    expect(customer.status, customer.text).toBeLessThan(300);
    const answer = await instance.api('/api/v2/bookings', DEMO.salon.apiKey, {
      body: {
        customer_id: customer.json().data.id,
        service_id: slot.serviceId,
        staff_id: slot.staffId,
        branch_id: slot.branchId,
        starts_at: slot.startsAt,
        source: 'api',
      } satisfies BookRequest,
      headers: { 'idempotency-key': randomUUID() },
    });
    expect(answer.status, answer.text).toBeLessThan(300);
    return answer.as(bookResponse).appointment_id;
  }

  const startOf = async (id: string): Promise<string> =>
    (await instance.api(`/api/v1/appointments/${id}`, DEMO.salon.apiKey)).as(appointmentResponse).data.starts_at;

  const calendarUrl = (slot: Slot): string =>
    `${base}/admin/appointments/calendar?branch=${slot.branchId}&date=${berlinDate(slot.startsAt)}`;

  const block = (page: Page, id: string) => page.locator(`[data-appointment="${id}"]`).first();

  /** So many free slots of one person on one day, in order: one to book, the others to move to. */
  function slotsOfOneDay(count: number): [Slot, ...Slot[]] {
    const rows = Map.groupBy(slots, (slot) => `${slot.staffId} ${berlinDate(slot.startsAt)}`);
    const row = [...rows.values()].find((found) => found.length >= count)?.slice(0, count) ?? [];
    const [first, ...others] = row;
    if (!first) throw new Error(`nobody has ${count} free slots on one day`);
    slots = slots.filter((slot) => !row.includes(slot));
    return [first, ...others];
  }

  async function isAccessible(page: Page): Promise<void> {
    await page.evaluate(axeSource);
    // as text: this project is typed for Node, the page is not
    const found = await page.evaluate<{ violations: AxeFinding[] }>(
      `axe.run(document, { runOnly: ${JSON.stringify(AXE_RULES)} })`,
    );
    const told = found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(' | ')}`);
    expect(told, page.url()).toEqual([]);
  }

  it('answers what the contract promises', async () => {
    const cookie = await instance.signIn(DEMO.salon.owner);
    const get = async <T extends z.ZodType>(schema: T, target: string): Promise<z.output<T>> => {
      const answer = await instance.request(target, { headers: { cookie } });
      expect(answer.status, `${target}: ${answer.text.slice(0, 500)}`).toBe(200);
      return answer.as(schema);
    };
    const me = await get(meResponse, '/api/me');
    const branch = me.data.branches[0];
    await get(
      calendarDayResponse,
      `/api/v1/calendar/day?branch_id=${branch?.id}&date=${berlinDate(slots[0]?.startsAt ?? '')}`,
    );
    const calls = await get(callListResponse, '/api/v1/calls?limit=50');
    const withReceipt = calls.data.find((call) => call.charged_cents !== null) ?? calls.data[0];
    const call = await get(callResponse, `/api/v1/calls/${withReceipt?.id}`);
    const receipt = call.data.receipt;
    if (receipt) expect(receipt.lines.reduce((sum, line) => sum + line.amount_micros, 0)).toBe(receipt.price_micros);
    await get(balanceResponse, '/customer/balance');
    const page = await get(transactionListResponse, '/api/v2/transactions?limit=10');
    expect(page.data.length).toBe(10);
    await get(bonusTiersResponse, '/api/v2/bonus-tiers');
    const refused = await instance.request('/api/v1/calls/call_unknown', { headers: { cookie } });
    expect(refused.status).toBe(404);
    refused.as(problem);
  });

  it.each([
    ['portal', 40_000],
    ['admin', 330_000],
  ])('loads %s with at most %i bytes of script (gzip)', async (face, limit) => {
    const html = (await instance.request(`/${face}/login`)).text;
    const scripts = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map((match) => match[1] ?? '');
    expect(scripts.length).toBeGreaterThan(0);
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>\s*\S|\son[a-z]+=/);
    const sizes = await Promise.all(
      scripts.map(async (script) => gzipSync((await instance.request(script)).text).length),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(limit);
  });

  it('lets people in with the right password only, and opens the page they asked for', async () => {
    const context = await visitor(GERMAN_DESK);
    const page = await context.newPage();
    await page.goto(`${base}/admin/calls`);
    await page.getByLabel('E-Mail-Adresse').fill(DEMO.salon.owner);
    await page.getByLabel('Passwort', { exact: true }).fill('falsch-falsch');
    await page.getByRole('button', { name: 'Anmelden' }).click();
    await page.getByText('E-Mail-Adresse oder Passwort stimmt nicht').waitFor();
    await page.getByLabel('Passwort', { exact: true }).fill(DEMO.password);
    await page.getByRole('button', { name: 'Anmelden' }).click();
    await page.getByRole('heading', { name: 'Anrufe', level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/admin/calls');
    await page.getByRole('button', { name: /Benutzermenü/ }).click();
    await page.getByRole('menuitem', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Calls', level: 1 }).waitFor();
    await page.getByRole('button', { name: /User menu/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect((await page.request.get(`${base}/api/me`)).status()).toBe(401);
    await context.close();
  });

  it('shows a booking made elsewhere without a reload, and moves it by keyboard and back by Undo', async () => {
    const [slot, target = slot] = slotsOfOneDay(2);
    const context = await signedIn(GERMAN_DESK);
    const page = await context.newPage();
    await page.goto(calendarUrl(slot));
    await page.getByText('Live', { exact: true }).waitFor();
    await page.locator('.booking-calendar .ec-day').first().waitFor();
    const id = await bookThroughApi(slot, 'Frieda Livetest');
    await block(page, id).waitFor({ timeout: LIVE_MS });
    expect(await block(page, id).innerText()).toContain('Frieda Livetest');

    await block(page, id).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Verschieben …' }).press('Enter');
    await page.getByLabel('Andere Uhrzeit').fill(berlinTime(target.startsAt));
    await page.getByRole('button', { name: 'Verschieben', exact: true }).press('Enter');
    await page.getByText(/Frieda Livetest: verschoben auf/).waitFor();
    expect(await startOf(id)).toBe(new Date(target.startsAt).toISOString());

    await page.getByRole('button', { name: 'Rückgängig' }).click();
    await page.getByText('Frieda Livetest: wieder am alten Platz').waitFor();
    expect(await startOf(id)).toBe(new Date(slot.startsAt).toISOString());
    await context.close();
  });

  it('moves by drag and drop, and puts a block back with alternatives when the time is taken', async () => {
    const [slot, taken = slot, free = slot] = slotsOfOneDay(3);
    const [id, other] = [await bookThroughApi(slot, 'Greta Ziehtest'), await bookThroughApi(taken, 'Bernd Besetzt')];
    const context = await signedIn(GERMAN_DESK);
    const page = await context.newPage();
    await page.goto(calendarUrl(slot));
    await block(page, other).waitFor();

    await drag(page, id, minutesBetween(slot.startsAt, free.startsAt));
    await page.getByText(/Greta Ziehtest: verschoben auf/).waitFor();
    expect(await startOf(id)).toBe(new Date(free.startsAt).toISOString());

    await drag(page, id, minutesBetween(free.startsAt, taken.startsAt));
    await page.getByText('Diese Zeit ist nicht frei').waitFor();
    expect(await startOf(id)).toBe(new Date(free.startsAt).toISOString());
    await isAccessible(page);
    await page.screenshot({ path: path.join(pictures, 'conflict.png') });
    const offer = page.getByRole('dialog').getByRole('alert').getByRole('button').first();
    await offer.click();
    const before = new Date(free.startsAt).toISOString();
    await eventually(
      () => startOf(id),
      (now) => now !== before,
      { withinMs: LIVE_MS, what: 'the offered time is taken' },
    );
    await context.close();
  });

  /** Drags a block by minutes within its column, as a hand would: press, a little, all the way, release. */
  async function drag(page: Page, id: string, minutes: number): Promise<void> {
    // the grid may be drawn anew at any moment: look until it stands
    const from = await eventually(
      async () => {
        const element = block(page, id);
        await element.scrollIntoViewIfNeeded().catch(() => undefined);
        return element.boundingBox().catch(() => null);
      },
      (box) => box !== null,
      { withinMs: LIVE_MS, what: `block ${id} is not on screen` },
    );
    if (!from) return;
    const pixelsPerMinute = 18 / 15;
    const [x, y] = [from.x + from.width / 3, from.y + 10];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 6, y + 6, { steps: 3 });
    await page.mouse.move(x, y + minutes * pixelsPerMinute, { steps: 10 });
    await page.mouse.up();
  }

  it('cancels with a word to the policy, and shows cancelled ones on demand', async () => {
    const [slot] = slotsOfOneDay(1);
    const id = await bookThroughApi(slot, 'Ida Statustest');
    const context = await signedIn(GERMAN_DESK);
    const page = await context.newPage();
    await page.goto(`${calendarUrl(slot)}&appointment=${id}`);
    await page.getByRole('button', { name: 'Absagen …' }).click();
    await page.getByRole('button', { name: 'Termin absagen' }).click();
    const anyway = page.getByRole('button', { name: 'Trotzdem absagen' });
    const done = page.getByText('Ida Statustest: Termin abgesagt');
    await anyway.or(done).first().waitFor();
    if (await anyway.isVisible()) await anyway.click();
    await done.waitFor();
    await block(page, id).waitFor({ state: 'detached' });
    await page.getByRole('switch', { name: 'Abgesagte zeigen' }).click();
    await block(page, id).waitFor();
    const shown = (await instance.api(`/api/v1/appointments/${id}`, DEMO.salon.apiKey)).as(appointmentResponse);
    expect(shown.data.status).toBe('cancelled');
    await context.close();
  });

  it('lists a call while it goes on, and shows conversation, appointment and a receipt that adds up', async () => {
    const context = await signedIn(GERMAN_DESK);
    const page = await context.newPage();
    await page.goto(`${base}/admin/calls`);
    await page.getByText('Live', { exact: true }).waitFor();
    await page.locator('.call-row').first().waitFor();
    const call = callObject(DEMO.salon, '+4915798765432');
    const started = await instance.retell('/webhooks/retell', { event: 'call_started', call });
    expect(started.status, started.text).toBe(200);
    await page.locator('.call-row', { hasText: 'Läuft gerade' }).first().waitFor({ timeout: LIVE_MS });

    const ended = await instance.retell('/webhooks/retell', {
      event: 'call_ended',
      call: {
        ...call,
        call_status: 'ended',
        end_timestamp: call.start_timestamp + 95_000,
        duration_ms: 95_000,
        disconnection_reason: 'user_hangup',
        transcript: 'Agent: Guten Tag.\nUser: Ich hätte gern einen Termin.\n',
        transcript_object: [
          {
            role: 'agent',
            content: 'Guten Tag, hier ist die digitale Assistentin, eine künstliche Intelligenz.',
            words: [],
          },
          { role: 'user', content: 'Ich hätte gern einen Termin.', words: [] },
        ],
        call_cost: {
          combined_cost: 12.5,
          total_duration_seconds: 95,
          product_costs: [{ product: 'retell_tts', cost: 12.5 }],
        },
      },
    });
    expect(ended.status, ended.text).toBe(200);
    await page.goto(`${base}/admin/calls/${call.call_id}`);
    await page.getByText('Ich hätte gern einen Termin.').waitFor({ timeout: LIVE_MS });
    await page.getByRole('heading', { name: 'Beleg' }).waitFor();
    expect(await page.getByText('Die Posten ergeben nicht den Preis').count()).toBe(0);
    await page.screenshot({ path: path.join(pictures, 'call-live.png'), fullPage: true });
    await context.close();
  });

  it('credits a top-up paid at Checkout, and the balance in another window follows by itself', async () => {
    const context = await signedIn(GERMAN_DESK);
    const watcher = await context.newPage();
    await watcher.goto(`${base}/portal`);
    await watcher.getByText('Live', { exact: true }).waitFor();
    const before = await amountOf(watcher);

    const page = await context.newPage();
    await page.goto(`${base}/portal/billing/topup`);
    await page.getByLabel('Anderer Betrag in EUR').fill('460');
    await page.getByText('Noch 40 € bis 10 % Bonus').waitFor();
    await page.getByRole('button', { name: 'Auf 500 € erhöhen' }).click();
    expect(await page.getByTestId('topup-total').innerText()).toMatch(/595,00\s€/);
    expect(await page.getByTestId('topup-bonus').innerText()).toMatch(/\+50,00\s€/);
    await page.getByRole('button', { name: /Weiter zur Zahlung/ }).click();
    await page.waitForURL((url) => Number(url.port) === instance.sandboxPort);
    await page.locator('button[data-method="card"]').click();
    await page.waitForURL(/\/portal\/billing\/topup\?topup=/);
    await page.locator('[data-testid="topup-status"][data-status="completed"]').waitFor({ timeout: 3 * LIVE_MS });
    await page.screenshot({ path: path.join(pictures, 'topup-return.png') });

    await eventually(
      () => amountOf(watcher),
      (cents) => cents === before + 55_000,
      { withinMs: LIVE_MS, what: 'balance' },
    );
    await watcher.getByText('Aufladung').first().waitFor();
    await watcher.getByRole('link', { name: 'Alle Umsätze' }).click();
    await watcher.getByLabel('Art').selectOption('topup');
    await watcher
      .getByRole('button', { name: /Einzelheiten zu/ })
      .first()
      .click();
    await watcher.getByText('Laufende Nummer').waitFor();
    await context.close();
  });

  async function amountOf(page: Page): Promise<number> {
    const figure = page.getByTestId('balance');
    await figure.getByText('€').waitFor();
    return Number((await figure.innerText()).replace(/[^\d-]/g, ''));
  }

  const PAGES: [string, (slot: Slot) => string, Record<'de' | 'en', string>][] = [
    [
      'calendar',
      (slot) => new URL(calendarUrl(slot)).pathname + new URL(calendarUrl(slot)).search,
      { de: 'Geöffnet', en: 'Open' },
    ],
    ['calls', () => '/admin/calls', { de: 'Anrufe', en: 'Calls' }],
    ['portal', () => '/portal', { de: 'Letzte Umsätze', en: 'Latest transactions' }],
    ['topup', () => '/portal/billing/topup', { de: 'Bonusstufen', en: 'Bonus tiers' }],
    ['history', () => '/portal/billing/history', { de: 'Guthaben danach', en: 'Balance after' }],
  ];

  it('wears the brand of its host before anybody has signed in', async () => {
    const context = await visitor(GERMAN_DESK);
    const page = await context.newPage();
    await page.goto(`http://salon-schoen.localhost:${instance.port}/portal/login`);
    await page.getByRole('heading', { name: 'TerminPartner' }).waitFor();
    const fill = await page.evaluate<string>(
      `getComputedStyle(document.querySelector('button[type=submit]')).backgroundColor`,
    );
    expect(fill).toBe('rgb(15, 118, 110)');
    expect(await page.getByText('AskPro').count()).toBe(0);
    await context.close();
  });

  it.each(LOOKS)('is accessible and fits the screen: %s', async (name, look) => {
    const language = look.locale.slice(0, 2) as 'de' | 'en';
    const slot = slots[0];
    if (!slot) throw new Error('no slot left to show');
    const context = await signedIn(look);
    // The account's language is German; the reader's own choice stands above it.
    await context.addInitScript({
      content: `if (location.port === '${instance.port}') localStorage.setItem('askpro.language', '${language}')`,
    });
    for (const [title, target, text] of PAGES) {
      const page = await context.newPage();
      await page.goto(base + target(slot));
      await page
        .getByText(text[language])
        .first()
        .waitFor({ state: title === 'history' ? 'attached' : 'visible' });
      await page.getByText('Live', { exact: true }).waitFor();
      await eventually(
        () => page.locator('[aria-busy="true"]').count(),
        (busy) => busy === 0,
        { what: `${title} keeps loading` },
      );
      if (title === 'calls') await page.locator('.call-row').first().waitFor();
      if (title === 'calendar') await page.locator('[data-appointment]').first().waitFor();
      await page.screenshot({ path: path.join(pictures, `${title}-${name}.png`) });
      await isAccessible(page);
      const width = await page.evaluate<number>('document.documentElement.scrollWidth');
      expect(width, `${title} is wider than the screen`).toBeLessThanOrEqual(look.viewport.width);
      const cut = await page.evaluate<string[]>(
        `[...document.querySelectorAll('input, select, button')]
          .filter((one) => one.offsetWidth > 0 && one.getBoundingClientRect().right > one.parentElement.getBoundingClientRect().right + 1)
          .map((one) => one.id || one.outerHTML.slice(0, 120))`,
      );
      expect(cut, `${title}: controls that stick out of their place`).toEqual([]);
      if (title === 'calls') {
        await page.locator('.call-row a').first().click();
        await page.getByRole('heading', { level: 2 }).first().waitFor();
        await isAccessible(page);
        await page.screenshot({ path: path.join(pictures, `call-${name}.png`), fullPage: true });
      }
      await page.close();
    }
    const guest = await visitor(look);
    for (const face of ['admin', 'portal']) {
      const page = await guest.newPage();
      await page.goto(`${base}/${face}/login`);
      await page.getByText(language === 'de' ? 'E-Mail-Adresse' : 'E-mail address').waitFor();
      await isAccessible(page);
      await page.screenshot({ path: path.join(pictures, `${face}-login-${name}.png`) });
      await page.close();
    }
    await Promise.all([guest.close(), context.close()]);
  });

  it('says when it is cut off, and is live again by itself after a restart', async () => {
    const context = await signedIn(GERMAN_DESK);
    const page = await context.newPage();
    await page.goto(`${base}/portal`);
    await page.getByText('Live', { exact: true }).waitFor();
    const { port, state } = instance;
    await instance.kill9();
    await page.getByText(/Getrennt/).waitFor();
    expect(await page.getByTestId('balance').innerText()).toContain('€');
    instance = await startInstance({ port, state, env: { RATE_LIMIT_SCALE: '1000' } });
    await page.getByText('Live', { exact: true }).waitFor({ timeout: 60_000 });
    await context.close();
    // given a state, the instance leaves it alone when it stops
    keptState = state;
  });

  it('asked no foreign host and threw no error on any page', () => {
    expect([...foreign]).toEqual([]);
    expect(errors).toEqual([]);
  });
});

interface AxeFinding {
  id: string;
  nodes: { target: string[] }[];
}

const berlin = (instant: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin', ...options }).format(new Date(instant));
/** YYYY-MM-DD in the salon's zone. */
const berlinDate = (instant: string): string => berlin(instant, { year: 'numeric', month: '2-digit', day: '2-digit' });
/** HH:MM in the salon's zone. */
const berlinTime = (instant: string): string => berlin(instant, { hour: '2-digit', minute: '2-digit' });
const minutesBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 60_000;
