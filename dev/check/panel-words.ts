/**
 * Each page of the panel says words of the frame and of its own areas only (shared/panel-words.ts), and has no area that it says nothing of. Read
 * from the code: what a page imports, and the keys in it. Called by check.ts.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { PAGE_WORDS, PANEL_AREAS } from '../../shared/panel-words.ts';
import { root } from './files.ts';
import type { Sources } from './sources.ts';
import { type Node, parseSource, walk } from './syntax.ts';

const ENTRY = 'web/admin/main.tsx';

interface Module {
  imports: string[];
  /** what it loads later, but for pages */
  later: string[];
  pages: string[];
  texts: Set<string>;
  /** beginnings and ends of texts with a value between them */
  made: (readonly [string, string])[];
}

const pageName = (file: string): string => path.basename(file, '.tsx');

const isOnlyTypes = (node: Node): boolean =>
  (node['importKind'] ?? node['exportKind']) === 'type' ||
  ((node['specifiers'] as Node[] | undefined)?.length !== 0 &&
    (node['specifiers'] as Node[] | undefined)?.every((one) => one['importKind'] === 'type') === true);

function moduleOf(file: string, code: string, pages: Readonly<Record<string, unknown>>): Module {
  const module: Module = { imports: [], later: [], pages: [], texts: new Set(), made: [] };
  const resolved = (source: unknown): string | null => {
    const to = (source as Node | null)?.['value'];
    return typeof to === 'string' && to.startsWith('.') && /\.tsx?$/.test(to)
      ? path.posix.join(path.posix.dirname(file), to)
      : null;
  };
  walk(parseSource(file, code).program, (node) => {
    if (/^(Import|Export(Named|All))Declaration$/.test(node.type ?? '') && !isOnlyTypes(node)) {
      const to = resolved(node['source']);
      if (to !== null) module.imports.push(to);
    } else if (node.type === 'ImportExpression') {
      const to = resolved(node['source']);
      if (to !== null) (Object.hasOwn(pages, pageName(to)) ? module.pages : module.later).push(to);
    } else if (node.type === 'Literal' && typeof node['value'] === 'string') {
      module.texts.add(node['value']);
    } else if (node.type === 'TemplateLiteral') {
      const [first = '', ...others] = (node['quasis'] as Node[]).map((one) => (one['value'] as { raw: string }).raw);
      if (others.length > 0 && /^[a-z_]+\.[a-z_.]*$/.test(first))
        module.made.push([first, others.length === 1 ? (others[0] ?? '') : '']);
    }
  });
  return module;
}

/** Keys of the frame and of each area. */
export type PanelKeys = Readonly<Record<'frame' | (typeof PANEL_AREAS)[number], readonly string[]>>;

async function panelKeys(): Promise<PanelKeys> {
  const keysOf = async (name: string): Promise<string[]> => {
    const file = pathToFileURL(path.join(root, `shared/i18n/web/${name}.de.ts`)).href;
    return Object.keys(((await import(file)) as Record<string, object>)[`${name}De`] ?? {});
  };
  const areas = await Promise.all(PANEL_AREAS.map(async (area) => [area, await keysOf(area)] as const));
  return { ...Object.fromEntries(areas), frame: await keysOf('admin') } as unknown as PanelKeys;
}

/** @param pages areas by the name of a page's file; @returns what is missing or too much, in sentences */
export async function panelWordsProblems(
  sources: Sources,
  pages: Readonly<Record<string, readonly string[]>> = PAGE_WORDS,
  given?: PanelKeys,
): Promise<string[]> {
  const keys = given ?? (await panelKeys());
  const areaOf = new Map(Object.entries(keys).flatMap(([area, all]) => all.map((key) => [key, area] as const)));
  const modules = new Map<string, Module>();
  const read = (file: string): Module | null => {
    const code = sources.get(file);
    if (code === undefined || !file.startsWith('web/')) return null;
    const known = modules.get(file) ?? moduleOf(file, code, pages);
    modules.set(file, known);
    return known;
  };
  const reached = (file: string, seen: Set<string>, takes: (file: string) => boolean = () => true): Set<string> => {
    const module = seen.has(file) ? null : read(file);
    if (module === null) return seen;
    seen.add(file);
    for (const next of [...module.imports, ...(takes(file) ? module.later : [])]) reached(next, seen, takes);
    return seen;
  };
  // What the kit loads later stands on pages, whoever has it fetched.
  const frame = reached(ENTRY, new Set(), (file) => !file.startsWith('web/admin/kit/'));
  /** Areas that files say something of, each with a key and where it stands. */
  const saidBy = (files: Iterable<string>): Map<string, string> => {
    const said = new Map<string, string>();
    for (const file of files) {
      const { texts, made } = modules.get(file) ?? { texts: new Set<string>(), made: [] };
      for (const [key, area] of areaOf)
        if (texts.has(key) || made.some(([start, end]) => key.startsWith(start) && key.endsWith(end)))
          if (!said.has(area)) said.set(area, `'${key}' (${file})`);
    }
    return said;
  };
  const problems = [...saidBy(frame)]
    .filter(([area]) => area !== 'frame')
    .map(([area, what]) => `the panel's frame says ${what}, which comes with the words of ${area}: move it to admin`);
  for (const [area, all] of Object.entries(keys))
    for (const key of all)
      if (areaOf.get(key) !== area)
        problems.push(`'${key}' stands in ${area} and in ${areaOf.get(key) ?? ''}: it has one place`);
  const found = new Set<string>();
  const waiting = [...frame].flatMap((file) => modules.get(file)?.pages ?? []);
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    const page = pageName(file);
    if (found.has(page)) continue;
    found.add(page);
    const own = [...reached(file, new Set())].filter((one) => !frame.has(one));
    waiting.push(...own.flatMap((one) => modules.get(one)?.pages ?? []));
    const said = saidBy(own);
    for (const [area, what] of said)
      if (area !== 'frame' && !pages[page]?.includes(area))
        problems.push(`${file} says ${what} without the words of ${area}: shared/panel-words.ts`);
    for (const area of pages[page] ?? [])
      if (!said.has(area)) problems.push(`${file} loads the words of ${area} and says none: shared/panel-words.ts`);
  }
  for (const page of Object.keys(pages))
    if (!found.has(page)) problems.push(`${page} of shared/panel-words.ts is no page of the panel`);
  return problems;
}
