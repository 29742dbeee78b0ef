/**
 * `npm run messages`: the catalogues of `shared/i18n` (ICU MessageFormat) become functions in `shared/i18n/compiled`, one file per area and
 * language, with the type of every argument. A build (dev/build.ts) runs it first. Called by dev/check/catalogues.ts, which compares bytes.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import MessageFormat from '@messageformat/core';
import compileModule from '@messageformat/core/lib/compile-module.js';
import { LANGUAGES, type Language } from '../../shared/i18n/language.ts';
import { PANEL_AREAS } from '../../shared/panel-words.ts';
import { argumentsOf } from './arguments.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const CATALOGUES = 'shared/i18n';

/**
 * Catalogues written in ICU. The others hold no arguments (agent, company) or are spoken: `workers/telephony/speech.ts` joins half
 * sentences, which no message format does.
 */
export const AREAS = [
  'errors',
  'validation',
  'notifications',
  'pages',
  'web/admin',
  'web/portal',
  'web/login',
  'web/account',
  'web/begin',
  'web/profile',
  'web/second',
  'web/signup',
  ...PANEL_AREAS.map((area) => `web/${area}` as const),
] as const;
type Area = (typeof AREAS)[number];

/** The types of the others are those of this language: a text that is missing there, or takes something else, is a compile error. */
const SOURCE_LANGUAGE: Language = 'de';

export const sourceOf = (area: Area, language: Language): string => `${CATALOGUES}/${area}.${language}.ts`;
const compiledOf = (area: Area, language: Language): string =>
  `${CATALOGUES}/compiled/${path.basename(area)}.${language}.ts`;

/** The name a compiled catalogue is imported by, as its source's: `adminDe`. */
const exportOf = (area: Area, language: Language): string =>
  `${path.basename(area)}${language.charAt(0).toUpperCase()}${language.slice(1)}`;

/** The texts of a catalogue by key, as its file exports them. */
async function textsOf(area: Area, language: Language): Promise<Record<string, string>> {
  const module = (await import(pathToFileURL(path.join(root, sourceOf(area, language))).href)) as Record<
    string,
    Record<string, string> | undefined
  >;
  const texts = module[exportOf(area, language)];
  if (texts === undefined) throw new Error(`${sourceOf(area, language)} exports no ${exportOf(area, language)}`);
  return texts;
}

/**
 * One catalogue as a module. A text without arguments stays a text.
 * @throws where a text is no ICU message, a plural has a form the language lacks or lacks `other`, or a formatter is unknown
 */
export function compileCatalogue(area: Area, language: Language, texts: Readonly<Record<string, string>>): string {
  const format = new MessageFormat(language, { strict: true, returnType: 'string' });
  const helpers = new Set<string>();
  let isCounted = false;
  const lines = Object.entries(texts).map(([key, text]) => {
    const said = `${area}.${language}, ${key}`;
    try {
      const takes = Object.entries(argumentsOf(text, language));
      const compiled = compileModule(format, { message: text });
      const body = /export default \{\s+message: \(d?\) => (.*)\s+\}$/s.exec(compiled.trim())?.[1]?.trim();
      if (body === undefined) throw new Error(`is compiled in a way this file does not know: ${compiled}`);
      for (const [, names = ''] of compiled.matchAll(/^import \{ ([^}]*) \} from "@messageformat\/runtime";$/gm))
        for (const name of names.split(', ')) helpers.add(name);
      isCounted ||= compiled.includes('@messageformat/runtime/lib/cardinals');
      const types = takes.map(([name, type]) => `${name}: ${type}`).join('; ');
      return `  ${JSON.stringify(key)}: ${takes.length === 0 ? body : `(d: { ${types} }): string => ${body}`},`;
    } catch (error) {
      throw new Error(`${said}: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
  const name = exportOf(area, language);
  const isSource = language === SOURCE_LANGUAGE;
  return [
    `/** Compiled from ${sourceOf(area, language)} by dev/messages/compile.ts: change that file, then run \`npm run messages\`. */`,
    ...(isCounted ? [`import { ${language} } from '@messageformat/runtime/lib/cardinals';`] : []),
    ...(helpers.size > 0 ? [`import { ${[...helpers].sort().join(', ')} } from '../message-runtime.ts';`] : []),
    ...(isSource ? [] : [`import type { ${exportOf(area, SOURCE_LANGUAGE)} } from './${path.basename(area)}.de.ts';`]),
    '',
    `export const ${name}${isSource ? '' : `: typeof ${exportOf(area, SOURCE_LANGUAGE)}`} = {`,
    ...lines,
    '};',
    '',
  ].join('\n');
}

/** Every compiled file as it should be: path from the root → content. */
export async function compiledFiles(): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const area of AREAS)
    for (const language of LANGUAGES)
      files.set(compiledOf(area, language), compileCatalogue(area, language, await textsOf(area, language)));
  return files;
}

/** Files whose content on disk is not `files`. */
export const staleFiles = (files: ReadonlyMap<string, string>): string[] =>
  [...files].filter(([file, content]) => contentOf(file) !== content).map(([file]) => file);

/** Compiles what has changed. @returns the files that were written */
async function compileMessages(): Promise<string[]> {
  const files = await compiledFiles();
  const stale = staleFiles(files);
  for (const file of stale) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), files.get(file) ?? '');
  }
  return stale;
}

function contentOf(file: string): string | null {
  try {
    return readFileSync(path.join(root, file), 'utf8');
  } catch {
    return null;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const written = await compileMessages();
  console.log(written.length === 0 ? 'messages: everything is up to date' : `messages: ${written.join(', ')}`);
}
