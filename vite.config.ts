/**
 * How the Worker and the web apps are built. `dev/build.ts` calls these one by one; `vite` on the command line gets the
 * admin web app (`--mode portal` gets the portal).
 */
import { builtinModules } from 'node:module';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type InlineConfig, type Plugin, type Rolldown } from 'vite';

const root = path.dirname(fileURLToPath(import.meta.url));
export type WebAppName = 'admin' | 'portal' | 'sign-in';
export const WEB_APPS: readonly WebAppName[] = ['admin', 'portal', 'sign-in'];

/** workerd resolves `node:crypto` but not `crypto`: packages that import the bare name get the prefixed one. */
const nodeBuiltins: Plugin = {
  name: 'node-builtins-of-workerd',
  enforce: 'pre',
  resolveId(id) {
    if (id.startsWith('cloudflare:') || id.startsWith('node:')) return { id, external: true };
    return builtinModules.includes(id) ? { id: `node:${id}`, external: true } : null;
  },
};

/**
 * zod re-exports its messages in fifty languages as one namespace, which no bundler can shake out; ours come from our catalogues. Saves
 * about 45 kB gzip at start-up.
 */
const zodEnglishOnly: Plugin = {
  name: 'zod-english-only',
  enforce: 'pre',
  load: (id) =>
    /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/.test(id) ? "export { default as en } from './en.js';" : null,
};

/** zod's reader of JSON Schema, which the same namespace holds and nobody here calls. Saves about 3 kB gzip at start-up. */
const zodWithoutJsonSchema: Plugin = {
  name: 'zod-without-json-schema',
  enforce: 'pre',
  load: (id) =>
    /[\\/]zod[\\/]v4[\\/]classic[\\/]from-json-schema\.js$/.test(id)
      ? "export function fromJSONSchema() { throw new Error('left out of the build: vite.config.ts'); }"
      : null,
};

/**
 * Mantine's scroll area, which every table and dialog brings along, takes one small hook from the library that places menus and tooltips, and with
 * it all of that. It gets the same hook of Mantine's own. Saves 15 kB gzip on most pages of the panel.
 */
const scrollAreaAlone: Plugin = {
  name: 'scroll-area-alone',
  enforce: 'pre',
  transform(code, id) {
    if (!/[\\/]components[\\/]ScrollArea[\\/]ScrollArea\.mjs$/.test(id)) return null;
    const changed = code
      .replace('import { useMergeRefs } from "@floating-ui/react";', 'import { useMergedRef } from "@mantine/hooks";')
      .replaceAll('useMergeRefs([', 'useMergedRef(...[');
    if (!changed.includes('useMergedRef(...[') || changed.includes('useMergeRefs'))
      throw new Error('vite.config.ts: the scroll area has changed, look what it imports now');
    return changed;
  },
};

/**
 * Two packages of the panel in a lighter form: react-router names its development build for everybody (the same files with
 * `ENABLE_DEV_WARNINGS = false` lie beside it), and ra-core compares with lodash, of which one function is 7 kB gzip. Saves 6 kB of first load.
 */
const PANEL_ALIASES = [
  { find: /^react-router$/, replacement: path.join(root, 'node_modules/react-router/dist/production/index.mjs') },
  {
    find: /^react-router\/dom$/,
    replacement: path.join(root, 'node_modules/react-router/dist/production/dom-export.mjs'),
  },
  { find: /^lodash\/isEqual\.js$/, replacement: path.join(root, 'web/ui/deep-equal.ts') },
];

/** Warnings that are none here: server directives of React packages, and lazy imports of what is loaded anyway (the size check judges). */
const HARMLESS = ['MODULE_LEVEL_DIRECTIVE', 'INEFFECTIVE_DYNAMIC_IMPORT'];
const onLog: NonNullable<Rolldown.RolldownOptions['onLog']> = (level, log, handler) => {
  if (log.code === undefined || !HARMLESS.includes(log.code)) handler(level, log);
};

/**
 * The Worker as ES modules: `index.js` plus one chunk for each lazily imported part.
 * @param entry the module that exports fetch and the object classes; @param outDir where it goes
 */
export function workerBuild(entry: string, outDir: string): InlineConfig {
  return {
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    plugins: [nodeBuiltins, zodEnglishOnly, zodWithoutJsonSchema],
    define: { 'process.env.NODE_ENV': '"production"' },
    ssr: {
      noExternal: true,
      target: 'webworker',
      resolve: { conditions: ['workerd', 'worker', 'module', 'import', 'default'] },
    },
    build: {
      ssr: entry,
      outDir,
      emptyOutDir: true,
      target: 'es2024',
      sourcemap: true,
      minify: true,
      reportCompressedSize: false,
      rolldownOptions: {
        // workerd takes handlers and classes from the entry's exports: code shared with lazy chunks must not be exported there too
        preserveEntrySignatures: 'strict',
        output: {
          format: 'es',
          entryFileNames: 'index.js',
          chunkFileNames: 'chunks/[name]-[hash].js',
          // What the entry needs at once is one file: cut by who else loads it, it was 75 and compressed 5 % worse.
          codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] },
        },
      },
    },
  };
}

/** A style sheet without comments and line breaks. */
const styleOf = (file: string): string =>
  readFileSync(path.join(root, 'web/ui', file), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .trim();

/** The frame's own styles; where no script has said yet whether it is dark, the system does. */
function frameStyle(): string {
  const tokens = styleOf('tokens.css');
  const dark = /:root\[data-mantine-color-scheme="dark"\] (\{[^}]*\})/.exec(tokens)?.[1];
  if (dark === undefined) throw new Error('web/ui/tokens.css has no dark block');
  const bySystem = `@media (prefers-color-scheme: dark) { :root:not([data-mantine-color-scheme]) ${dark} }`;
  const body =
    'body { margin: 0; background: var(--page); color: var(--text) } .frame, .frame * { box-sizing: border-box }';
  return `${tokens} ${bySystem} ${body} ${styleOf('frame.css')}`;
}

const STYLE_SHEET = /\s*<link rel="stylesheet"[^>]*>/g;

/**
 * The frame is painted with a few styles of its own, written into the page; the app's sheet is fetched beside it and holds back the app, but
 * nothing that is painted before it.
 */
const frameFirst: Plugin = {
  name: 'frame-first',
  transformIndexHtml: {
    order: 'post',
    handler(html) {
      if (!html.includes('<!--frame-style-->')) return html;
      // In its place, because sheets of pages come behind it; for print until the app starts (web/ui/start-web-app.tsx).
      const late = (sheet: string): string =>
        sheet.replace('rel="stylesheet"', 'rel="preload" as="style"') +
        sheet.replace('rel="stylesheet"', 'rel="stylesheet" media="print" data-late');
      return html.replace('<!--frame-style-->', () => `<style>${frameStyle()}</style>`).replace(STYLE_SHEET, late);
    },
  },
};

/**
 * Names in the panel's page the files of its app, of each page that loads on demand and of each area's words, so that they can be fetched
 * together: `<!--chunks main=/assets/a.js,/assets/b.css calls-page=/assets/c.js calls.de=/assets/d.js …-->` (read by workers/tenancy/web-page.ts).
 */
const pageChunks: Plugin = {
  name: 'page-chunks',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle = {}, chunk: entry }) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const named = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
      /** The chunk and what it imports, without what is loaded already. */
      const filesOf = (fileName: string, seen: Set<string>): string[] => {
        const chunk = named.get(fileName);
        if (!chunk || seen.has(fileName)) return [];
        seen.add(fileName);
        const styles = [...(chunk.viteMetadata?.importedCss ?? [])];
        return [fileName, ...styles, ...chunk.imports.flatMap((other) => filesOf(other, seen))];
      };
      const line = (name: string, files: string[]): string => `${name}=${files.map((file) => `/${file}`).join(',')}`;
      const loaded = new Set<string>();
      if (entry) filesOf(entry.fileName, loaded);
      const lazy = chunks.filter((chunk) => chunk.isDynamicEntry);
      const app = lazy.find((chunk) => chunk.name === 'main');
      const lines = app ? [line(app.name, filesOf(app.fileName, loaded))] : [];
      for (const chunk of lazy.filter(({ name }) => /-pages?$|^[a-z]+\.(de|en)$/.test(name)))
        lines.push(line(chunk.name, filesOf(chunk.fileName, new Set(loaded))));
      return html.replace('<!--chunks-->', `<!--chunks ${lines.join(' ')}-->`);
    },
  },
};

/**
 * One web app as static files: `<app>/index.html` and hashed `/assets/*`.
 * Portal and sign-in are Preact through React's spelling: their first load may weigh 40 and 15 kB of JavaScript at most.
 */
export function webAppBuild(webApp: WebAppName, outDir: string): InlineConfig {
  return {
    root: path.join(root, 'web'),
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [scrollAreaAlone, pageChunks, frameFirst],
    // named here, because a build under vitest (NODE_ENV=test) would get development JSX
    mode: 'production',
    oxc: { jsx: { runtime: 'automatic', importSource: webApp === 'admin' ? 'react' : 'preact', development: false } },
    resolve:
      webApp === 'admin'
        ? { alias: PANEL_ALIASES }
        : {
            alias: {
              'react/jsx-runtime': 'preact/jsx-runtime',
              'react-dom/client': 'preact/compat/client',
              'react-dom': 'preact/compat',
              react: 'preact/compat',
            },
          },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2023',
      cssTarget: ['chrome125', 'safari17.5', 'firefox125'],
      // nothing inlined: the page's content security policy forbids scripts and fonts that are part of it
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      sourcemap: false,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 1_500,
      rolldownOptions: { onLog, input: path.join(root, 'web', webApp, 'index.html') },
    },
  };
}

export default defineConfig(({ mode }) =>
  webAppBuild(mode === 'portal' ? 'portal' : 'admin', path.join(root, 'dist', mode)),
);
