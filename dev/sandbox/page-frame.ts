/** The look of every sandbox page: one inline style sheet, light and dark, no foreign host. Called by pages.ts and stripe-checkout-page.ts. */

export const escapeHtml = (text: string): string =>
  text.replace(
    /[&<>"']/g,
    (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[character] ?? character,
  );

const STYLE = `
:root{color-scheme:light dark;--bg:light-dark(#f6f6f4,#141413);--card:light-dark(#fff,#1e1e1c);--ink:light-dark(#1c1b19,#eceae4);--dim:light-dark(#5d5b55,#a5a29a);
--line:light-dark(#e2e0da,#34332f);--accent:light-dark(#2f5fd0,#8fb0ff);--on:light-dark(#fff,#10141f);--good:light-dark(#1c7a4b,#6fd3a0);--bad:light-dark(#b3302a,#ff9c94)}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",sans-serif}
a{color:var(--accent)}header.top{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;align-items:baseline;padding:1rem 1.5rem;border-bottom:1px solid var(--line)}
header.top strong{font-size:1.05rem}header.top nav{display:flex;flex-wrap:wrap;gap:.25rem 1rem}main{max-width:72rem;margin:0 auto;padding:1.5rem}
h1{font-size:1.5rem;margin:.2em 0 .6em;text-wrap:balance}h2{font-size:1.1rem;margin:1.8em 0 .6em}p{max-width:65ch}.dim{color:var(--dim)}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:1rem 1.15rem}.grid{display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr))}
.stack{display:grid;gap:.75rem}table{width:100%;border-collapse:collapse;font-size:.92rem}.scroll{overflow-x:auto}th{text-align:left;color:var(--dim);font-weight:500}
th,td{padding:.45rem .6rem .45rem 0;border-bottom:1px solid var(--line);vertical-align:top}td:last-child,th:last-child{padding-right:0}td.n{font-variant-numeric:tabular-nums;white-space:nowrap}
code,pre{font:.86rem/1.5 ui-monospace,"SF Mono",Menlo,monospace}pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:.4rem 0 0}
button,.button{font:inherit;font-weight:550;border:1px solid transparent;border-radius:8px;padding:.55rem 1rem;background:var(--accent);color:var(--on);cursor:pointer;text-decoration:none;display:inline-block}
button.plain,.button.plain{background:transparent;color:var(--ink);border-color:var(--line)}button:hover{filter:brightness(1.08)}:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
form.row{display:flex;flex-wrap:wrap;gap:.6rem;align-items:end}label{display:grid;gap:.2rem;font-size:.88rem;color:var(--dim)}
input,select{font:inherit;color:var(--ink);background:var(--bg);border:1px solid var(--line);border-radius:8px;padding:.45rem .6rem;min-width:0}
.good{color:var(--good)}.bad{color:var(--bad)}details>summary{cursor:pointer}.pill{border:1px solid var(--line);border-radius:99px;padding:.05rem .55rem;font-size:.82rem;white-space:nowrap}
.phone{max-width:26rem}.bubble{background:var(--bg);border:1px solid var(--line);border-radius:14px 14px 14px 4px;padding:.6rem .85rem;white-space:pre-wrap;overflow-wrap:anywhere}
.narrow{max-width:30rem;margin:8vh auto;padding:0 1rem}.total{display:flex;justify-content:space-between;font-size:1.25rem;font-weight:650;border-top:1px solid var(--line);padding-top:.8rem;margin-top:.6rem;font-variant-numeric:tabular-nums}
`;

/** A whole document around `body` (trusted HTML). */
export const document = (title: string, body: string, language: 'de' | 'en' = 'en'): string =>
  `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">` +
  `<meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body>${body}</body></html>`;
