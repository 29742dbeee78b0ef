/**
 * A new business in a real browser: its owner lands on the list, goes through the wizard on the shortest way and books in a test call. Clicks
 * and typed fields are counted: docs/set-up.md names them.
 */
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { addDays, dateOf, weekdayOf } from '../../shared/time.ts';
import type { SeedOperation } from '../../workers/development/seed.ts';
import { admin, GERMAN_DESKTOP, hasBrowser, isWellMade, languageOf, LOOKS, withBrowser } from './browser.ts';
import { DEMO } from './harness.ts';

const { de } = admin;

/** Named in docs/set-up.md: from signing in to the booked test call. */
const SHORTEST = { clicks: 12, fields: 4 };

describe.skipIf(!hasBrowser)('a new business', () => {
  const web = withBrowser();
  const at = (path: string): string => `${web.base}${path}`;

  /** A business of which there is nothing but its row, its owner and its terms. */
  async function newBusiness(): Promise<string> {
    const id = `ten_neu${randomUUID().replaceAll('-', '').slice(0, 12)}`;
    const email = `${id.slice(4)}@studio-neu.test`;
    const operations = [
      {
        op: 'tenant',
        record: {
          id: id as never,
          type: 'business',
          parentId: 'platform',
          slug: id.slice(4),
          name: 'Studio Neu',
          status: 'active',
          currency: 'EUR',
          locale: 'de',
          timeZone: 'Europe/Berlin',
          country: 'DE',
          vatId: null,
          brand: null,
          settings: null,
          createdAt: Date.now(),
        },
      },
      {
        op: 'user',
        record: {
          id: `usr_${id.slice(4)}`,
          tenantId: id as never,
          email,
          name: 'Nina Neu',
          role: 'admin',
          password: DEMO.password,
          language: 'de',
        },
      },
    ] satisfies SeedOperation[];
    const seeded = await web.instance.request('/api/dev/seed', { method: 'POST', body: { operations } });
    expect(seeded.status, seeded.text).toBe(200);
    expect(seeded.json().refused ?? [], seeded.text).toEqual([]);
    return email;
  }

  /** Counts what a person does. */
  function counted(page: Page) {
    const done = { clicks: 0, fields: 0 };
    return {
      done,
      press: async (name: string) => {
        done.clicks++;
        await page
          .getByRole('button', { name, exact: true })
          .or(page.getByRole('link', { name, exact: true }))
          .first()
          .click();
      },
      choose: async (label: string, value: string) => {
        done.fields++;
        await page.getByLabel(label, { exact: true }).selectOption(value);
      },
      type: async (label: string, value: string) => {
        done.fields++;
        await page.getByLabel(label, { exact: true }).fill(value);
      },
    };
  }

  const step = (page: Page, name: Parameters<typeof de>[0]) =>
    page.getByRole('heading', { name: de(name as 'welcome.step.place'), level: 2 }).waitFor();

  it('is set up on the shortest way and books in a test call', { timeout: 120_000 }, async () => {
    const email = await newBusiness();
    const page = await (await web.signedIn(GERMAN_DESKTOP, email)).newPage();
    await page.goto(at('/admin'));
    // The list is where a new owner lands.
    await page.getByRole('heading', { name: de('home.greeting', { name: 'Nina Neu' }), level: 1 }).waitFor();
    const owner = counted(page);
    await owner.press(de('welcome.continue'));

    await step(page, 'welcome.step.place');
    await owner.choose(de('welcome.trade'), 'barber');
    await owner.press(de('welcome.save_next'));
    await step(page, 'welcome.step.hours');
    await page.getByText(de('welcome.usual_hours')).waitFor();
    await owner.press(de('welcome.save_next'));
    await step(page, 'welcome.step.services');
    await owner.press(de('welcome.save_next'));
    await step(page, 'welcome.step.staff');
    await owner.type(de('welcome.first_name'), 'Maria');
    await owner.press(de('welcome.save_next'));
    await step(page, 'welcome.step.number');
    await owner.press(de('welcome.skip'));
    await step(page, 'welcome.step.agent');
    await owner.press(de('welcome.skip'));
    await step(page, 'welcome.step.calcom');
    await owner.press(de('welcome.skip'));
    await step(page, 'welcome.step.test_call');
    await owner.press(de('welcome.open.test_call'));

    await owner.press(de('test_call.start'));
    const say = async (text: string, answer: RegExp): Promise<void> => {
      await owner.type(de('test_call.say'), text);
      await owner.press(de('test_call.send'));
      await page.locator('.test-call-words').last().filter({ hasText: answer }).waitFor();
    };
    let day = addDays(dateOf(Date.now(), 'Europe/Berlin'), 7);
    while (weekdayOf(day) === 0) day = addDays(day, 1);
    const [, month = '', date = ''] = day.split('-');
    await say(
      `Hier ist Erika Mustermann, ich möchte einen Herrenhaarschnitt am ${Number(date)}.${Number(month)}. um 15 Uhr`,
      /verbindlich buchen/,
    );
    await say('Ja', /gebucht/);
    await page.getByText(de('test_call.function', { name: 'book-appointment' })).waitFor();
    expect(owner.done).toEqual(SHORTEST);

    await page.getByRole('link', { name: de('test_call.show') }).click();
    await page.getByText('Erika Mustermann').first().waitFor();
    // It is a call of the list, marked and without a price.
    await page.goto(at('/admin/calls'));
    await page.getByText(de('calls.test')).first().waitFor();
    await page.goto(at('/admin/welcome'));
    await step(page, 'welcome.step.topup');
    await page.getByText(de('welcome.progress', { done: '7', all: '8' })).waitFor();
    const sent = (await web.instance.request('/api/dev/effects')).json();
    expect(sent.parked_effects ?? []).toEqual([]);
  });

  it.each(LOOKS)('every step is well made: %s', { timeout: 120_000 }, async (name, look) => {
    const email = await newBusiness();
    const speak = admin[languageOf(look)];
    const page = await (await web.signedIn(look, email)).newPage();
    await page.goto(at('/admin'));
    await page.getByRole('heading', { level: 1, name: speak('home.greeting', { name: 'Nina Neu' }) }).waitFor();
    await isWellMade(web, page, `start-${name}`);
    await page.goto(at('/admin/welcome?trade=hair_salon'));
    const next = async (): Promise<void> => {
      await page.getByRole('button', { name: speak('welcome.save_next') }).click();
    };
    const on = async (one: 'place' | 'hours' | 'services' | 'staff' | 'number'): Promise<void> => {
      await page.getByRole('heading', { level: 2, name: speak(`welcome.step.${one}`) }).waitFor();
      await isWellMade(web, page, `welcome-${one}-${name}`);
    };
    await on('place');
    await next();
    await on('hours');
    await next();
    await page.locator('.welcome-service').first().waitFor();
    await on('services');
    await next();
    await page.getByLabel(speak('welcome.first_name')).waitFor();
    await on('staff');
    await page.getByLabel(speak('welcome.first_name')).fill('Maria');
    await next();
    await on('number');
    await page.goto(at('/admin/test-call'));
    await page.getByRole('button', { name: speak('test_call.start') }).click();
    await page.getByLabel(speak('test_call.say')).fill('Wann haben Sie geöffnet?');
    await page.getByRole('button', { name: speak('test_call.send') }).click();
    await page.locator('details').first().waitFor();
    await page.locator('summary').first().click();
    await isWellMade(web, page, `test-call-${name}`);
  });

  it('somebody who may not set up is told so', async () => {
    const page = await (await web.signedIn(GERMAN_DESKTOP, DEMO.salon.staff)).newPage();
    await page.goto(at('/admin/welcome'));
    await page.getByText(de('welcome.forbidden')).waitFor();
  });
});
