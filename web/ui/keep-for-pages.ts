/** A reader's choice as a cookie, so that the Worker serves the next page in it. No secret; letters only. Called by language and colour scheme. */

const A_YEAR_SECONDS = 31_536_000;

export function keepForPages(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in browsers we serve
  document.cookie = `${name}=${value}; Path=/; Max-Age=${A_YEAR_SECONDS}; SameSite=Lax`;
}
