/** Every catalogue of texts has the same keys and the same placeholders in every language. Called by check.ts. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectFiles, root } from './files.ts';

const LANGUAGES = ['de', 'en'] as const;
const CATALOGUE = /^(.*)\.(de|en)\.(ts|json)$/;

/** @returns what is missing, in sentences */
export async function catalogueProblems(): Promise<string[]> {
  const groups = new Map<string, Map<string, string>>();
  for (const file of projectFiles()) {
    const match = CATALOGUE.exec(file);
    if (!match?.[1] || !match[2] || !/^(shared|workers|web)\//.test(file)) continue;
    const group = groups.get(match[1]) ?? new Map<string, string>();
    group.set(match[2], file);
    groups.set(match[1], group);
  }
  const problems: string[] = [];
  for (const [name, files] of groups) {
    const texts = new Map<string, Map<string, string>>();
    for (const language of LANGUAGES) {
      const file = files.get(language);
      if (file === undefined) problems.push(`${name}: no catalogue for ${language}`);
      else texts.set(language, await textsOf(file));
    }
    problems.push(...differences(name, texts));
  }
  return problems;
}

/** Compares the languages of one catalogue pair by pair with the first one. */
export function differences(name: string, texts: ReadonlyMap<string, ReadonlyMap<string, string>>): string[] {
  const [first, ...others] = [...texts];
  if (!first) return [];
  const problems: string[] = [];
  for (const [language, catalogue] of others) {
    for (const [key, text] of first[1]) {
      const translated = catalogue.get(key);
      if (translated === undefined) problems.push(`${name}.${language}: ${key} is missing`);
      else if (placeholders(text) !== placeholders(translated)) {
        problems.push(`${name}.${language}: ${key} has other placeholders than ${first[0]}`);
      }
    }
    for (const key of catalogue.keys()) {
      if (!first[1].has(key)) problems.push(`${name}.${first[0]}: ${key} is missing`);
    }
  }
  return problems;
}

const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort().join();

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
