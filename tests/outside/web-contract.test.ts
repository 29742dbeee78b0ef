/** What the web apps stand on, without a browser: answers of the promised shape, and a first load within its budget. */
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { calendarDayResponse } from '../../shared/contract/appointments.ts';
import { callListResponse, callResponse } from '../../shared/contract/calls.ts';
import { meResponse } from '../../shared/contract/identity.ts';
import { balanceResponse, bonusTiersResponse, transactionListResponse } from '../../shared/contract/money.ts';
import { problem } from '../../shared/contract/parts.ts';
import { berlinDate } from './browser.ts';
import { DEMO, type Instance, startInstance } from './harness.ts';
import { freeSlots } from './scenario.ts';

describe('the web apps', () => {
  let instance: Instance;
  beforeAll(async () => {
    instance = await startInstance({ env: { RATE_LIMIT_SCALE: '1000' } });
  });
  afterAll(async () => {
    await instance?.stop();
  });

  it('answers what the contract promises', async () => {
    const [slot] = await freeSlots(instance, DEMO.salon.apiKey, { service: 'Haarschnitt', count: 1 });
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
      `/api/v1/calendar/day?branch_id=${branch?.id}&date=${berlinDate(slot?.startsAt ?? '')}`,
    );
    const calls = await get(callListResponse, '/api/v1/calls?limit=50');
    const withReceipt = calls.data.find((call) => call.charged_cents !== null) ?? calls.data[0];
    const call = await get(callResponse, `/api/v1/calls/${withReceipt?.id}`);
    const receipt = call.data.receipt;
    if (receipt) expect(receipt.lines.reduce((sum, line) => sum + line.amount_micros, 0)).toBe(receipt.price_micros);
    await get(balanceResponse, '/customer/balance');
    const page = await get(transactionListResponse, '/api/v2/transactions?limit=10');
    expect(page.data.length).toBe(10);
    await get(bonusTiersResponse, '/api/v1/bonus-tiers');
    const refused = await instance.request('/api/v1/calls/call_unknown', { headers: { cookie } });
    expect(refused.status).toBe(404);
    refused.as(problem);
  });

  it.each([
    ['portal', true, 40_000],
    // with the calendar, which is where it opens; what a browser loads on each page: first-load.test.ts
    ['admin', true, 250_000],
    ['portal', false, 16_000],
    ['admin', false, 16_000],
  ])('loads %s (signed in: %s) with at most %i bytes of script (gzip)', async (webApp, isSignedIn, limit) => {
    const headers = isSignedIn ? { cookie: await instance.signIn(DEMO.salon.owner) } : {};
    const html = (await instance.request(`/${webApp}/login`, { headers })).text;
    // what its HTML names, and what its first script fetches behind the paint
    const late = /<html[^>]* data-late="([^"]*)"/.exec(html)?.[1]?.split(' ') ?? [];
    const scripts = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)]
      .map((match) => match[1] ?? '')
      .concat(late.filter((file) => file.endsWith('.js')));
    expect(late.length > 0, 'files that come behind the paint').toBe(webApp === 'admin' && isSignedIn);
    expect(scripts.length).toBeGreaterThan(0);
    if (webApp === 'portal' && isSignedIn) {
      const words = scripts.flatMap((file) => /\/portal\.(de|en)-/.exec(file)?.[1] ?? []);
      expect(words, 'the words of its reader alone').toEqual(['de']);
    }
    // what comes along as data is no script
    expect(html).not.toMatch(/<script(?![^>]*\s(?:src=|type="application\/json"))[^>]*>\s*\S|\son[a-z]+=/);
    expect(html.includes('id="page-data"')).toBe(isSignedIn);
    const [first = ''] = scripts;
    for (const file of [first, '/assets/nothing.js']) {
      const { headers: sent } = await instance.request(file);
      expect(sent['x-content-type-options'], file).toBe('nosniff');
      expect(sent['content-security-policy'], file).toContain("frame-ancestors 'none'");
    }
    const sizes = await Promise.all(
      scripts.map(async (script) => gzipSync((await instance.request(script)).text).length),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(limit);
  });
});
