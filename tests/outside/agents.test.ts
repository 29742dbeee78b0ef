/** Pages of agents, numbers and the pool, of the portal's calls; and an owner who turns recording on, hears a call and deletes the agent. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { admin, hasBrowser, isWellMade, languageOf, LOOKS, portal, withBrowser } from './browser.ts';
import { DEMO, eventually } from './harness.ts';

/** By what shows that they stand. */
const PAGES: readonly (readonly [name: string, path: string, shown: string, email?: string])[] = [
  ['agents', '/admin/agents', '.kit-table .kit-row-link'],
  ['agent', '/admin/agents/agt_demosalon', '.provisioning-quote'],
  ['agent-new', '/admin/agents/create', '.kit-form'],
  ['numbers', '/admin/numbers', '.kit-table .kit-row-link'],
  ['number', '/admin/numbers/num_demosalon', '.provisioning-codes'],
  ['number-pool', '/admin/number-pool', '.kit-table', 'admin@askproai.test'],
  ['portal-calls', '/portal/calls', '.call strong'],
];

describe.skipIf(!hasBrowser)('agents, numbers and recordings', () => {
  const web = withBrowser();

  it.each(LOOKS)('stand in every look: %s', { timeout: 240_000 }, async (look, how) => {
    for (const [name, path, shown, email] of PAGES) {
      const page = await (await web.signedIn(how, email)).newPage();
      await page.goto(web.base + path);
      await page.locator(shown).first().waitFor();
      await isWellMade(web, page, `${name}-${look}`);
      await web.picture(page, `${name}-${look}-whole`, true);
      await page.context().close();
    }
    expect(languageOf(how)).toMatch(/de|en/);
  });

  /** A new agent of a branch that has none, with a number of its own. */
  async function newAgent(): Promise<{ id: string; number: string }> {
    const made = await web.api('/api/v1/retell-agents', {
      body: {
        name: 'Ida',
        branch_id: 'bra_prenzlberg',
        language: 'de',
        trade: 'hair_salon',
        voice: 'clara',
        first_sentence: null,
        transfer_number: null,
        emergency_number: null,
        abilities: ['book'],
      },
    });
    expect(made.status, made.text).toBe(201);
    const { id } = (made.json() as { data: { id: string } }).data;
    const ordered = await web.api('/api/v1/phone-numbers', { body: { branch_id: 'bra_prenzlberg' } });
    expect(ordered.status, ordered.text).toBe(201);
    const row = (ordered.json() as { data: { id: string; number: string } }).data;
    const given = await web.api(`/api/v1/phone-numbers/${row.id}`, { method: 'PATCH', body: { agent_id: id } });
    expect(given.status, given.text).toBe(200);
    return { id, number: row.number };
  }

  const remoteOf = async (page: Page, id: string): Promise<string> => {
    const shown = await page.request.get(`${web.base}/api/v1/retell-agents/${id}`);
    return ((await shown.json()) as { data: { retell_agent_id: string } }).data.retell_agent_id;
  };

  it('recording is read about, turned on, announced, heard in panel and portal; then the agent is deleted', {
    timeout: 240_000,
  }, async () => {
    const { de } = admin;
    const { id, number } = await newAgent();
    const page = await (await web.signedIn()).newPage();
    await page.goto(`${web.base}/admin/agents/${id}`);
    const on = page.getByRole('button', { name: de('agents.recording.turn_on') });
    await on.waitFor();
    expect(await on.isDisabled()).toBe(true);
    await page.getByText(de('agents.recording.reason.crime')).waitFor();
    await page.getByLabel(de('agents.recording.accept')).check();
    await on.click();
    await page.getByText(de('agents.recording.is_on')).waitFor();
    await page.getByText('Dieses Gespräch wird aufgezeichnet').first().waitFor();
    await page.getByRole('button', { name: de('agents.do.provision') }).click();
    await page.getByText(de('agents.says.live')).waitFor({ timeout: 60_000 });

    const agentId = await remoteOf(page, id);
    const call = async (said: string): Promise<string> => {
      const script = {
        to_number: number,
        from_number: '+4915155501234',
        agent_id: agentId,
        duration_seconds: 3,
        turns: [{ agent: '{{dynamic.greeting}}' }, { user: said }],
      };
      const played = await web.instance.sandbox.request('/_sandbox/retell/call', { body: { script } });
      const answered = played.json() as { ok: boolean; call_id: string; transcript: string };
      expect(answered.ok, played.text).toBe(true);
      expect(answered.transcript).toContain('aufgezeichnet');
      return answered.call_id;
    };
    const became = (callId: string, state: string): Promise<string | null> =>
      eventually(
        async () => {
          const shown = await page.request.get(`${web.base}/api/v1/calls/${callId}`);
          if (!shown.ok()) return null;
          return (
            ((await shown.json()) as { data: { recording: { state: string } | null } }).data.recording?.state ?? null
          );
        },
        (now) => now === state,
        { what: `the recording of ${callId} is ${state}`, withinMs: 60_000 },
      );

    const refused = await call('Nein, das möchte ich nicht.');
    await became(refused, 'not_kept');
    await page.goto(`${web.base}/admin/calls/${refused}`);
    await page.getByText(de('call.recording.not_kept.refused')).waitFor();

    const kept = await call('Guten Tag, wann haben Sie geöffnet?');
    await became(kept, 'kept');
    await page.goto(`${web.base}/admin/calls/${kept}`);
    await page.getByRole('button', { name: de('call.recording.play') }).click();
    const audio = page.locator('audio');
    await audio.waitFor();
    const source = (await audio.getAttribute('src')) ?? '';
    const part = await page.request.get(web.base + source, { headers: { Range: 'bytes=0-3' } });
    expect([part.status(), await part.text()]).toEqual([206, 'RIFF']);
    await isWellMade(web, page, 'call-recorded');

    await page.goto(`${web.base}/portal/calls`);
    await page
      .getByRole('button', { name: /Aufnahme abspielen/ })
      .first()
      .click();
    await page.locator('audio').waitFor();
    await page.getByRole('heading', { name: portal.de('calls.title') }).waitFor();
    await isWellMade(web, page, 'portal-played');

    await page.goto(`${web.base}/admin/agents/${id}`);
    await page.getByRole('button', { name: de('agents.remove.do') }).click();
    await page.getByRole('button', { name: de('agents.remove.sure') }).click();
    await page.getByText(de('agents.remove.alone')).waitFor();
    await web.picture(page, 'agent-removing', true);
    await page.getByRole('button', { name: de('agents.remove.sure_alone') }).click();
    await page.waitForURL(/\/admin\/agents$/);
    await eventually(
      async () => (await page.request.get(`${web.base}/api/v1/retell-agents/${id}`)).text(),
      (text) => text.includes('NOT_FOUND'),
      { what: 'the agent is gone', withinMs: 60_000 },
    );
    const left = (await web.instance.sandbox.request('/_sandbox/retell/account')).json() as {
      agents: { agent_id: string }[];
    };
    expect(left.agents.map(({ agent_id: one }) => one)).not.toContain(agentId);
    expect(DEMO.salon.owner).toBeTruthy();
  });
});
