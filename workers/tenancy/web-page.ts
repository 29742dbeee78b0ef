/**
 * A web app's page: the built frame with the host's name and colours in its first byte, and at its end what it would ask first. Who has no
 * session gets the sign-in instead, at the same address. Loaded with the first page; called by pages.ts.
 */
import type { Context } from 'hono';
import { html, raw } from 'hono/html';
import type { Me, MeResponse } from '../../shared/contract/identity.ts';
import type { BalanceResponse } from '../../shared/contract/money.ts';
import { firstRequests } from '../../shared/first-requests.ts';
import { asLanguage, isLanguage, type Language, localeOf } from '../../shared/i18n/language.ts';
import {
  addressOf,
  BALANCE,
  CALENDAR_DAY,
  type InlinedAnswer,
  LANGUAGE_COOKIE,
  ME,
  PAGE_DATA_ID,
  type PageData,
  PSEUDO_COOKIE,
  SCHEME_COOKIE,
} from '../../shared/page-data.ts';
import { bindingsOf } from '../env.ts';
import { isSecure } from '../http/authenticate.ts';
import { notFound } from '../http/problem.ts';
import type { OpenEnv } from '../http/module-routes.ts';
import { tokenOfCookie } from '../identity/session-cookie.ts';
import { rememberedTenant } from '../storage/platform-db.ts';
import { type Brand, brandStyle, effectiveBrand } from './brand.ts';
import { realmOf } from './directory.ts';

export type WebAppName = 'admin' | 'portal';
/** Asks our own API as the page would: through all of its middleware, with the reader's session. */
export type AskOurselves = (request: Request, c: Context<OpenEnv>) => Response | Promise<Response>;

/** Headers of the page's request that its questions carry too: who asks, from where, with which clock. */
const CARRIED = ['cookie', 'host', 'user-agent', 'cf-connecting-ip', 'x-askpro-now'];

/** Without a slash at its end. */
const pathOf = (c: Context<OpenEnv>): string => c.req.path.replace(/\/+$/, '');

export async function showWebApp(c: Context<OpenEnv>, name: WebAppName, ask: AskOurselves): Promise<Response> {
  const platform = c.get('platform');
  const realm = await realmOf(platform, c.req.header('Host') ?? new URL(c.req.url).host);
  if (!realm) return notFound(c);
  const tenant = realm.kind === 'tenant' ? await rememberedTenant(platform, realm.tenantId) : null;
  const brand = await effectiveBrand(platform, tenant);
  // The signature is checked without asking anybody: a visitor costs no query.
  const isVisitor = (await tokenOfCookie(platform, c.req.header('Cookie'), isSecure(c))) === null;
  const me = isVisitor ? null : await answerTo(c, ask, ME, c.get('language'));
  const nobody: Shown = { brand, language: chosenLanguage(c) ?? c.get('language'), data: null };
  if (me === 'signed_out' || isVisitor) {
    const behind = await builtPage(c, name);
    return page(c, 'sign-in', { ...nobody, warm: behind === null ? [] : filesBehind(behind, pathOf(c)) });
  }
  // Neither an answer nor a refusal to sign in: the web app asks by itself and shows what is wrong.
  if (me === null) return page(c, name, nobody);
  const who = (me.body as MeResponse).data;
  const language = chosenLanguage(c) ?? asLanguage(who.language);
  const asked = firstRequests(pathOf(c), new URL(c.req.url).searchParams, who, c.get('now'));
  const data = Promise.all(asked.map(async (address) => [address, await answerTo(c, ask, address, language)] as const));
  return page(c, name, {
    brand: { productName: who.brand.product_name, colors: who.brand.colors ?? brand.colors },
    language,
    me: who,
    data: data.then((found) => ({
      language,
      answers: Object.fromEntries(
        [[ME, me] as const, ...found].filter(
          (entry): entry is readonly [string, InlinedAnswer] => entry[1] !== null && entry[1] !== 'signed_out',
        ),
      ),
    })),
  });
}

/** What the reader chose on this device; it stands above the account's language. */
function chosenLanguage(c: Context<OpenEnv>): Language | null {
  const chosen = cookieOf(c, LANGUAGE_COOKIE);
  return isLanguage(chosen) ? chosen : null;
}

/** A cookie of a page's own script: letters only. */
const cookieOf = (c: Context<OpenEnv>, name: string): string | undefined =>
  new RegExp(`(?:^|; )${name}=([a-z]{1,8})(?:;|$)`).exec(c.req.header('Cookie') ?? '')?.[1];

/** Null: no answer worth taking along. */
async function answerTo(
  c: Context<OpenEnv>,
  ask: AskOurselves,
  address: string,
  language: Language,
): Promise<InlinedAnswer | 'signed_out' | null> {
  const headers = new Headers({ accept: 'application/json', 'accept-language': language });
  for (const name of CARRIED) {
    const value = c.req.header(name);
    if (value !== undefined) headers.set(name, value);
  }
  try {
    const answer = await ask(new Request(new URL(address, c.req.url), { headers }), c);
    if (answer.status === 401) return 'signed_out';
    if (!answer.ok) return null;
    return { body: await answer.json(), head: answer.headers.get('X-Askpro-Head') };
  } catch {
    return null;
  }
}

interface Shown {
  brand: Brand;
  language: Language;
  me?: Me;
  /** null: nothing comes along */
  data: Promise<PageData> | null;
  /** files that the sign-in fetches for the page behind it */
  warm?: readonly string[];
}

/** The page as it was built; null where there is none (the bench runs without web apps). */
async function builtPage(c: Context<OpenEnv>, folder: WebAppName | 'sign-in'): Promise<string | null> {
  const built = await bindingsOf(c.get('platform')).ASSETS?.fetch(new URL(`/${folder}/`, c.req.url));
  return built?.ok ? built.text() : null;
}

/** Pages of the panel that are built as chunks of their own (vite.config.ts), by address; the start page is the calendar for most. */
const CHUNKS: readonly (readonly [RegExp, string])[] = [
  [/^\/(admin|reseller)(\/login)?$|^\/admin\/appointments\/calendar$/, 'calendar-page'],
  [/^\/admin\/calls$/, 'calls-page'],
  [/^\/admin\/calls\/[^/]+$/, 'call-page'],
  [/^\/admin\/customers(\/|$)/, 'customers-pages'],
  [/^\/admin\/(branches|staff|services|resources|hours|exceptions|tags)(\/|$)/, 'setup-pages'],
];
const CHUNK_TABLE = /<!--chunks ([^>]*)-->/;

/** Files of the chunk that draws the address. */
function chunkFiles(built: string, path: string): string[] {
  const chunk = CHUNKS.find(([pattern]) => pattern.test(path))?.[1];
  const entry = CHUNK_TABLE.exec(built)?.[1]
    ?.split(' ')
    .find((one) => one.startsWith(`${chunk}=`));
  return entry === undefined ? [] : entry.slice(entry.indexOf('=') + 1).split(',');
}

/** Everything the page behind the sign-in loads at first. */
const filesBehind = (built: string, path: string): string[] => [
  ...[...built.matchAll(/(?:src|href)="(\/assets\/[^"]+\.(?:js|css))"/g)].map((found) => found[1] ?? ''),
  ...chunkFiles(built, path),
];

/** The chunk of the address is fetched beside the entry instead of after it. */
const preloads = (files: readonly string[]): string =>
  files
    .map((file) =>
      file.endsWith('.js')
        ? `<link rel="modulepreload" crossorigin href="${file}">`
        : `<link rel="preload" as="style" crossorigin href="${file}">`,
    )
    .join('');

/** Marks in the built pages; what stands between the parts of a mark is what is shown where the page knows nothing. */
const MARKS = {
  product: '<!--product-->',
  tenant: '<!--tenant-->',
  first: '<!--first-->',
  data: '<!--data-->',
} as const;

/**
 * Sends the frame at once and the rest when its answers are there, so that styles and scripts load meanwhile. No page of a person is kept by
 * anything between us and them.
 */
async function page(c: Context<OpenEnv>, folder: WebAppName | 'sign-in', shown: Shown): Promise<Response> {
  const built = await builtPage(c, folder);
  if (built === null) return notFound(c);
  const framed = (await inFrame(built, c, shown)).replace(CHUNK_TABLE, () => preloads(chunkFiles(built, pathOf(c))));
  const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
  const { data } = shown;
  if (data === null) return new Response(framed.replace(MARKS.first, '').replace(MARKS.data, ''), { headers });
  const cut = framed.indexOf(MARKS.first);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(encoder.encode(framed.slice(0, cut)));
      const known = await data.catch((): PageData => ({ language: shown.language, answers: {} }));
      const rest = framed
        .slice(cut)
        .replace(MARKS.first, () => firstText(known, c.req.path, shown.language))
        .replace(MARKS.data, () => dataElement(known));
      controller.enqueue(encoder.encode(rest));
      controller.close();
    },
  });
  return new Response(body, { headers });
}

/** The built page with names, colours, language and scheme. */
async function inFrame(built: string, c: Context<OpenEnv>, { brand, language, me, warm }: Shown): Promise<string> {
  const scheme = cookieOf(c, SCHEME_COOKIE);
  const isPseudo = c.get('platform').development && cookieOf(c, PSEUDO_COOKIE) === 'on';
  const style = brandStyle(brand);
  const root = await html`<html lang="${language}" data-product="${brand.productName}"${
    scheme === 'dark' || scheme === 'light' ? raw(` data-mantine-color-scheme="${scheme}"`) : ''
  }${isPseudo ? raw(' data-pseudo') : ''}${style === '' ? '' : raw(` style="${style}"`)}${warm === undefined ? '' : raw(` data-warm="${warm.join(' ')}"`)}`;
  const name = String(await html`${brand.productName}`);
  const tenant = me === undefined ? '' : String(await html`${me.tenant.name}`);
  return built
    .replace('<html lang="de"', () => String(root))
    .replace(/<title>[^<]*<\/title>/, () => `<title>${name}</title>`)
    .replaceAll(MARKS.product, () => name)
    .replaceAll(MARKS.tenant, () => tenant);
}

/** What the frame says before any script has run: the balance on the portal's first page, the day above the calendar. Figures and dates only. */
function firstText({ answers }: PageData, path: string, language: Language): string {
  const balance = answers[addressOf(BALANCE)]?.body as BalanceResponse | undefined;
  if (balance !== undefined) {
    if (!/^\/portal(\/login)?\/?$/.test(path)) return '';
    const { currency, balance_cents: cents } = balance.data;
    const format = new Intl.NumberFormat(localeOf(language), { style: 'currency', currency });
    const text = format.format(cents / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
    return text.replace('-', '\u2212');
  }
  const day = Object.entries(answers).find(([address]) => address.startsWith(`${CALENDAR_DAY}?`));
  const date = day && new URLSearchParams(day[0].slice(CALENDAR_DAY.length)).get('date');
  if (!date) return '';
  const inFull = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(localeOf(language), inFull).format(new Date(`${date}T12:00:00Z`));
}

/** JSON that no HTML parser can end: `<` is written as its code. A data block is no script to the content security policy. */
const dataElement = (data: PageData): string =>
  `<script type="application/json" id="${PAGE_DATA_ID}">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`;
