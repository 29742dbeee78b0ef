/**
 * What others call says what it does: every exported function of shared/, every command (`workers/<module>/commands/<verb>.ts`) and every
 * member of a port (an interface named `…Port` in workers/) has a sentence of doc comment; commands and members of ports that answer a
 * `Result` or an `…Answer` also say what they refuse, in a part that begins with `Refusals:`. Called by check.ts.
 */
import { UNDOCUMENTED } from './allowed.ts';
import { isTest, isTypeScript, type Sources, sourcesOf } from './sources.ts';
import { nameOf, type Node, parseSource, walk } from './syntax.ts';

interface Undocumented {
  file: string;
  line: number;
  name: string;
  /** what is missing */
  missing: 'a sentence' | '`Refusals:`';
}

/** A sentence, not a single word: `Id.` says nothing. */
const SENTENCE = /[\p{L}\d][\s\S]{11,}/u;
const COMMAND = /^workers\/[a-z-]+\/commands\/[^/]+\.ts$/;
/** Answers of objects (`CalendarAnswer<T>`, `Answer<T>`) and of plain commands. */
const REFUSING = /(^|[A-Za-z])(Answer|Result|Outcome)$/;

/** @returns what lacks its sentence or its refusals */
export function undocumentedIn(file: string, code: string): Undocumented[] {
  const isCommand = COMMAND.test(file);
  const { program, lineOf } = parseSource(file, code);
  const found: Undocumented[] = [];
  const judge = (name: string, node: Node, refuses: boolean): void => {
    const start = node.start ?? 0;
    const doc = docBefore(code, start);
    const missing =
      doc === null || !SENTENCE.test(doc) ? 'a sentence' : refuses && !/\bRefusals:/.test(doc) ? '`Refusals:`' : null;
    if (missing !== null) found.push({ file, line: lineOf(start), name, missing });
  };
  if (isCommand || file.startsWith('shared/')) {
    for (const statement of program['body'] as Node[]) {
      if (statement.type !== 'ExportNamedDeclaration') continue;
      for (const [name, value] of declared(statement['declaration'] as Node | null)) {
        if (isCommand ? isCommandValue(file, name, value) : isFunction(value)) judge(name, statement, isCommand);
      }
    }
  }
  if (file.startsWith('workers/')) {
    walk(program, (node) => {
      if (node.type !== 'TSInterfaceDeclaration' || !nameOf(node['id'])?.endsWith('Port')) return;
      for (const member of (node['body'] as Node)['body'] as Node[]) {
        const name = nameOf(member['key']);
        if (name !== undefined) judge(`${nameOf(node['id'])}.${name}`, member, answersRefusals(member));
      }
    });
  }
  return found;
}

/** Judges the product; a file in the shrinking list of dev/check/allowed.ts may have as many gaps as it says there, not one more. */
export function documentationProblems(
  sources: Sources = sourcesOf((file) => /^(shared|workers)\//.test(file) && isTypeScript(file) && !isTest(file)),
  allowed: Readonly<Record<string, number>> = UNDOCUMENTED,
): { problems: string[]; open: number } {
  const problems: string[] = [];
  let open = 0;
  for (const [file, code] of sources) {
    const found = undocumentedIn(file, code);
    const may = allowed[file] ?? 0;
    open += Math.min(found.length, may);
    if (found.length > may) {
      problems.push(
        ...found.map(
          (one) =>
            `${file}:${one.line}: ${one.name} has no ${one.missing === 'a sentence' ? 'sentence of doc comment' : '`Refusals:` in its doc comment'}`,
        ),
      );
    } else if (found.length < may) {
      problems.push(
        `dev/check/allowed.ts: ${file} has ${found.length} undocumented exports now, not ${may}: lower the number`,
      );
    }
  }
  for (const file of Object.keys(allowed))
    if (!sources.has(file)) problems.push(`dev/check/allowed.ts: ${file} is gone: take it off the list`);
  return { problems, open };
}

/** The doc comment that ends right before an offset, without its stars. */
function docBefore(code: string, offset: number): string | null {
  const found = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*$/.exec(code.slice(0, offset));
  return found === null ? null : (found[1] ?? '').replaceAll(/^\s*\*/gm, '').trim();
}

/** Name and value of what a statement declares. */
function declared(declaration: Node | null): [string, Node][] {
  if (declaration === null) return [];
  if (declaration.type === 'FunctionDeclaration') return [[nameOf(declaration['id']) ?? 'default', declaration]];
  return ((declaration['declarations'] as Node[] | undefined) ?? []).flatMap((one): [string, Node][] => {
    const name = nameOf(one['id']);
    const value = one['init'] as Node | null;
    return name === undefined || value === null ? [] : [[name, value]];
  });
}
const isFunction = (node: Node): boolean =>
  /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression|TSDeclareFunction)$/.test(node.type ?? '');
/** A command is a definition made by a call (`calendarCommand({ … })`), or the function its file is named after; the rest are its parts. */
const isCommandValue = (file: string, name: string, node: Node): boolean =>
  node.type === 'CallExpression' ||
  (isFunction(node) && file.endsWith(`/${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`));

/** Whether a member of a port answers something that can be a refusal. */
function answersRefusals(member: Node): boolean {
  let refuses = false;
  const answer = (member['returnType'] ?? member['typeAnnotation']) as Node | undefined;
  if (answer) {
    walk(answer, (node) => {
      if (node.type === 'TSTypeReference' && REFUSING.test(nameOf(node['typeName']) ?? '')) refuses = true;
    });
  }
  return refuses;
}
