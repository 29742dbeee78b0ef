/**
 * A web app's page: the built frame with the host's name and colours in its first byte, and at its end what it would ask first. Who has no
 * session gets the sign-in instead, at the same address. Loaded with the first page; called by pages.ts.
 */
import type { Context } from 'hono';
import { html, raw } from 'hono/html';
import type { Me, MeResponse } from '../../shared/contract/identity.ts';
import { firstRequests } from '../../shared/first-requests.ts';
import { asLanguage, isLanguage, type Language } from '../../shared/i18n/language.ts';
import {
  type InlinedAnswer,
  LANGUAGE_COOKIE,
  ME,
  PAGE_DATA_ID,
  type PageData,
  PSEUDO_COOKIE,
  SCHEME_COOKIE,
} from '../../shared/page-data.ts';
import { PAGE_WORDS, type PanelPage } from '../../shared/panel-words.ts';
import { bindingsOf } from '../env.ts';
import { isSecure } from '../http/authenticate.ts';
import { notFound } from '../http/problem.ts';
import type { OpenEnv } from '../http/module-routes.ts';
import { tokenOfCookie } from '../identity/session-cookie.ts';
import { restoredCookies } from '../identity/support-session.ts';
import { rememberedTenant } from '../storage/platform-db.ts';
import { type Brand, brandStyle, effectiveBrand } from './brand.ts';
import { realmOf } from './directory.ts';
import { firstView } from './first-view.ts';

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
  // A session of the support has run out, or the owner has taken the consent back: the operator's own is still there.
  if (me === 'signed_out' && (c.req.header('Cookie') ?? '').includes('askpro_parked=')) {
    const browser = { cookie: c.req.header('Cookie'), secure: isSecure(c) };
    const back = await restoredCookies(platform, browser);
    if (back !== null) {
      for (const cookie of back) c.header('Set-Cookie', cookie, { append: true });
      return c.redirect('/admin/tenants', 302);
    }
  }
  if (me === 'signed_out' || isVisitor) {
    const behind = await builtPage(c, name);
    return page(c, 'sign-in', {
      ...nobody,
      warm: behind === null ? [] : filesBehind(behind, pathOf(c), nobody.language),
    });
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

/** A page behind a link (a mail about an account, the one-time link of the set-up): the sign-in's web app, whoever is signed in. */
export async function showSignInPage(c: Context<OpenEnv>): Promise<Response> {
  const platform = c.get('platform');
  const realm = await realmOf(platform, c.req.header('Host') ?? new URL(c.req.url).host);
  const tenant = realm?.kind === 'tenant' ? await rememberedTenant(platform, realm.tenantId) : null;
  const brand = await effectiveBrand(platform, tenant);
  return page(c, 'sign-in', { brand, language: chosenLanguage(c) ?? c.get('language'), data: null });
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
const CHUNKS: readonly (readonly [RegExp, PanelPage])[] = [
  [/^\/(admin|reseller)(\/login)?$|^\/admin\/appointments\/calendar$/, 'calendar-page'],
  [/^\/admin\/calls$/, 'calls-page'],
  [/^\/admin\/calls\/[^/]+$/, 'call-page'],
  [/^\/admin\/customers(\/|$)/, 'customers-pages'],
  [/^\/(admin\/tenants|reseller\/customers)(\/|$)/, 'tenants-pages'],
  [/^\/admin\/companies(\/|$)/, 'companies-pages'],
  [/^\/admin\/branches(\/|$)/, 'branches-pages'],
  [/^\/admin\/staff(\/|$)/, 'staff-pages'],
  [/^\/admin\/services(\/|$)/, 'services-pages'],
  [/^\/admin\/resources(\/|$)/, 'resources-pages'],
  [/^\/admin\/tags(\/|$)/, 'tags-pages'],
  [/^\/admin\/hours(\/|$)/, 'hours-pages'],
  [/^\/admin\/exceptions(\/|$)/, 'exceptions-pages'],
];
const CHUNK_TABLE = /<!--chunks ([^>]*)-->/;

/** Files of the chunks that the built page names. */
const chunksOf = (built: string): ReadonlyMap<string, string | undefined> =>
  new Map(
    CHUNK_TABLE.exec(built)?.[1]
      ?.split(' ')
      .map((line) => line.split('=', 2) as [string, string | undefined]),
  );

/** The portal's words, which its only script needs before it draws anything; the panel's come late, with its app. */
const wordFiles = (built: string, language: Language): string[] =>
  chunksOf(built).get(`portal.${language}`)?.split(',') ?? [];

/** What the panel's first script fetches when the page stands: its app, the chunk that draws the address, and the words of both. */
function lateFiles(built: string, path: string, language: Language): string[] {
  const table = chunksOf(built);
  const page = CHUNKS.find(([pattern]) => pattern.test(path))?.[1];
  const areas = page === undefined ? [] : PAGE_WORDS[page];
  const names = ['main', page ?? '', ...['admin', ...areas].map((area) => `${area}.${language}`)];
  return [...new Set(names.flatMap((name) => table.get(name)?.split(',') ?? []))];
}

/** Everything the page behind the sign-in loads at first. */
const filesBehind = (built: string, path: string, language: Language): string[] => [
  ...[...built.matchAll(/(?:src|href)="(\/assets\/[^"]+\.(?:js|css))"/g)].map((found) => found[1] ?? ''),
  ...wordFiles(built, language),
  ...lateFiles(built, path, language),
];

/** Marks in the built pages; what stands between the parts of a mark is what is shown where the page knows nothing. */
const MARKS = {
  product: '<!--product-->',
  tenant: '<!--tenant-->',
  data: '<!--data-->',
} as const;
/** What the frame shows at first; between its marks stands what is shown where nothing is known. */
const FIRST = /<!--first-->(.*?)<!--\/first-->/s;

/**
 * Sends the frame at once and the rest when its answers are there, so that styles and scripts load meanwhile. No page of a person is kept by
 * anything between us and them.
 */
async function page(c: Context<OpenEnv>, folder: WebAppName | 'sign-in', shown: Shown): Promise<Response> {
  const built = await builtPage(c, folder);
  if (built === null) return notFound(c);
  const words = wordFiles(built, shown.language).map(
    (file) => `<link rel="modulepreload" crossorigin href="${file}" />`,
  );
  const framed = (await inFrame(built, c, shown, lateFiles(built, pathOf(c), shown.language))).replace(
    CHUNK_TABLE,
    words.join(''),
  );
  const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
  const { data, me, language } = shown;
  if (data === null || me === undefined)
    return new Response(framed.replace(FIRST, '$1').replace(MARKS.data, ''), { headers });
  const cut = framed.search(FIRST);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(encoder.encode(framed.slice(0, cut)));
      const known = await data.catch((): PageData => ({ language, answers: {} }));
      const query = new URL(c.req.url).searchParams;
      // What can't be shown at once, the app shows.
      const view = await firstView({ data: known, path: pathOf(c), query, me, language }).catch(() => null);
      const rest = framed
        .slice(cut)
        .replace(FIRST, (_, otherwise: string) => view ?? otherwise)
        .replace(MARKS.data, () => dataElement(known));
      controller.enqueue(encoder.encode(rest));
      controller.close();
    },
  });
  return new Response(body, { headers });
}

/** The built page with names, colours, language and scheme. */
async function inFrame(
  built: string,
  c: Context<OpenEnv>,
  { brand, language, me, warm }: Shown,
  late: readonly string[],
): Promise<string> {
  const scheme = cookieOf(c, SCHEME_COOKIE);
  const isPseudo = c.get('platform').development && cookieOf(c, PSEUDO_COOKIE) === 'on';
  const style = brandStyle(brand);
  const root = await html`<html lang="${language}" data-product="${brand.productName}"${
    scheme === 'dark' || scheme === 'light' ? raw(` data-mantine-color-scheme="${scheme}"`) : ''
  }${isPseudo ? raw(' data-pseudo') : ''}${style === '' ? '' : raw(` style="${style}"`)}${late.length === 0 ? '' : raw(` data-late="${late.join(' ')}"`)}${warm === undefined ? '' : raw(` data-warm="${warm.join(' ')}"`)}`;
  const name = String(await html`${brand.productName}`);
  const tenant = me === undefined ? '' : String(await html`${me.tenant.name}`);
  return built
    .replace('<html lang="de"', () => String(root))
    .replace(/<title>[^<]*<\/title>/, () => `<title>${name}</title>`)
    .replaceAll(MARKS.product, () => name)
    .replaceAll(MARKS.tenant, () => tenant);
}

/** JSON that no HTML parser can end: `<` is written as its code. A data block is no script to the content security policy. */
const dataElement = (data: PageData): string =>
  `<script type="application/json" id="${PAGE_DATA_ID}">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`;
