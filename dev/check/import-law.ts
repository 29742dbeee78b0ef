/**
 * Judges every import of the product by the rules of import-rules.ts, with dependency-cruiser. Its TypeScript parser stops at version 6
 * and then finds no module and no breach, so it reads with swc, and a run that saw fewer files than git lists fails. Called by check.ts.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { cruise, type ICruiseResult, type IViolation } from 'dependency-cruiser';
import { projectFiles, root } from './files.ts';
import { importRules } from './import-rules.ts';

/** Sources the law speaks about; tests may import anything. */
export const isJudged = (file: string): boolean =>
  /^(shared|workers|web)\/.*\.tsx?$/.test(file) && !/\.(test|fixture)\.tsx?$|\.d\.ts$/.test(file);

interface LawVerdict {
  /** `file: what: which entry point instead` */
  problems: string[];
  /** Files read. */
  modules: number;
}

/** Whether the comment that opens a file says that it is pure. */
export const saysPure = (code: string): boolean => /^\s*\/[*/]+\s*Pure\b/.test(code);

/**
 * @param folder root of the sources; @param listed the files that must have been read, from that root. A listed file that was not read is
 * a problem of its own: a parser that no longer understands the sources would otherwise find the law kept.
 */
export async function importLaw(
  folder = root,
  listed: readonly string[] = projectFiles().filter((file) => isJudged(file) && existsSync(path.join(root, file))),
): Promise<LawVerdict> {
  const pure = listed.filter(
    (file) => /^workers\//.test(file) && saysPure(readFileSync(path.join(folder, file), 'utf8')),
  );
  const tops = [...new Set(listed.map((file) => file.slice(0, file.indexOf('/'))))];
  const { output } = await cruise(tops, {
    baseDir: folder,
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['^node_modules/', '^(dev|tests)/'] },
    exclude: { path: '\\.(test|fixture)\\.tsx?$|\\.d\\.ts$' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'module', 'svelte', 'types', 'default'],
    },
    validate: true,
    ruleSet: { forbidden: importRules(pure) },
  });
  if (typeof output === 'string') return { problems: [output], modules: 0 };
  const read = new Set(output.modules.filter((one) => !one.couldNotResolve).map((one) => one.source));
  const unread = listed.filter((file) => !read.has(file));
  return {
    problems: [...unreadProblems(unread, listed.length), ...breaches(output)],
    modules: listed.length - unread.length,
  };
}

function unreadProblems(unread: readonly string[], listed: number): string[] {
  if (unread.length === 0) return [];
  return [
    `dependency-cruiser read ${listed - unread.length} of the ${listed} files that git lists, so the law was not judged (missing: ${unread.slice(0, 3).join(', ')}${unread.length > 3 ? ', …' : ''}): look at its parser in dev/check/import-law.ts`,
  ];
}

function breaches({ modules, summary }: ICruiseResult): string[] {
  const comments = new Map((summary.ruleSetUsed?.forbidden ?? []).map((one) => [one.name, one.comment ?? '']));
  const resolvedAs = new Map(
    modules.flatMap((one) => one.dependencies.map((to) => [`${one.source} ${to.resolved}`, to.module])),
  );
  const line = ({ from, to, rule, cycle, via }: IViolation): string => {
    const says = `${comments.get(rule.name) ?? ''} (${rule.name})`;
    if (cycle) return `${from}: a circle: ${[from, ...cycle.map((one) => one.name)].join(' → ')}: ${says}`;
    if (via) return `${from}: reaches ${[...via.map((one) => one.name)].join(' → ')}: ${says}`;
    return `${from}: imports ${to.includes('node_modules') ? (resolvedAs.get(`${from} ${to}`) ?? to) : to}: ${says}`;
  };
  return [...new Set(summary.violations.map(line))];
}
