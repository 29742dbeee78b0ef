/**
 * A page without script: a name, a sentence, what one can do. For links in messages and for places that do not exist. Called by undo-page.ts
 * and lost-page.ts.
 */
import type { Context } from 'hono';
import { html, raw } from 'hono/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Language } from '../../shared/i18n/language.ts';
import type { Brand } from './brand.ts';

interface PlainPage {
  language: Language;
  /** null: no tenant's */
  brand: Brand | null;
  title: string;
  /** stands above; empty: nothing does */
  header: string;
  /** below the title, already HTML */
  body: ReturnType<typeof html>;
  /** a long text to read: wider, with room between its parts */
  isProse?: true;
}

/** What a long text needs beside the rest. */
const PROSE = `main{max-width:760px}
h2{margin:24px 0 8px;font-size:16px;line-height:24px;font-weight:600}
h3,h4{margin:16px 0 8px;font-size:16px;line-height:24px;font-weight:600}
p{margin:0 0 12px}
ul,ol{margin:0 0 12px;padding-left:24px}\n.prose p{color:var(--text)}
li{margin:0 0 4px}
a{color:var(--focus)}`;

/** Kept by nobody, found by no search engine. */
export async function plainPage(
  c: Pick<Context, 'header' | 'html'>,
  { language, brand, title, header, body, isProse }: PlainPage,
  status: ContentfulStatusCode,
): Promise<Response> {
  const colors = colorsOf(brand);
  c.header('Cache-Control', 'no-store');
  c.header('X-Robots-Tag', 'noindex');
  return c.html(
    await html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${header || title}</title>
<style>
:root{--page:#f6f7f9;--surface:#fff;--line:#e4e7ec;--text:#14181f;--second:#4a5463;--fill:${colors.fill};--on-fill:${colors.onFill};--focus:${colors.text}}
@media (prefers-color-scheme:dark){:root{--page:#0f1217;--surface:#161a21;--line:#2a313c;--text:#edf0f4;--second:#b4bdc9;--focus:${colors.textDark}}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;min-height:100dvh;background:var(--page);color:var(--text);font:400 16px/24px "Inter Variable",Inter,system-ui,-apple-system,"Segoe UI",sans-serif;font-variant-numeric:tabular-nums}
main{max-width:480px;margin:0 auto;padding:32px 12px}
header{margin:0 0 12px;padding:0 16px;font-weight:600;overflow-wrap:anywhere}
section{padding:24px 16px;background:var(--surface);border:1px solid var(--line);border-radius:10px;overflow-wrap:anywhere}
h1{margin:0 0 12px;font-size:20px;line-height:28px;font-weight:600;letter-spacing:-.01em}
p{margin:0;color:var(--second)}
dl{display:grid;grid-template-columns:auto 1fr;gap:4px 16px;margin:16px 0 0}
dt{color:var(--second)}
dd{margin:0}
button,.button{display:grid;place-items:center;width:100%;min-height:48px;margin:24px 0 0;padding:0 16px;border:0;border-radius:6px;background:var(--fill);color:var(--on-fill);font:inherit;font-weight:600;text-decoration:none;cursor:pointer}
button:focus-visible,.button:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
${isProse ? raw(PROSE) : ''}
@media (min-width:768px){main{padding:96px 24px 48px}header{padding:0 24px}section{padding:32px 24px}}
</style>
</head>
<body><main>
${header === '' ? '' : html`<header>${header}</header>`}
<section><h1>${title}</h1>
${body}
</section>
</main></body>
</html>
`,
    status,
  );
}

const HEX = /^#[0-9a-f]{6}$/i;

/** The brand's colours, contrast-checked when they were saved; anything but #rrggbb falls back to the product's own. */
function colorsOf(brand: Brand | null): { fill: string; onFill: string; text: string; textDark: string } {
  const { fill, on_fill, text, text_dark } = brand?.colors ?? {};
  const safe = (color: string | undefined, own: string): string => (color && HEX.test(color) ? color : own);
  return {
    fill: safe(fill, '#2f4fb3'),
    onFill: safe(on_fill, '#ffffff'),
    text: safe(text, '#2a479f'),
    textDark: safe(text_dark, '#9db4ff'),
  };
}
