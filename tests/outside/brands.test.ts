/**
 * Every page under two brands, at every look, by axe and with a picture of each in one folder: only in `npm run prove looks`, because it is
 * half an hour on two cores. In `npm test` each page's own test sees it under the reseller's brand, and pseudo.test.ts under the salon's.
 */
import type { BrowserContext } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { hasBrowser, hasLoaded, isAccessible, type Look, LOOKS, withBrowser } from './browser.ts';
import { LOUD_BRAND, type Visit, VISITS, visitorOf, wearLoudBrand } from './pages.ts';

/** `WALK=2` looks at every second page, for whoever wants pictures soon. */
const STEP = Number(process.env['WALK'] ?? 1);
/** Two browsers' worth of pages at once. */
const LANES = 2;

describe.skipIf(!hasBrowser || process.env['LOOKS'] !== 'all')('every page under two brands', () => {
  const web = withBrowser();

  const salonHost = (): string => `http://salon-schoen.localhost:${web.instance.port}`;

  /** Opens every page in two lanes, a profile a person each. */
  async function overAll(brand: string, name: string, look: Look): Promise<string[]> {
    const told: string[] = [];
    const walk = async (lane: number): Promise<void> => {
      const profiles = new Map<string | null, BrowserContext>();
      for (const [at, one] of VISITS.entries()) {
        if (at % STEP !== 0 || (at / STEP) % LANES !== lane) continue;
        const who = visitorOf(one);
        const context = profiles.get(who) ?? (await (who === null ? web.visitor(look) : web.signedIn(look, who)));
        profiles.set(who, context);
        const page = await context.newPage();
        // who has no session is known by the host alone; a salon sells no accounts
        const isGuest = brand === 'loud' && who === null && !/^\/(setup|signup)/.test(one.path);
        await page.goto((isGuest ? salonHost() : web.base) + one.path);
        await page.locator(one.shown).first().waitFor();
        await hasLoaded(page, one.path);
        await web.picture(page, `${nameOf(one, at)} ${brand} ${name}`);
        await isAccessible(page).catch((error: Error) => told.push(error.message));
        await page.close();
      }
    };
    await Promise.all(Array.from({ length: LANES }, (_, lane) => walk(lane)));
    return told;
  }

  it.each(LOOKS)('the reseller’s: %s', { timeout: 900_000 }, async (name, look) => {
    expect(await overAll('teal', name, look)).toEqual([]);
  });

  it('the salon’s own is said on its host and in its panel', async () => {
    await wearLoudBrand(web.instance);
    const page = await (await web.visitor()).newPage();
    await page.goto(`${salonHost()}/admin/login`);
    await page.locator('#email').waitFor();
    await page.getByText(LOUD_BRAND.product_name).first().waitFor();
    await isAccessible(page);
  });

  it.each(LOOKS)('the salon’s own: %s', { timeout: 900_000 }, async (name, look) => {
    expect(await overAll('loud', name, look)).toEqual([]);
  });
});

/** `014 admin-calls`: in the order of the table, so that pictures of a page lie side by side. */
const nameOf = ({ path }: Visit, at: number): string =>
  `${String(at).padStart(3, '0')} ${path.slice(1).replaceAll(/[^a-z0-9]+/gi, '-')}`;
