/** A customer's page for the people at the counter: notes, what was agreed to, a message and a reminder, and why a message went. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { admin, hasBrowser, hasLoaded, isWellMade, languageOf, LOOKS, sentence, withBrowser } from './browser.ts';
import { DEMO, eventually } from './harness.ts';
import { bookSlot, freeSlots, madeCustomer } from './scenario.ts';

const { de } = admin;
const freshLine = (): string => `+4915788${Math.floor(100_000 + Math.random() * 899_999)}`;

describe.skipIf(!hasBrowser)('a customer’s page', () => {
  const web = withBrowser();
  const { api } = web;
  const person = async (last: string): Promise<{ id: string; phone: string }> => {
    const phone = freshLine();
    const { id } = await madeCustomer(web.instance, {
      first_name: 'Petra',
      last_name: last,
      phones: [phone],
      email: `${last.toLowerCase()}@example.test`,
    });
    return { id, phone };
  };
  const card = (page: Page, title: string) =>
    page.locator('section', { has: page.getByRole('heading', { name: title, level: 2, exact: true }) });
  async function opened(id: string): Promise<Page> {
    const page = await (await web.signedIn()).newPage();
    await page.goto(`${web.base}/admin/customers/${id}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    return page;
  }

  it('a note is written, pinned, changed, deleted and brought back', async () => {
    const { id } = await person('Notiz');
    const page = await opened(id);
    const notes = card(page, de('customers.team_notes'));
    await notes.getByText(de('notes.empty')).waitFor();
    await notes.getByRole('button', { name: de('notes.add') }).click();
    await notes.getByLabel(de('notes.subject')).fill('Farbe');
    await notes.getByRole('textbox', { name: de('notes.text') }).fill('Möchte heller werden.');
    await notes.getByRole('button', { name: de('notes.save') }).click();
    await notes.getByText('Möchte heller werden.').waitFor();
    await notes.getByRole('button', { name: de('notes.pin', { name: 'Farbe' }) }).click();
    await notes.getByText(de('notes.pinned'), { exact: true }).waitFor();
    await notes.getByRole('button', { name: de('notes.edit', { name: 'Farbe' }) }).click();
    await notes.getByRole('textbox', { name: de('notes.text') }).fill('Möchte dunkler werden.');
    await notes.getByRole('button', { name: de('notes.save') }).click();
    await notes.getByText('Möchte dunkler werden.').waitFor();
    await notes.getByRole('button', { name: de('notes.remove', { name: 'Farbe' }) }).click();
    await notes.getByText(de('notes.removed')).waitFor();
    await notes.getByRole('button', { name: de('notes.undo') }).click();
    await notes.getByText('Möchte dunkler werden.').waitFor();
  });

  it('advertising may not leave until a consent is written down; then it does, and the page of messages says why', async () => {
    const { id } = await person('Werbung');
    const page = await opened(id);
    const message = card(page, de('customers.write'));
    await message.getByRole('button', { name: de('messages.write') }).click();
    await message.getByText(de('messages.channel.email'), { exact: true }).click();
    await message.getByLabel(de('messages.about')).selectOption('marketing');
    await message.getByText(de('messages.because.no_consent')).waitFor();
    expect(await message.getByRole('button', { name: de('messages.send') }).isDisabled()).toBe(true);

    const consents = card(page, de('customers.consents'));
    await consents.getByRole('button', { name: de('consents.record') }).click();
    await consents.getByLabel(de('messages.channel'), { exact: true }).selectOption('email');
    await consents.getByLabel(de('consents.proof')).fill('Bogen im Ordner A');
    await consents.getByRole('button', { name: de('consents.save') }).click();
    await eventually(
      async () => (await api(`/api/v1/customers/${id}/consents`)).json().data,
      (rows: { purpose: string; channel: string; state: string | null }[]) =>
        rows.some((one) => one.purpose === 'marketing' && one.channel === 'email' && one.state === 'given'),
      { what: 'the consent' },
    );

    await message.getByLabel(de('messages.about')).selectOption('service');
    await message.getByText(de('messages.because.service')).waitFor();
    await message.getByLabel(de('messages.about')).selectOption('marketing');
    await message
      .getByText(de('messages.because.consent'))
      .or(message.getByText(/Ruhezeit|Sonntags|Feiertagen/))
      .first()
      .waitFor();
    await message.getByLabel(de('messages.subject')).fill('Im Advent');
    await message.getByRole('textbox', { name: de('messages.text') }).fill('Zehn Prozent auf Pflege.');
    await message.getByText(de('messages.added')).waitFor();
    await message.getByRole('button', { name: de('messages.send') }).click();
    await message.getByRole('link', { name: de('messages.open') }).click();
    await page.getByRole('heading', { name: de('messages.event.written'), level: 1 }).waitFor();
    await page.getByText('Zehn Prozent auf Pflege.').waitFor();
    await page.getByRole('button', { name: de('messages.explain') }).click();
    await page
      .getByText(de('messages.because.consent'))
      .or(page.getByText(/Ruhezeit|Sonntags|Feiertagen/))
      .first()
      .waitFor();
  });

  it('an appointment to come stands on the timeline and is reminded of; the way to a new one is the calendar’s form', async () => {
    const { id } = await person('Termin');
    const [slot] = await freeSlots(web.instance, DEMO.salon.apiKey, { service: 'Haarschnitt', count: 1 });
    if (slot === undefined) throw new Error('no free slot');
    expect((await bookSlot(web.instance, slot, id)).status).toBe(201);
    const page = await opened(id);
    const timeline = card(page, de('customers.timeline'));
    await timeline.getByRole('button', { name: de('messages.remind') }).click();
    await timeline
      .getByText(de('messages.sent_now'))
      .or(timeline.getByText(sentence(de, 'messages.sent_later')))
      .first()
      .waitFor();
    await timeline.getByRole('link', { name: de('messages.event.reminder') }).waitFor();
    const messages = card(page, de('customers.messages'));
    const reminder = messages.getByRole('row', { name: de('messages.event.reminder') });
    await reminder.getByText(de('messages.channel.sms'), { exact: true }).waitFor();
    // the confirmation of the booking stands there too, each with its state
    await messages
      .getByRole('link', { name: de('messages.event.confirmed') })
      .first()
      .waitFor();
    expect(await messages.locator('.mantine-Badge-root').count()).toBe(await messages.locator('.kit-row-link').count());
    expect(await reminder.getByRole('link').getAttribute('href')).toMatch(/^\/admin\/messages\/ntf_/);
    const book = page.getByRole('link', { name: de('customers.book') });
    expect(await book.getAttribute('href')).toBe(`/admin/appointments/calendar?new=1&customer=${id}`);
  });

  it.each(LOOKS)('is well made, and so are the messages (%s)', async (name, look) => {
    const say = admin[languageOf(look)];
    const page = await (await web.signedIn(look)).newPage();
    const [row] = (await api('/api/v1/notes?type=complaint&limit=1')).json().data;
    await page.goto(`${web.base}/admin/customers/${row.customer_id}`);
    await page.getByRole('heading', { name: say('customers.consents'), level: 2 }).waitFor();
    await page.getByText(say('notes.type.complaint')).first().waitFor();
    await hasLoaded(page, name);
    await web.picture(page, `customer-${name}-whole`, true);
    await isWellMade(web, page, `customer-${name}`);
    await page.getByRole('button', { name: say('messages.write') }).click();
    await page.getByRole('button', { name: say('consents.record') }).click();
    await page.getByRole('button', { name: say('notes.add') }).click();
    await page.getByText(say('messages.because.service')).waitFor();
    await web.picture(page, `customer-forms-${name}-whole`, true);
    await isWellMade(web, page, `customer-forms-${name}`);
    await page.goto(`${web.base}/admin/messages`);
    await page.locator('.kit-table .kit-row-link').first().waitFor();
    await isWellMade(web, page, `messages-${name}`);
    await page.locator('.kit-table .kit-row-link').first().click();
    await page.getByRole('button', { name: say('messages.explain') }).click();
    await page.getByText(say('messages.decided_at')).waitFor();
    await isWellMade(web, page, `message-${name}`);
    await page.goto(`${web.base}/admin/companies/com_salon_schoen/edit`);
    await page.getByLabel(say('companies.quiet_from')).waitFor();
    expect(await page.getByLabel(say('companies.quiet_from')).inputValue()).toBe('20:00');
  });
});
