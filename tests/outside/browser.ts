/**
 * A real browser against the started product, for the tests of the web apps' pages: one instance and one Chromium per file, a fresh
 * profile per visitor, words by catalogue key. After every test: no foreign host was asked and no page threw.
 */
import { mkdtempSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { findChromium } from '../../dev/browser.ts';
import { beginDe } from '../../shared/i18n/compiled/begin.de.ts';
import { beginEn } from '../../shared/i18n/compiled/begin.en.ts';
import { loginDe } from '../../shared/i18n/compiled/login.de.ts';
import { loginEn } from '../../shared/i18n/compiled/login.en.ts';
import { portalDe } from '../../shared/i18n/compiled/portal.de.ts';
import { portalEn } from '../../shared/i18n/compiled/portal.en.ts';
import type { Catalogue, ValuesOf } from '../../shared/i18n/message.ts';
import { wholeCatalogue } from '../../web/admin/catalogues.ts';
import { createTranslate, type Translate } from '../../web/ui/i18n.ts';
import { DEMO, eventually, type Instance, type InstanceOptions, startInstance } from './harness.ts';

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
const AXE_RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** What shows up by itself does so within this time: before a page would ask again by itself (20 s), and no measure of speed. */
export const LIVE_MS = 15_000;

const executablePath = findChromium();
/** False where no Chromium is installed: such files skip their tests. */
export const hasBrowser = executablePath !== null;

export interface Look {
  viewport: { width: number; height: number };
  colorScheme: 'light' | 'dark';
  locale: 'de-DE' | 'en-GB';
  /** a finger instead of a pointer */
  hasTouch?: boolean;
  isMobile?: boolean;
}
const DESKTOP = { width: 1360, height: 860 };
const PHONE = { width: 390, height: 844 };
const NARROW = { width: 360, height: 780 };
export const GERMAN_DESKTOP: Look = { viewport: DESKTOP, colorScheme: 'light', locale: 'de-DE' };
const DARK_DESKTOP: Look = { viewport: DESKTOP, colorScheme: 'dark', locale: 'en-GB' };
/** Both schemes on both widths, both languages, named for pictures: two of them in `npm test`, all in `npm run prove looks`. */
export const LOOKS = (
  [
    ['desk-dark-en', DARK_DESKTOP],
    // the longer language on the narrower screen
    ['phone-light-de', { viewport: NARROW, colorScheme: 'light', locale: 'de-DE' }],
    ['desk-light-de', GERMAN_DESKTOP],
    ['phone-dark-en', { viewport: PHONE, colorScheme: 'dark', locale: 'en-GB' }],
  ] as [string, Look][]
).slice(0, process.env['LOOKS'] === 'all' ? 4 : 2);
/** Light and dark at the same width, for what looks at colours. */
export const SCHEMES: readonly (readonly [string, Look])[] = [
  ['light', GERMAN_DESKTOP],
  ['dark', DARK_DESKTOP],
];
export const languageOf = (look: Look): 'de' | 'en' => (look.locale === 'de-DE' ? 'de' : 'en');

/** The words of each app by language, as its pages speak them. */
export const admin = {
  de: createTranslate(await wholeCatalogue('de')),
  en: createTranslate(await wholeCatalogue('en')),
};
/** Of the sign-in, which is a page of its own. */
export const login = {
  de: createTranslate(loginDe),
  en: createTranslate(loginEn),
};
/** Of the page behind the one-time link of an empty instance. */
export const begin = {
  de: createTranslate(beginDe),
  en: createTranslate(beginEn),
};
export const portal = {
  de: createTranslate(portalDe),
  en: createTranslate(portalEn),
};

/** Stands for a value that a test does not know. */
const UNKNOWN = '\u0000';

/** A sentence whose values are known in part: the others match anything. */
export function sentence<C extends Catalogue, K extends keyof C & string>(
  say: Translate<C>,
  key: K,
  known: Partial<ValuesOf<C[K]>[0]> = {},
): RegExp {
  const values = new Proxy({ ...known } as Record<string, unknown>, {
    get: (given, name) => given[String(name)] ?? UNKNOWN,
  });
  const text = say(key, ...([values] as never as ValuesOf<C[K]>));
  return new RegExp(
    text
      .split(UNKNOWN)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.+'),
  );
}

export interface Web {
  readonly instance: Instance;
  /** `http://localhost:port` */
  readonly base: string;
  /** A fresh profile, signed out. Closed after the test. @param morePorts of an instance that the test started itself */
  visitor(look?: Look, morePorts?: readonly number[]): Promise<BrowserContext>;
  /** A fresh profile with a session, speaking the look's language. */
  signedIn(look?: Look, email?: string): Promise<BrowserContext>;
  picture(page: Page, name: string, fullPage?: boolean): Promise<void>;
  /** A request of the salon's API key. */
  api(target: string, options?: Parameters<Instance['api']>[2]): ReturnType<Instance['api']>;
}

/** Call inside `describe`: starts instance and browser before its tests and stops them after. */
export function withBrowser(options: InstanceOptions = {}): Web {
  let instance: Instance | undefined;
  let browser: Browser | undefined;
  let contexts: BrowserContext[] = [];
  const foreign = new Set<string>();
  const errors: string[] = [];
  const pictures = process.env['PICTURES'] ?? mkdtempSync(path.join(os.tmpdir(), 'askpro-web-'));

  beforeAll(async () => {
    if (executablePath === null) return;
    instance = await startInstance({ ...options, env: { RATE_LIMIT_SCALE: '1000', ...options.env } });
    browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
    console.log(`pictures: ${pictures}`);
  });
  afterEach(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    contexts = [];
    expect([...foreign], 'foreign hosts asked').toEqual([]);
    expect(errors, 'errors thrown by pages').toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await instance?.stop();
  });

  const started = (): Instance => {
    if (!instance) throw new Error('not started');
    return instance;
  };
  /** A fresh browser profile; every request it makes is judged. */
  async function visitor(look: Look = GERMAN_DESKTOP, morePorts: readonly number[] = []): Promise<BrowserContext> {
    if (!browser) throw new Error('no browser');
    const { port, sandboxPort } = started();
    const ours = new Set([port, sandboxPort, ...morePorts]);
    const context = await browser.newContext({ ...look, reducedMotion: 'reduce' });
    contexts.push(context);
    context.on('request', (request) => {
      const { hostname, port: asked, protocol } = new URL(request.url());
      const isOurs = /^([a-z-]+\.)?localhost$|^127\.0\.0\.1$/.test(hostname) && ours.has(Number(asked));
      if (protocol.startsWith('http') && !isOurs) foreign.add(request.url());
    });
    // The narrowest screen also goes without our font, as a first visit on a slow line does: the fallback is wider.
    if (look.viewport.width < PHONE.width) await context.route('**/*.woff2', (route) => route.abort());
    context.on('weberror', (error) => errors.push(error.error().message));
    // The accounts' language is German; the reader's own choice stands above it.
    await context.addInitScript({
      content: `if (location.port === '${port}' && !localStorage.getItem('askpro.language')) localStorage.setItem('askpro.language', '${languageOf(look)}')`,
    });
    return context;
  }

  return {
    get instance() {
      return started();
    },
    get base() {
      return `http://localhost:${started().port}`;
    },
    visitor,
    signedIn: async (look = GERMAN_DESKTOP, email = DEMO.salon.owner) => {
      const context = await visitor(look);
      await context.addCookies(await cookiesOf(started(), email));
      return context;
    },
    api: (target, options = {}) => started().api(target, DEMO.salon.apiKey, options),
    picture: async (page, name, fullPage = false) => {
      await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage });
    },
  };
}

/** The cookies of a signed-in person, for a browser's profile. */
export async function cookiesOf(instance: Instance, email: string) {
  const header = await instance.signIn(email);
  return header.split('; ').map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return { name, value: value.join('='), url: `http://localhost:${instance.port}` };
  });
}

interface AxeFinding {
  id: string;
  nodes: { target: string[] }[];
}

let axeSource: string | null = null;

/** axe finds nothing on the page as it stands. */
export async function isAccessible(page: Page): Promise<void> {
  axeSource ??= readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(axeSource);
  // as text: this project is typed for Node, the page is not
  const found = await page.evaluate<{ violations: AxeFinding[] }>(
    `axe.run(document, { runOnly: ${JSON.stringify(AXE_RULES)} })`,
  );
  const told = found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(' | ')}`);
  expect(told, page.url()).toEqual([]);
}

/** Nothing is wider than the screen, no control sticks out of its place. */
async function fitsScreen(page: Page, name: string): Promise<void> {
  const width = await page.evaluate<number>('document.documentElement.scrollWidth');
  expect(width, `${name} is wider than the screen`).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
  const cut = await page.evaluate<string[]>(
    `[...document.querySelectorAll('input, select, button')]
      .filter((one) => one.offsetWidth > 1 && one.getBoundingClientRect().right > one.parentElement.getBoundingClientRect().right + 1)
      .map((one) => one.id || one.outerHTML.slice(0, 120))`,
  );
  expect(cut, `${name}: controls that stick out of their place`).toEqual([]);
}

/** Skeletons are gone. */
export const hasLoaded = (page: Page, name: string): Promise<number> =>
  eventually(
    () => page.locator('[aria-busy="true"]').count(),
    (busy) => busy === 0,
    { what: `${name} keeps loading` },
  );

/** Loaded, accessible and no wider than its screen, with a picture of it. */
export async function isWellMade(web: Web, page: Page, name: string): Promise<void> {
  await hasLoaded(page, name);
  await web.picture(page, name);
  await isAccessible(page);
  await fitsScreen(page, name);
}

export const berlin = (instant: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin', ...options }).format(new Date(instant));
/** HH:MM on the salon's clock. */
export const berlinTime = (instant: string): string => berlin(instant, { hour: '2-digit', minute: '2-digit' });
/** YYYY-MM-DD in the salon's zone. */
export const berlinDate = (instant: string): string =>
  berlin(instant, { year: 'numeric', month: '2-digit', day: '2-digit' });
