/**
 * Pages: the web apps and the pages behind links in messages. A web app: host → realm → the built page with that host's name in its first
 * byte. Unknown hosts get the neutral 404; a missing asset is a 404, never a page (after a deploy that would be a blank page).
 */
import { bindingsOf } from '../env.ts';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { lazy } from '../../shared/lazy.ts';
import { boundBody } from '../http/body.ts';
import { notFound } from '../http/problem.ts';
import { countRequest } from '../http/rate-limit.ts';
import type { OpenEnv } from '../http/module-routes.ts';
import { tenantById } from '../storage/platform-db.ts';
import { effectiveBrand } from './brand.ts';
import { realmOf } from './directory.ts';

export const pages = new Hono<OpenEnv>();

const undoPage = lazy(() => import('./undo-page.ts'));

/** Its form has no fields. */
const MAX_FORM_BYTES = 1_024;
const UNDO = '/u/:token';
pages.use(UNDO, boundBody(MAX_FORM_BYTES), countRequest);
pages.get(UNDO, async (c) => (await undoPage()).showUndo(c));
pages.post(UNDO, async (c) => (await undoPage()).putBackByLink(c));

const WEB_APPS = { admin: '/admin/', portal: '/portal/' } as const;

async function webApp(c: Context<OpenEnv>, name: keyof typeof WEB_APPS): Promise<Response> {
  const realm = await realmOf(c.get('platform'), c.req.header('Host') ?? new URL(c.req.url).host);
  const assets = bindingsOf(c.get('platform')).ASSETS;
  if (!realm || !assets) return notFound(c);
  const built = await assets.fetch(new URL(WEB_APPS[name], c.req.url));
  if (!built.ok) return notFound(c);
  const tenant = realm.kind === 'tenant' ? await tenantById(c.get('platform'), realm.tenantId) : null;
  const brand = await effectiveBrand(c.get('platform'), tenant);
  const html = new Response(built.body, {
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' },
  });
  return new HTMLRewriter()
    .on('title', {
      element(title) {
        title.setInnerContent(brand.productName);
      },
    })
    .on('html', {
      element(root) {
        root.setAttribute('data-product', brand.productName);
        // The web apps' styles read them before any request is answered: no flash of another brand.
        for (const [colour, value] of Object.entries(brand.colors ?? {}))
          root.setAttribute(`data-brand-${colour.replace('_', '-')}`, value);
        root.setAttribute('lang', c.get('language'));
      },
    })
    .transform(html);
}

pages.get('/', (c) => c.redirect('/admin/login', 302));
for (const path of ['/admin', '/admin/*', '/reseller', '/reseller/*']) pages.get(path, (c) => webApp(c, 'admin'));
for (const path of ['/portal', '/portal/*']) pages.get(path, (c) => webApp(c, 'portal'));
