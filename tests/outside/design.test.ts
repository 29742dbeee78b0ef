/**
 * What every page keeps of the design: few sizes and weights, borders one can see, targets a finger hits, and under a tenant's brand nothing
 * of our own colour. Judged on what the browser computed, page by page.
 */
import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { hasBrowser, hasLoaded, type Look, SCHEMES, withBrowser } from './browser.ts';
import { DEMO } from './harness.ts';

/** Pages by what shows that they stand. */
const PAGES: readonly (readonly [path: string, shown: string])[] = [
  ['/admin/appointments/calendar', 'h1'],
  ['/admin/appointments', '.kit-table .kit-row-link'],
  ['/admin/calls', '.kit-row-link'],
  ['/admin/callbacks', 'h1'],
  ['/admin/messages', '.kit-table .kit-row-link'],
  ['/admin/customers', '.kit-table .kit-row-link'],
  ['/admin/customers/create', '.kit-form'],
  ['/admin/services', '.kit-table .kit-row-link'],
  ['/admin/exceptions/create', '.date-field'],
  ['/admin/companies/com_salon_schoen', '.kit-record-head'],
  ['/admin/companies/com_salon_schoen/edit', '.kit-form-sections'],
  ['/admin/services/srv_kinderschnitt', '.branch-terms input'],
  ['/admin/absence-requests', 'h1'],
  ['/admin/absence-requests/create', '.kit-form-sections'],
  ['/admin/imports', 'h2'],
  ['/admin/users', '.kit-table .kit-row-link'],
  ['/admin/roles', '.kit-table .kit-row-link'],
  ['/admin/roles/create', '.people-right'],
  ['/admin/users/create', '.kit-form'],
  ['/admin/api-keys', 'table td'],
  ['/admin/connections', '.connection h2'],
  ['/admin/contracts', 'h2'],
  ['/admin/profile', 'form'],
  ['/admin/security', '#security-networks'],
  ['/admin/activity', '.kit-row-link'],
  ['/admin/start', '.need-rows li'],
  ['/admin/welcome?step=place', '.welcome-fields'],
  ['/admin/welcome?step=services&trade=barber', '.welcome-service'],
  ['/admin/test-call', 'h1'],
  ['/admin/agents', '.kit-table .kit-row-link'],
  ['/admin/agents/agt_demosalon', '.provisioning-quote'],
  ['/admin/agents/create', '.kit-form'],
  ['/admin/numbers', '.kit-table .kit-row-link'],
  ['/admin/numbers/num_demosalon', '.kit-record-head'],
  ['/admin/operations/health', '.operations-days li'],
  ['/admin/operations/webhooks', '.operations-fields'],
  ['/admin/operations/jobs?tab=tenants', '.operations-fields'],
  ['/admin/operations/live', '.kit-table tbody tr'],
  ['/portal', '.transactions .line'],
  ['/portal/billing/topup', '.tiers li'],
  ['/portal/billing/history', '.transactions .line'],
  ['/portal/settings/profile', '.profile form'],
  ['/portal/calls', '.call strong'],
  ['/link', '#email'],
];
/** The operator's pages are nobody else's. */
const whose = (path: string): string =>
  path.startsWith('/admin/operations') ? 'admin@askproai.test' : DEMO.salon.owner;
const MOST_SIZES = 4;
const MOST_WEIGHTS = 2;
const LEAST_TARGET_PX = 44;

/** Shared by the judgements below: what a person can see. As text, because this project is typed for Node. */
const VISIBLE = `
  const isShown = (element) => {
    const box = element.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1) return false;
    return element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true });
  };
  const isClipped = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.clipPath === 'inset(50%)' || (style.position === 'absolute' && at.getBoundingClientRect().right < 0)) return true;
    }
    return false;
  };
  const seen = [...document.querySelectorAll('body *')].filter((element) => isShown(element) && !isClipped(element));`;

const COLOURS = `
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  /** [red, green, blue, alpha] of any CSS colour, by drawing it */
  const rgba = (text) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = '#000';
    canvas.fillStyle = text;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const linear = (channel) => (channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4);`;

/** Font sizes and weights of what is read. */
const SIZES = `(() => {
  ${VISIBLE}
  const texts = seen.filter((element) =>
    [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '') ||
    (['INPUT', 'TEXTAREA', 'SELECT'].includes(element.tagName) && element.type !== 'checkbox' && element.type !== 'radio'));
  const of = (property) => [...new Set(texts.map((element) => getComputedStyle(element)[property]))].sort();
  return { sizes: of('fontSize'), weights: of('fontWeight') };
})()`;

/** Controls whose border one can hardly see. */
const FAINT = `(() => {
  ${VISIBLE}
  ${COLOURS}
  const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const contrast = (a, b) => { const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
  const groundOf = (element) => {
    for (let at = element.parentElement; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return rgba('white');
  };
  // what takes text or a choice, with the element that draws its border; a field inside a box of its own has none
  const controls = seen.filter((element) => element.matches(
    'input:not([type=hidden], [type=color], .date-box > input), select, textarea, .date-box, .free-time, .chip, .mantine-Chip-label, [data-variant=default].mantine-Button-root') && !element.disabled && !element.hasAttribute('data-disabled'));
  return controls.flatMap((element) => {
    const style = getComputedStyle(element);
    const [border, ground] = [rgba(style.borderTopColor), groundOf(element)];
    const own = rgba(style.backgroundColor);
    if (own[3] === 255 && contrast(own, ground) >= 3) return [];
    if (element.closest('.language') || element.matches('.mantine-Switch-input')) return [];
    // a box that the browser draws has its border from the browser
    if (element.matches('[type=checkbox]') && style.appearance !== 'none') return [];
    return style.borderTopWidth !== '0px' && contrast(border, ground) >= 3
      ? [] : [element.outerHTML.slice(0, 90) + ' ' + style.borderTopColor + ' ' + contrast(border, ground).toFixed(2)];
  });
})()`;

/** Under a brand of another hue: what has ours and says no state. */
const OWN_HUE = `(() => {
  const root = document.documentElement.style;
  const brand = { fill: '#d9480f', 'on-fill': '#ffffff', text: '#9a3412', 'text-dark': '#fdba74' };
  for (const [name, value] of Object.entries(brand)) root.setProperty('--brand-' + name, value);
  ${VISIBLE}
  ${COLOURS}
  /** chroma and hue of OKLCH */
  const oklch = ([r, g, b]) => {
    const [x, y, z] = [linear(r), linear(g), linear(b)];
    const l = Math.cbrt(0.4122214708 * x + 0.5363325363 * y + 0.0514459929 * z);
    const m = Math.cbrt(0.2119034982 * x + 0.6806995451 * y + 0.1073969566 * z);
    const s = Math.cbrt(0.0883024619 * x + 0.2817188376 * y + 0.6299787005 * z);
    const [p, q] = [1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s, 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s];
    return { chroma: Math.hypot(p, q), hue: (Math.atan2(q, p) * 180 / Math.PI + 360) % 360 };
  };
  const ours = oklch(rgba('#2f4fb3')).hue;
  const STATES = '.status-dot, .mantine-Badge-root, .notice, .mantine-Alert-root, .block, .kit-swatch';
  const PROPERTIES = ['color', 'backgroundColor', 'borderTopColor', 'borderLeftColor', 'borderBottomColor', 'outlineColor', 'fill', 'stroke', 'caretColor', 'accentColor'];
  return seen.filter((element) => !element.closest(STATES)).flatMap((element) => {
    const style = getComputedStyle(element);
    return PROPERTIES.flatMap((property) => {
      if (!style[property] || /none|auto/.test(style[property])) return [];
      const colour = rgba(style[property]);
      if (colour[3] === 0) return [];
      const { chroma, hue } = oklch(colour);
      const away = Math.min(Math.abs(hue - ours), 360 - Math.abs(hue - ours));
      return chroma > 0.06 && away <= 30 ? [element.outerHTML.slice(0, 90) + ' ' + property + ' ' + style[property]] : [];
    });
  });
})()`;

/** Controls that a finger misses. */
const SMALL = `(() => {
  ${VISIBLE}
  return seen
    .filter((element) => element.matches('button, input:not([type=checkbox], [type=radio], [type=color]), select, header a, nav a'))
    .filter((element) => !element.closest('.date-days, .skip') && !element.disabled)
    .flatMap((element) => {
      // the border of a field belongs to what a finger hits
      const box = (element.closest('.date-box') ?? element).getBoundingClientRect();
      return box.height >= ${LEAST_TARGET_PX} - 0.5 ? [] : [element.outerHTML.slice(0, 110) + ' ' + box.height];
    });
})()`;

describe.skipIf(!hasBrowser)('the design', () => {
  const web = withBrowser();

  /** One profile a person and look: every page signing in anew would be half of the work. */
  const profiles = (look: Parameters<typeof web.signedIn>[0]) => {
    const open = new Map<string, BrowserContext>();
    return async (path: string): Promise<BrowserContext> => {
      const who = whose(path);
      const context = open.get(who) ?? (await web.signedIn(look, who));
      open.set(who, context);
      return context;
    };
  };

  async function open(context: BrowserContext, path: string, shown: string): Promise<Page> {
    const page = await context.newPage();
    await page.goto(web.base + path);
    await page.locator(shown).first().waitFor();
    await hasLoaded(page, path);
    await page.evaluate('document.fonts.ready.then(() => undefined)');
    return page;
  }

  it.each(SCHEMES)(
    'has at most four sizes and two weights, borders of 3 : 1, and under a loud brand none of our hue: %s',
    async (_name, look) => {
      const profile = profiles(look);
      for (const [path, shown] of [...PAGES, ['/admin/appointments/calendar', '.date-button'] as const]) {
        const page = await open(await profile(path), path, shown);
        const { sizes, weights } = await page.evaluate<{ sizes: string[]; weights: string[] }>(SIZES);
        expect(sizes.length, `${path}: ${sizes.join(' ')}`).toBeLessThanOrEqual(MOST_SIZES);
        expect(weights.length, `${path}: ${weights.join(' ')}`).toBeLessThanOrEqual(MOST_WEIGHTS);
        expect(await page.evaluate<string[]>(FAINT), path).toEqual([]);
        if (shown === '.date-button') await page.locator('.date-button').first().click();
        expect(await page.evaluate<string[]>(OWN_HUE), path).toEqual([]);
        await page.close();
      }
    },
  );

  it('on a phone every control is as tall as a finger needs', async () => {
    const phone: Look = { viewport: { width: 390, height: 844 }, colorScheme: 'light', locale: 'de-DE' };
    const profile = profiles({ ...phone, hasTouch: true, isMobile: true });
    for (const [path, shown] of PAGES) {
      const page = await open(await profile(path), path, shown);
      expect(await page.evaluate<string[]>(SMALL), path).toEqual([]);
      await page.close();
    }
  });
});
