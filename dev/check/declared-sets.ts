/**
 * Status sets, event types and effect kinds stand in one place: a union of literals, `z.enum` or constant list elsewhere that says the same
 * again, or says it and more, is to import it. Declared are the exported lists (`as const`), `z.enum`s and tables of shared/contract/ and
 * workers/events/. Words that are the same by chance, a vendor's say, carry `own set: <why>` in a comment on their line or the one above.
 * Called by check.ts.
 */
import { RETOLD_SETS } from './allowed.ts';
import { isTest, isTypeScript, type Sources, sourcesOf } from './sources.ts';
import { nameOf, type Node, parseSource, walk } from './syntax.ts';

/** Says that the words are not those of the declared set, though they are spelt alike. */
const OWN = /(\/\/|\*).*\bown set: \S/;
/** Where sets are declared. */
const DECLARING = /^(shared\/(contract\/|[a-z-]+-(status|sets)\.ts$)|workers\/events\/)/;

interface LiteralSet {
  file: string;
  line: number;
  /** null: it has no name of its own */
  name: string | null;
  isExported: boolean;
  members: ReadonlySet<string>;
}

/** @returns `file:line: what is said again and where it is declared` */
export function retoldSets(sources: Sources): string[] {
  const all = [...sources].flatMap(([file, code]) => literalSets(file, code));
  const declared = all.filter((set) => set.isExported && DECLARING.test(set.file));
  const problems: string[] = [];
  for (const set of all) {
    for (const known of declared) {
      if (set === known || (set.file === known.file && set.line === known.line)) continue;
      const isSame = set.members.size === known.members.size;
      // A declared set may be part of a declared set: all statuses, and those that are open.
      if (!isSame && set.isExported && DECLARING.test(set.file)) continue;
      if (isSame && set.isExported && DECLARING.test(set.file) && all.indexOf(set) < all.indexOf(known)) continue;
      if (![...known.members].every((member) => set.members.has(member))) continue;
      problems.push(
        `${set.file}:${set.line}: ${isSame ? 'says' : 'contains'} ${known.name ?? 'a set'} of ${known.file} again (${[...known.members].slice(0, 3).join(', ')}${known.members.size > 3 ? ', …' : ''}): import it`,
      );
      break;
    }
  }
  return problems;
}

/** Judges the product; files in the shrinking list of dev/check/allowed.ts may still repeat a set. */
export function setProblems(): { problems: string[]; allowed: number } {
  const found = retoldSets(
    sourcesOf((file) => /^(shared|workers|web)\//.test(file) && isTypeScript(file) && !isTest(file)),
  );
  const fileOf = (problem: string): string => problem.slice(0, problem.indexOf(':'));
  const stale = RETOLD_SETS.filter((file) => !found.some((problem) => fileOf(problem) === file));
  return {
    problems: [
      ...found.filter((problem) => !RETOLD_SETS.includes(fileOf(problem))),
      ...stale.map((file) => `dev/check/allowed.ts: ${file} repeats no declared set any more: take it off the list`),
    ],
    allowed: found.filter((problem) => RETOLD_SETS.includes(fileOf(problem))).length,
  };
}

function literalSets(file: string, code: string): LiteralSet[] {
  const { program, lineOf } = parseSource(file, code);
  const names = new Map<unknown, { name: string; isExported: boolean }>();
  for (const statement of (program['body'] as Node[] | undefined) ?? []) {
    const isExported = statement.type === 'ExportNamedDeclaration';
    const declaration = (isExported ? (statement['declaration'] as Node | null) : statement) ?? statement;
    for (const one of (declaration['declarations'] as Node[] | undefined) ?? []) {
      const name = nameOf(one['id']);
      const value = bare(one['init'] as Node | null);
      if (name !== undefined && value !== null) names.set(value, { name, isExported });
    }
    if (declaration.type === 'TSTypeAliasDeclaration')
      names.set(declaration['typeAnnotation'], { name: nameOf(declaration['id']) ?? '', isExported: false });
  }
  const lines = code.split('\n');
  const found: LiteralSet[] = [];
  const add = (node: Node, members: readonly string[] | null): void => {
    if (members === null || new Set(members).size < 2) return;
    const known = names.get(node);
    const line = lineOf(node.start ?? 0);
    if (OWN.test(lines[line - 1] ?? '') || OWN.test(lines[line - 2] ?? '')) return;
    found.push({
      file,
      line,
      name: known?.name ?? null,
      isExported: known?.isExported ?? false,
      members: new Set(members),
    });
  };
  walk(program, (node) => {
    if (node.type === 'TSUnionType') {
      const members = (node['types'] as Node[]).map((one) =>
        one.type === 'TSLiteralType' ? textOf(one['literal'] as Node) : null,
      );
      add(node, whole(members.filter((member) => member !== null)));
    } else if (node.type === 'TSAsExpression' && isConst(node)) {
      const value = node['expression'] as Node;
      if (value.type === 'ArrayExpression') add(value, textsOf(value));
      else if (DECLARING.test(file) && value.type === 'ObjectExpression') add(value, keysOf(value));
    } else if (node.type === 'CallExpression' && isEnumCall(node)) {
      const [list] = node['arguments'] as Node[];
      if (list?.type === 'ArrayExpression') {
        const members = textsOf(list);
        const known = names.get(node);
        if (known) names.set(list, known);
        add(list, members);
      }
    }
  });
  return found;
}

/** Without `as const` and `satisfies`: the value itself. */
function bare(node: Node | null): Node | null {
  let value = node;
  while (value?.type === 'TSAsExpression' || value?.type === 'TSSatisfiesExpression')
    value = value['expression'] as Node;
  return value;
}
const isConst = (node: Node): boolean =>
  nameOf(((node['typeAnnotation'] as Node | undefined)?.['typeName'] as Node | undefined) ?? undefined) === 'const';
const isEnumCall = (node: Node): boolean => {
  const callee = node['callee'] as Node;
  return callee.type === 'MemberExpression' && nameOf(callee['property']) === 'enum';
};
const textOf = (node: Node | null): string | null =>
  node?.type === 'Literal' && typeof node['value'] === 'string' ? node['value'] : null;
const whole = (members: (string | null)[]): string[] | null =>
  members.every((member) => member !== null) && members.length > 1 ? (members as string[]) : null;
const textsOf = (list: Node): string[] | null => whole((list['elements'] as (Node | null)[]).map(textOf));
/** Event types and kinds are words with a dot; tables of other words are no set of them. */
const keysOf = (object: Node): string[] | null => {
  const keys = (object['properties'] as Node[]).map((one) => nameOf(one['key']) ?? null);
  return keys.every((key) => key?.includes('.')) ? whole(keys) : null;
};
