/** The list of calls and one call with its receipt, in a real browser; each test makes the call it looks at. */
import { describe, expect, it } from 'vitest';
import { admin, hasBrowser, isAccessible, isWellMade, languageOf, LIVE_MS, LOOKS, withBrowser } from './browser.ts';
import { callObject, DEMO } from './harness.ts';

const { de } = admin;

describe.skipIf(!hasBrowser)('the calls', () => {
  const web = withBrowser();

  /** A call of 95 seconds that has been transcribed. */
  async function finish(call: ReturnType<typeof callObject>, request: string): Promise<void> {
    const ended = await web.instance.retell('/webhooks/retell', {
      event: 'call_ended',
      call: {
        ...call,
        call_status: 'ended',
        end_timestamp: call.start_timestamp + 95_000,
        duration_ms: 95_000,
        disconnection_reason: 'user_hangup',
        transcript: `Agent: Guten Tag.\nUser: ${request}\n`,
        transcript_object: [
          {
            role: 'agent',
            content: 'Guten Tag, hier ist die digitale Assistentin, eine künstliche Intelligenz.',
            words: [],
          },
          { role: 'user', content: request, words: [] },
        ],
        call_cost: {
          combined_cost: 12.5,
          total_duration_seconds: 95,
          product_costs: [{ product: 'retell_tts', cost: 12.5 }],
        },
      },
    });
    expect(ended.status, ended.text).toBe(200);
  }

  async function ring(from: string): Promise<ReturnType<typeof callObject>> {
    const call = callObject(DEMO.salon, from);
    const started = await web.instance.retell('/webhooks/retell', { event: 'call_started', call });
    expect(started.status, started.text).toBe(200);
    return call;
  }

  it('lists a call while it goes on, and shows conversation, appointment and a receipt that adds up', async () => {
    const request = 'Ich hätte gern einen Termin.';
    const page = await (await web.signedIn()).newPage();
    await page.goto(`${web.base}/admin/calls`);
    await page.getByText(de('live.live'), { exact: true }).waitFor();
    await page.getByRole('row').nth(1).waitFor();
    const call = await ring('+4915798765432');
    const row = page.getByRole('row').filter({ hasText: de('calls.status.ongoing') });
    await row.first().waitFor({ timeout: LIVE_MS });

    await finish(call, request);
    await page.goto(`${web.base}/admin/calls/${call.call_id}`);
    await page.getByText(request).waitFor({ timeout: LIVE_MS });
    await page.getByRole('heading', { name: de('receipt.title') }).waitFor();
    expect(await page.getByText(de('receipt.mismatch')).count()).toBe(0);
    await web.picture(page, 'call-live', true);
  });

  it('shows the lines of a running call as they are spoken, and what the agent did between them', async () => {
    const page = await (await web.signedIn()).newPage();
    const call = await ring('+4915798765434');
    await page.goto(`${web.base}/admin/calls/${call.call_id}`);
    await page.getByText(de('call.lines_soon')).waitFor({ timeout: LIVE_MS });
    await page.getByText(de('live.live'), { exact: true }).waitFor();
    const turns: { role: string; content: string; words: { word: string; start: number }[] }[] = [];
    const say = async (role: 'agent' | 'user', content: string): Promise<void> => {
      turns.push({ role, content, words: [{ word: content, start: turns.length * 4 }] });
      const body = { event: 'transcript_updated', call: { ...call, call_status: 'ongoing', transcript_object: turns } };
      expect((await web.instance.retell('/webhooks/retell', body)).status).toBe(200);
      await page.getByText(content).waitFor({ timeout: LIVE_MS });
    };
    await say('agent', 'Guten Tag, hier ist die digitale Assistentin.');
    await say('user', 'Wann haben Sie geöffnet?');
    const asked = await web.instance.retell('/api/retell/opening-hours', {
      name: 'opening_hours',
      call: { ...call, transcript_object: turns },
      args: {},
    });
    expect(asked.status, asked.text).toBe(200);
    await page.getByText(de('call.step.opening-hours')).waitFor({ timeout: LIVE_MS });
    await say('agent', 'Von Dienstag bis Samstag.');
    const order = await page.locator('.transcript > li').allInnerTexts();
    expect(order.map((text) => text.includes(de('call.step.opening-hours')))).toEqual([false, false, true, false]);
    await web.picture(page, 'call-running', true);
  });

  it('is marked as seen, belongs to whom a person says, and comes back after it was deleted', async () => {
    const call = await ring('+4915798765435');
    await finish(call, 'Nur eine Frage.');
    const page = await (await web.signedIn()).newPage();
    await page.goto(`${web.base}/admin/calls/${call.call_id}`);
    await page.getByRole('button', { name: de('call.see') }).click();
    await page.getByRole('button', { name: de('call.unsee') }).waitFor({ timeout: LIVE_MS });

    await page.getByRole('button', { name: /^(Zuordnen|Anders zuordnen)$/ }).click();
    await page.getByLabel(de('calls.person')).fill('a');
    await page.getByRole('option').first().click();
    await page.getByRole('button', { name: de('call.unlink') }).waitFor({ timeout: LIVE_MS });
    const shown = (await web.api(`/api/v1/calls/${call.call_id}`)).json().data;
    expect(shown).toMatchObject({
      customer: { id: expect.stringMatching(/^cus_/) },
      reviewed_by: { name: expect.any(String) },
    });
    const booking = await page.getByRole('link', { name: de('call.book') }).getAttribute('href');
    expect(new URLSearchParams(booking?.split('?')[1]).get('call')).toBe(call.call_id);
    await page.getByRole('button', { name: de('call.unlink') }).click();
    await page.getByText(de('call.person_none')).waitFor({ timeout: LIVE_MS });

    await page.locator('.call-actions .control-square').click();
    await page.getByRole('menuitem', { name: de('kit.delete') }).click();
    await page.waitForURL(/\/admin\/calls$/);
    expect((await web.api(`/api/v1/calls/${call.call_id}`)).status).toBe(404);
    await page.getByRole('button', { name: de('action.undo') }).click();
    await expect
      .poll(async () => (await web.api(`/api/v1/calls/${call.call_id}`)).status, { timeout: LIVE_MS })
      .toBe(200);
  });

  it('is found by number and by words of its summary, and the list leaves as a file', async () => {
    const page = await (await web.signedIn()).newPage();
    await page.goto(`${web.base}/admin/calls`);
    await page.getByRole('searchbox').fill('rückruf');
    const rows = page.locator('.kit-table tbody tr');
    await expect
      .poll(async () => (await rows.allInnerTexts()).every((row) => /Rückruf/.test(row)), { timeout: LIVE_MS })
      .toBe(true);
    expect(await rows.count()).toBeGreaterThan(0);
    const file = await web.api('/api/v1/calls/export?format=csv&q=r%C3%BCckruf');
    expect(file.text.split('\r\n')[0]).toContain('id,started_at');
  });

  it('says at once that a call does not exist', async () => {
    const page = await (await web.signedIn()).newPage();
    await page.goto(`${web.base}/admin/calls/call_unknown`);
    await page.getByRole('heading', { name: de('page.not_found'), level: 1 }).waitFor({ timeout: LIVE_MS });
  });

  it.each(LOOKS)('are accessible and fit the screen: %s', async (name, look) => {
    const call = await ring('+4915798765433');
    await finish(call, 'Danke, nein.');
    const page = await (await web.signedIn(look)).newPage();
    await page.goto(`${web.base}/admin/calls`);
    await page.getByRole('heading', { name: admin[languageOf(look)]('calls.title'), level: 1 }).waitFor();
    await page.getByRole('row').nth(1).waitFor();
    await isWellMade(web, page, `calls-${name}`);
    await page.goto(`${web.base}/admin/calls/${call.call_id}`);
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    await isAccessible(page);
    await web.picture(page, `call-${name}`, true);
  });
});
