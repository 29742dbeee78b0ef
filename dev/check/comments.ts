/**
 * What comments and documents claim: who calls a file, which decision says why, and nothing that stands outside the repository. Called by
 * check.ts.
 */
import path from 'node:path';
import { CITES_OUTSIDE } from './allowed.ts';
import { isTypeScript, lineAt, type Sources, sourcesOf } from './sources.ts';

/** The claim up to its sentence's end; a name with its ending (`x.ts`) has a dot inside. */
const CALLED_BY = /\b[cC]alled (?:once )?by ((?:[^.;*(]|\.(?=tsx?\b)|\*(?!\/))*)/g;
const FILE_NAME = /[\w./-]*[\w-]+\.tsx?\b/g;
/** A folder, `telephony/`; a path with a file behind it is a file. */
const FOLDER = /(?<![\w./-])([\w-]+\/)+(?![\w*])/g;
const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*['"](\.[^'"?]*)/g;

/** @returns `file:line: …` for each "called by" that names a file or folder that does not import this file */
export function untrueCallers(sources: Sources): string[] {
  const importers = importersOf(sources);
  const problems: string[] = [];
  for (const [file, text] of sources) {
    for (const comment of commentsOf(text)) {
      for (const claim of comment.text.matchAll(CALLED_BY)) {
        const said = claim[1] ?? '';
        for (const name of [...(said.match(FILE_NAME) ?? []), ...(said.match(FOLDER) ?? [])]) {
          if (isTrue(file, name, sources, importers)) continue;
          const line = lineAt(text, comment.at + claim.index);
          const real = [...(importers.get(file) ?? [])].filter((one) => !/\.test\.tsx?$/.test(one)).slice(0, 3);
          problems.push(
            `${file}:${line}: "called by ${name}", which does not import it (${real.length === 0 ? 'nothing does' : `${real.join(', ')} ${real.length === 1 ? 'does' : 'do'}`})`,
          );
        }
      }
    }
  }
  return [...new Set(problems)];
}

function isTrue(file: string, name: string, sources: Sources, importers: ReadonlyMap<string, Set<string>>): boolean {
  const callers = [...(importers.get(file) ?? [])];
  if (name.endsWith('/')) return callers.some((one) => one.startsWith(name) || one.includes(`/${name}`));
  const bare = path.posix.normalize(name).replace(/^(\.\.\/)+/, '');
  // a name with a wildcard before it (`*-events.ts`) is the end of names
  const named = [...sources.keys()].filter(
    (one) => one === bare || one.endsWith(`/${bare}`) || (bare.startsWith('-') && one.endsWith(bare)),
  );
  return named.some((one) => callers.includes(one));
}

/** file → files that import it, also lazily and for types */
function importersOf(sources: Sources): Map<string, Set<string>> {
  const importers = new Map<string, Set<string>>();
  for (const [file, text] of sources) {
    for (const [, specifier = ''] of text.matchAll(IMPORT)) {
      const target = path.posix.join(path.posix.dirname(file), specifier);
      importers.set(target, (importers.get(target) ?? new Set()).add(file));
    }
  }
  return importers;
}

/** Comments of a source with their offsets; the leading stars of a block are taken out, so that a sentence reads on over its lines. */
export function* commentsOf(text: string): Generator<{ at: number; text: string }> {
  for (const found of text.matchAll(/\/\*[\s\S]*?\*\/|(?<!:)\/\/[^\n]*/g)) {
    yield { at: found.index, text: found[0].replace(/\n\s*\*(?!\/)/g, (stars) => ' '.repeat(stars.length)) };
  }
}

/** The numbers that docs/decisions.md has. */
export const decisionNumbers = (decisions: string): ReadonlySet<number> =>
  new Set([...decisions.matchAll(/^(\d+)\. \*\*/gm)].map((match) => Number(match[1])));

const DECISION = /\bdecisions?(?:\.md)?[`)]*,?\s+(\d{1,3})((?:\s*(?:,|and|to|–)\s*\d{1,3})*)/gi;

/** @returns `file:line: …` for each cited decision that is not there */
export function missingDecisions(sources: Sources, known: ReadonlySet<number>): string[] {
  const problems: string[] = [];
  for (const [file, text] of sources) {
    for (const cited of text.matchAll(DECISION)) {
      for (const number of `${cited[1]}${cited[2]}`.match(/\d+/g) ?? []) {
        if (known.has(Number(number))) continue;
        problems.push(`${file}:${lineAt(text, cited.index)}: docs/decisions.md has no decision ${number}`);
      }
    }
  }
  return problems;
}

/** Chapters of the briefs the product was built from: no reader of the repository has them. */
const OUTSIDE = /\bspec\/\d|\b(?:spec|wire|facts) §/g;

/** @returns `file:line: …` for each citation of a document that is not in the repository */
export function outsideCitations(sources: Sources): string[] {
  return [...sources].flatMap(([file, text]) =>
    [...text.matchAll(OUTSIDE)].map(
      ({ 0: cited, index }) =>
        `${file}:${lineAt(text, index)}: cites "${cited}", which is not in the repository: say the fact itself, or point into docs/`,
    ),
  );
}

const isOurs = (file: string): boolean => /^(shared|workers|web|dev|tests)\//.test(file) && isTypeScript(file);

/** Judges the product's comments; this folder holds the patterns and planted breaches themselves. */
export function callerProblems(): string[] {
  return untrueCallers(sourcesOf(isOurs)).filter((problem) => !/^dev\/check\/\w+\.test\.ts/.test(problem));
}

export function decisionProblems(): string[] {
  const known = decisionNumbers([...sourcesOf((file) => file === 'docs/decisions.md').values()].join());
  const cited = sourcesOf((file) => (isOurs(file) || /\.(md|sql)$/.test(file)) && !file.startsWith('dev/check/'));
  return missingDecisions(cited, known);
}

/** @returns citations of the product, and how many stand in the shrinking list of dev/check/allowed.ts */
export function citationProblems(): { problems: string[]; open: number } {
  const found = outsideCitations(
    sourcesOf((file) => /\.(tsx?|md|css|html|toml|mjs|sql)$/.test(file) && !file.startsWith('dev/check/')),
  );
  const fileOf = (problem: string): string => problem.slice(0, problem.indexOf(':'));
  const stale = CITES_OUTSIDE.filter((file) => !found.some((problem) => fileOf(problem) === file));
  const problems = found.filter((problem) => !CITES_OUTSIDE.includes(fileOf(problem)));
  return {
    problems: [
      ...problems,
      ...stale.map((file) => `dev/check/allowed.ts: ${file} cites nothing from outside any more: take it off the list`),
    ],
    open: found.length - problems.length,
  };
}
