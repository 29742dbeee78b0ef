/**
 * A language that is none: every text of the catalogues in brackets, so that a text which does not come from them stands out on every page. In
 * development the cookie `askpro_pseudo=on` asks for it (workers/tenancy/web-page.ts); nowhere else is the mark ever set. Called at start.
 */
import type { Catalogue } from '../../shared/i18n/message.ts';

/** The catalogue as it is, or in brackets where the page is marked. */
export function asMarked<C extends Catalogue>(catalogue: C): C {
  return document.documentElement.hasAttribute('data-pseudo') ? bracketed(catalogue) : catalogue;
}

/** Pure: every text in brackets, those with values too. */
export const bracketed = <C extends Catalogue>(catalogue: C): C =>
  Object.fromEntries(
    Object.entries(catalogue).map(([key, message]) => [
      key,
      typeof message === 'string' ? `⟦${message}⟧` : (values: never) => `⟦${message(values)}⟧`,
    ]),
  ) as C;
