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
