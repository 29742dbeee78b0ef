/** Nothing of a running development instance leaves this machine: neither what the Worker calls nor what a browser loads. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../dev/browser.ts';
import { callObject, DEMO, type Instance, sleep, startInstance } from './harness.ts';
import { freeSlots } from './scenario.ts';

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\]|[a-z0-9-]+\.localhost)$/;
/** Effects of one booking leave within this time. */
const SETTLE_MS = 6_000;
/** What a page may load after it has said that it is ready. */
const PAGE_SETTLE_MS = 1_500;

let instance: Instance;
beforeAll(async () => {
  instance = await startInstance({ env: { ASKPRO_RECORD_OUTBOUND: 'on', RATE_LIMIT_SCALE: '100' } });
});
afterAll(() => instance?.stop());

it('the Worker calls only the sandbox while a call is booked and a top-up is started', async () => {
  const [slot] = await freeSlots(instance, DEMO.salon.apiKey, { service: 'Haarschnitt', count: 1 });
  const call = callObject(DEMO.salon, '+4915799112233');
  const customer = await instance.retell('/api/retell/check-customer', {
    name: 'check-customer',
    call,
    args: { phone_number: '+4915799112233' },
  });
  const booked = await instance.retell('/api/retell/book-appointment', {
    name: 'book-appointment',
    call,
    args: {
      customer_id: customer.json().customer_id,
      service_id: slot!.serviceId,
      staff_id: slot!.staffId,
      starts_at: slot!.startsAt,
    },
  });
  expect(booked.json()).toMatchObject({ success: true });
  const cookie = await instance.signIn(DEMO.salon.owner);
  const topup = await instance.request('/api/v2/topups', {
    body: { amount_cents: 10_000, method: 'stripe' },
    headers: { cookie, origin: `http://localhost:${instance.port}` },
  });
  expect(topup.status, topup.text).toBe(201);
  await sleep(SETTLE_MS);

  const file = path.join(instance.state, 'outbound.log');
  expect(existsSync(file)).toBe(true);
  const hosts = new Set(
    readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(' ')[0]),
  );
  expect(hosts.size).toBeGreaterThan(0);
  for (const host of hosts) expect(host).toMatch(LOOPBACK);
});

const browserPath = findChromium();
describe.skipIf(browserPath === null)('in Chromium', () => {
  it.each([
    ['/admin/login', '/admin/appointments/calendar', DEMO.salon.owner],
    ['/portal/login', '/portal', DEMO.salon.owner],
  ])('%s and what lies behind it load from this machine alone', async (login, page, email) => {
    const browser = await chromium.launch({ executablePath: browserPath!, args: ['--no-sandbox'] });
    try {
      const context = await browser.newContext();
      const hosts = new Set<string>();
      const refused: string[] = [];
      context.on('request', (sent) => {
        const { protocol, hostname } = new URL(sent.url());
        if (protocol.startsWith('http') || protocol.startsWith('ws')) hosts.add(hostname);
      });
      const tab = await context.newPage();
      tab.on('console', (message) => {
        if (message.type() === 'error' && /Content Security Policy/.test(message.text())) refused.push(message.text());
      });
      const base = `http://localhost:${instance.port}`;
      await tab.goto(`${base}${login}`, { waitUntil: 'load' });
      await tab.locator('input[type=password]').waitFor();
      const cookie = await instance.signIn(email);
      await context.addCookies(
        cookie.split('; ').map((pair) => ({
          name: pair.slice(0, pair.indexOf('=')),
          value: pair.slice(pair.indexOf('=') + 1),
          domain: 'localhost',
          path: '/',
        })),
      );
      await tab.goto(`${base}${page}`, { waitUntil: 'load' });
      await sleep(PAGE_SETTLE_MS);
      expect(hosts.size).toBeGreaterThan(0);
      for (const host of hosts) expect(host).toMatch(LOOPBACK);
      expect(refused).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});
