/** Every path that the documents name in backticks must exist. Called by check.ts. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './files.ts';

/** What a path of ours starts with; other words in backticks are code, URLs or commands. */
const TOP =
  /^(workers|shared|migrations|web|dev|tests|docs|\.ci)\/|^[A-Za-z.-]+(\.json|\.toml|\.md|\.config\.ts)$|^\.(dev\.vars\.example|npmrc|gitignore)$/;
/** Made when the product runs, absent from a fresh clone. */
const MADE_LATER = /^(dist|\.wrangler|node_modules|\.dev\.vars)(\/|$)/;

/** @returns the missing ones as `file:line: path` */
export function missingPaths(): string[] {
  const docs = existsSync(path.join(root, 'docs'))
    ? readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.md'))
        .map((name) => `docs/${name.split(path.sep).join('/')}`)
    : [];
  const files = ['README.md', 'CONTRIBUTING.md', 'shared/spoken-time/README.md', ...docs].filter((file) =>
    existsSync(path.join(root, file)),
  );
  return files.flatMap((file) => missingIn(file, readFileSync(path.join(root, file), 'utf8')));
}

/** The missing paths of one document's text. */
export function missingIn(file: string, text: string): string[] {
  const missing: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const quoted = [...line.matchAll(/`([^`\s]+)`/g)].map((match) => match[1] ?? '');
    const linked = [...line.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)].map((match) =>
      path.posix.normalize(path.posix.join(path.posix.dirname(file), match[1] ?? '')),
    );
    for (const name of [...quoted.filter((word) => TOP.test(word)), ...linked]) {
      const bare = name.replace(/:\d+(-\d+)?$/, '').replace(/\/$/, '');
      if (MADE_LATER.test(bare)) continue;
      for (const candidate of alternatives(bare)) {
        // of a pattern only the part before its first wildcard can be looked up
        const wildcard = candidate.search(/[*<{…]/);
        const real = wildcard === -1 ? candidate : path.posix.dirname(`${candidate.slice(0, wildcard)}x`);
        if (!existsSync(path.join(root, real))) missing.push(`${file}:${index + 1}: ${candidate}`);
      }
    }
  }
  return missing;
}

/** `a/{b,c}.ts` names two files. */
function alternatives(name: string): string[] {
  const match = /^(.*)\{([^{}]*,[^{}]*)\}(.*)$/.exec(name);
  if (!match) return [name];
  return (match[2] ?? '').split(',').flatMap((middle) => alternatives(`${match[1]}${middle}${match[3]}`));
}
