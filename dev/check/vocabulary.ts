/**
 * The terms of the first version that have a standard one: not in comments, documents, titles of tests and names. Called by check.ts. Names
 * that are stored or on the wire stay as they are: comments put them in backticks, and members are not looked at.
 */
import { commentsOf } from './comments.ts';
import { isTypeScript, lineAt, type Sources, sourcesOf } from './sources.ts';
import { type Node, parseSource, walk } from './syntax.ts';

interface Term {
  /** as it stands in prose; the parts that make it another word are excluded by the pattern */
  prose: RegExp;
  /** as a word of a name; absent: only prose is looked at */
  name?: RegExp;
  /** what to say instead */
  say: string;
}

/** The table; `docs/architecture.md` and `docs/seams.md` use the terms on the right. */
const TERMS: readonly Term[] = [
  // people sit in rooms too, so only what a room of code has makes it one
  {
    prose:
      /\b(?:table|law|map) of rooms\b|\brooms? of (?:the )?workers\b|\brooms?(?:'s|’s)? (?:commands?|files?|imports?|insides?|routes?)\b/i,
    say: 'module',
  },
  { prose: /\bfaces?\b/i, name: /^faces?$/i, say: 'web app or client' },
  { prose: /\bpipes?\b/i, name: /^pipes?$/i, say: 'outbox or delivery' },
  { prose: /\bhouses?\b/i, name: /^houses?$/i, say: 'architecture, or who is meant' },
  { prose: /\bdesks?\b/i, name: /^desks?$/i, say: 'BranchContext, or staff' },
  { prose: /\bwish(?:es)?\b/i, name: /^wish(?:es)?$/i, say: 'request' },
  { prose: /\bdoors?\b/i, name: /^doors?$/i, say: 'entry point' },
  { prose: /\bnews\b/i, name: /^news$/i, say: 'event or message' },
  { prose: /\bhear(?:d|s)? (?:of|the same)\b/i, say: 'knows of, or receives' },
  { prose: /\btellings\b/i, say: 'event or report' },
  { prose: /\bsp(?:eaks?|oken?|eaking) of\b/i, say: 'refers to, or names' },
];
/** A type of what is answered. */
const SHOWN: Term = { prose: /\b[A-Z]\w+Shown\b/, name: /^$/, say: '…View or …Response' };

/** A place without what stands in backticks or quotation marks: names and words of others. */
const withoutQuoted = (text: string): string =>
  text.replace(/`[^`\n]*`|"[^"\n]*"|„[^“"\n]*[“"]/g, (quoted) => ' '.repeat(quoted.length));

/** Titles of tests: sentences of ours, in strings. */
const TITLE = /\b(?:it|describe|test)(?:\.\w+)*\(\s*'((?:[^'\\\n]|\\.)*)'/g;
const titlesOf = (text: string): { at: number; text: string }[] =>
  [...text.matchAll(TITLE)].map((found) => ({ at: found.index, text: found[1] ?? '' }));

/** @returns `file:line: …` for each old term in comments, titles of tests and documents */
export function oldProse(sources: Sources): string[] {
  const problems: string[] = [];
  for (const [file, text] of sources) {
    const places = isTypeScript(file) ? [...commentsOf(text), ...titlesOf(text)] : [{ at: 0, text }];
    for (const place of places) {
      const plain = withoutQuoted(place.text);
      for (const { prose, say } of [...TERMS, SHOWN])
        for (const found of plain.matchAll(new RegExp(prose, `${prose.flags}g`)))
          problems.push(`${file}:${lineAt(text, place.at + found.index)}: "${found[0]}": say ${say}`);
    }
  }
  return problems;
}

const wordsOf = (name: string): string[] => name.split(/(?<=[a-z0-9])(?=[A-Z])|_/);

/** Names that a source gives: of variables, parameters, functions, classes and types. */
function givenNames(program: Node): { name: string; start: number }[] {
  const members = new Set<unknown>();
  const names: { name: string; start: number }[] = [];
  walk(program, (node) => {
    if (node.type === 'MemberExpression' && node['computed'] !== true) members.add(node['property']);
    if (node['key'] !== undefined && node['computed'] !== true && node['shorthand'] !== true) members.add(node['key']);
    if (node.type === 'ImportSpecifier') members.add(node['imported']);
    if (node.type !== 'Identifier' || members.has(node)) return;
    names.push({ name: String(node['name']), start: node.start ?? 0 });
  });
  return names;
}

/** @returns `file:line: …` for each name with an old term in it */
export function oldNames(sources: Sources): string[] {
  const problems = new Set<string>();
  for (const [file, text] of sources) {
    if (!isTypeScript(file)) continue;
    const { program, lineOf } = parseSource(file, text);
    for (const { name, start } of givenNames(program)) {
      for (const { name: old, say } of TERMS)
        if (old !== undefined && wordsOf(name).some((word) => old.test(word)))
          problems.add(`${file}:${lineOf(start)}: ${name}: say ${say}`);
      if (SHOWN.prose.test(name)) problems.add(`${file}:${lineOf(start)}: ${name}: say ${SHOWN.say}`);
    }
  }
  return [...problems];
}

/** Everything but what callers say (readers of emergencies and spoken time, their tests) and this check with its tests. */
const isLookedAt = (file: string): boolean =>
  /\.(tsx?|md)$/.test(file) &&
  !/^(shared\/i18n|shared\/spoken-time|workers\/telephony\/emergencies|tests\/fixtures)\//.test(file) &&
  !/^dev\/check\/vocabulary(\.test)?\.ts$/.test(file);

export function vocabularyProblems(): string[] {
  const sources = sourcesOf(isLookedAt);
  return [...oldProse(sources), ...oldNames(sources)];
}
