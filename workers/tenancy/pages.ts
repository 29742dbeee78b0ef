/**
 * Pages: the web apps and the pages behind links in messages. A web app: host → realm → the built page with that host's name in its first
 * byte. A browser gets a page for unknown hosts and paths too, everybody else the neutral refusal; a missing asset is a 404, never a page
 * (after a deploy that would be a blank page).
 */
import { Hono } from 'hono';
import type { Context } from 'hono';
import { lazy } from '../../shared/lazy.ts';
import { LEGAL_PATH, SIGNUP_CONFIRM_PATH, SIGNUP_PATH } from '../../shared/legal.ts';
import { SETUP_PATH } from '../../shared/page-data.ts';
import { boundBody } from '../http/body.ts';
import { notFound } from '../http/problem.ts';
import { countRequest } from '../http/rate-limit.ts';
import type { OpenEnv } from '../http/module-routes.ts';
import { rememberedTenant } from '../storage/platform-db.ts';
import { type Realm, realmOf } from './directory.ts';
import type { AskOurselves, WebAppName } from './web-page.ts';

const undoPage = lazy(() => import('./undo-page.ts'));
const stopPage = lazy(() => import('./stop-page.ts'));
const webPage = lazy(() => import('./web-page.ts'));
const lostPage = lazy(() => import('./lost-page.ts'));
const legalPage = lazy(() => import('./legal-page.ts'));
const noticePage = lazy(() => import('./notice-page.ts'));

/** Its form has no fields. */
const MAX_FORM_BYTES = 1_024;
const UNDO = '/u/:token';
const STOP = '/s/:token';
/** Spoken to by programs and by our own scripts: what is unknown below them stays JSON, whoever asks. */
const NO_PAGES = /^\/(api|customer|webhooks|assets)(\/|$)/;

const realmHere = (c: Context<OpenEnv>) => realmOf(c.get('platform'), c.req.header('Host') ?? new URL(c.req.url).host);

/** Whether a person is looking: browsers say so of every address that is typed or followed. */
const wantsPage = (c: Context<OpenEnv>): boolean =>
  !NO_PAGES.test(c.req.path) && (c.req.header('Accept') ?? '').includes('text/html');

/** The notice of a host whose tenant is suspended or closed; null: it is neither. */
const stopped = async (c: Context<OpenEnv>, realm: Realm | null): Promise<Response | null> => {
  if (realm?.kind !== 'tenant' || !wantsPage(c)) return null;
  const tenant = await rememberedTenant(c.get('platform'), realm.tenantId);
  if (tenant?.status !== 'suspended' && tenant?.status !== 'closed') return null;
  return (await noticePage()).showNotice(c, tenant);
};

async function lost(c: Context<OpenEnv>): Promise<Response> {
  const notice = await stopped(c, await realmHere(c));
  if (notice !== null) return notice;
  if (!wantsPage(c)) return notFound(c);
  return (await lostPage()).showLost(c, await realmHere(c));
}

/** The host's start: a tenant's is for its customers, the platform's for those who work with it. */
async function start(c: Context<OpenEnv>): Promise<Response> {
  const realm = await realmHere(c);
  if (realm === null) return lost(c);
  const notice = await stopped(c, realm);
  if (notice !== null) return notice;
  return c.redirect(realm.kind === 'tenant' ? '/portal' : '/admin', 302);
}

const sellsHere = async (c: Context<OpenEnv>, realm: Realm): Promise<boolean> =>
  (await rememberedTenant(c.get('platform'), realm.tenantId))?.type === 'reseller';

const isClosed = async (c: Context<OpenEnv>, realm: Realm): Promise<boolean> =>
  realm.kind === 'tenant' && (await rememberedTenant(c.get('platform'), realm.tenantId))?.status === 'closed';

export function createPages(ask: AskOurselves): Hono<OpenEnv> {
  const pages = new Hono<OpenEnv>();
  const webApp = async (c: Context<OpenEnv>, name: WebAppName): Promise<Response> => {
    const realm = await realmHere(c);
    if (realm === null) return lost(c);
    // Who is suspended signs in, reads why and pays; a closed account has nobody who could.
    const notice = (await isClosed(c, realm)) ? await stopped(c, realm) : null;
    return notice ?? (await webPage()).showWebApp(c, name, ask);
  };

  pages.use(UNDO, boundBody(MAX_FORM_BYTES), countRequest);
  pages.get(UNDO, async (c) => (await undoPage()).showUndo(c));
  pages.post(UNDO, async (c) => (await undoPage()).putBackByLink(c));
  pages.use(STOP, boundBody(MAX_FORM_BYTES), countRequest);
  pages.get(STOP, async (c) => (await stopPage()).showStop(c));
  pages.post(STOP, async (c) => (await stopPage()).stopByLink(c));

  // The platform's own host only: a tenant's knows no operator.
  pages.get(SETUP_PATH, async (c) => {
    if ((await realmHere(c))?.kind !== 'platform') return lost(c);
    c.header('Referrer-Policy', 'no-referrer');
    return (await webPage()).showSignInPage(c);
  });

  // Readable on every host that serves, whatever became of its tenant: who must be named is named there, too.
  pages.get(`${LEGAL_PATH}/:kind`, async (c) => {
    const realm = await realmHere(c);
    const { legalKindOf, showLegal } = await legalPage();
    const kind = legalKindOf(c.req.param('kind'));
    return realm === null || kind === null ? lost(c) : showLegal(c, realm, kind);
  });

  // Whoever sells accounts has them on its own host; a business does not.
  for (const path of [SIGNUP_PATH, SIGNUP_CONFIRM_PATH])
    pages.get(path, async (c) => {
      const realm = await realmHere(c);
      const sells = realm?.kind === 'platform' || (realm !== null && (await sellsHere(c, realm)));
      if (!sells) return lost(c);
      const notice = await stopped(c, realm);
      if (notice !== null) return notice;
      c.header('Referrer-Policy', 'no-referrer');
      return (await webPage()).showSignInPage(c);
    });

  pages.get('/', start);
  for (const path of ['/admin', '/admin/*', '/reseller', '/reseller/*']) pages.get(path, (c) => webApp(c, 'admin'));
  for (const path of ['/portal', '/portal/*']) pages.get(path, (c) => webApp(c, 'portal'));
  // Behind the links of mails about accounts; signed in or not, they are the sign-in's.
  for (const path of ['/invite', '/forgot', '/reset', '/email', '/link', '/support', '/factor-reset', '/factor-stop'])
    pages.get(path, async (c) => ((await realmHere(c)) === null ? lost(c) : (await webPage()).showSignInPage(c)));
  pages.get('*', lost);
  return pages;
}
