/**
 * Every catalogue of texts has the same keys and takes the same values in every language; what is compiled from them is what compiling
 * gives now, and every plural has the forms of its language. Called by check.ts.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Language, LANGUAGES } from '../../shared/i18n/language.ts';
import { argumentsOf } from '../messages/arguments.ts';
import { AREAS, compiledFiles, sourceOf, staleFiles } from '../messages/compile.ts';
import { projectFiles, root } from './files.ts';

const CATALOGUE = /^(.*)\.(de|en)\.(ts|json)$/;

/** @returns what is missing, in sentences */
export async function catalogueProblems(): Promise<string[]> {
  const groups = new Map<string, Map<string, string>>();
  for (const file of projectFiles()) {
    const match = CATALOGUE.exec(file);
    if (!match?.[1] || !match[2] || !/^(shared|workers|web)\/(?!i18n\/compiled\/)/.test(file)) continue;
    const group = groups.get(match[1]) ?? new Map<string, string>();
    group.set(match[2], file);
    groups.set(match[1], group);
  }
  const problems: string[] = [];
  for (const [name, files] of groups) {
    const texts = new Map<Language, Map<string, string>>();
    for (const language of LANGUAGES) {
      const file = files.get(language);
      if (file === undefined) problems.push(`${name}: no catalogue for ${language}`);
      else texts.set(language, await textsOf(file));
    }
    problems.push(...differences(name, texts));
  }
  return [...problems, ...(await compiledProblems())];
}

/** A message that does not compile names itself; a compiled file that is out of date is made anew by one command. */
async function compiledProblems(): Promise<string[]> {
  try {
    return staleFiles(await compiledFiles()).map((file) => `${file} is not what its catalogue says: npm run messages`);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** Areas written in ICU; the others have plain `{name}`. */
const ICU = new Set<string>(AREAS.map((area) => sourceOf(area, 'de').replace(/\.de\.ts$/, '')));

/** What a text takes, as text to compare. */
function valuesOf(name: string, text: string, language: Language): string {
  if (!ICU.has(name)) return [...new Set(text.match(/\{\w+\}/g))].sort().join();
  try {
    return JSON.stringify(argumentsOf(text, language));
  } catch {
    return 'not a message'; // compiling says why
  }
}

/** Compares the languages of one catalogue pair by pair with the first one. */
export function differences(name: string, texts: ReadonlyMap<Language, ReadonlyMap<string, string>>): string[] {
  const [first, ...others] = [...texts];
  if (!first) return [];
  const problems: string[] = [];
  for (const [language, catalogue] of others) {
    for (const [key, text] of first[1]) {
      const translated = catalogue.get(key);
      if (translated === undefined) problems.push(`${name}.${language}: ${key} is missing`);
      else if (valuesOf(name, text, first[0]) !== valuesOf(name, translated, language)) {
        problems.push(`${name}.${language}: ${key} takes other values than ${first[0]}`);
      }
    }
    for (const key of catalogue.keys()) {
      if (!first[1].has(key)) problems.push(`${name}.${first[0]}: ${key} is missing`);
    }
  }
  return problems;
}

/** All texts of a catalogue file by dotted key; the export's own name does not count, because it names the language. */
async function textsOf(file: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const collect = (value: unknown, key: string): void => {
    if (typeof value === 'string') found.set(key, value);
    else if (typeof value === 'function') found.set(key, '');
    else if (value !== null && typeof value === 'object') {
      for (const [name, item] of Object.entries(value)) collect(item, key === '' ? name : `${key}.${name}`);
    }
  };
  const url = pathToFileURL(path.join(root, file)).href;
  const module = (await (file.endsWith('.json') ? import(url, { with: { type: 'json' } }) : import(url))) as object;
  for (const value of Object.values(module)) collect(value, '');
  return found;
}
