/** Reads TypeScript sources into imports and the few expressions the import law forbids. Called by import-law.ts. */
import path from 'node:path';
import { parseSync } from 'vite';

export interface Import {
  /** A path from the project's root (`workers/http/problem.ts`), or the name of a package (`hono`, `node:fs`). */
  target: string;
  isFile: boolean;
  /** Erased when built: only types are taken. */
  isType: boolean;
  isLazy: boolean;
  line: number;
}

/** Something in the code, not in its imports, that a rule may forbid. */
export interface Finding {
  kind: 'Date.now' | 'new Date()' | 'Math.random' | 'async' | 'env.DB';
  line: number;
}

export interface SourceFile {
  path: string;
  /** The comment that opens the file, or ''. */
  opening: string;
  imports: Import[];
  findings: Finding[];
}

type Node = { type?: string; start?: number; [key: string]: unknown };

/** @param file path from the project's root with forward slashes; throws on a syntax error */
export function readSource(file: string, code: string): SourceFile {
  const parsed = parseSync(file, code);
  const syntaxError = parsed.errors[0];
  if (syntaxError) throw new Error(`${file}: ${syntaxError.message}`);
  const lineStarts = [0];
  for (let at = code.indexOf('\n'); at !== -1; at = code.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  const lineOf = (offset: number) => lineStarts.findLastIndex((start) => start <= offset) + 1;

  const imports: Import[] = [];
  const add = (specifier: string, isType: boolean, isLazy: boolean, offset: number) => {
    const bare = specifier.split('?')[0] ?? specifier;
    const isFile = bare.startsWith('.');
    const target = isFile ? path.posix.join(path.posix.dirname(file), bare) : bare;
    imports.push({ target, isFile, isType, isLazy, line: lineOf(offset) });
  };
  for (const found of parsed.module.staticImports) {
    const isType = found.entries.length > 0 && found.entries.every((entry) => entry.isType);
    add(found.moduleRequest.value, isType, false, found.start);
  }
  for (const found of parsed.module.staticExports) {
    const request = found.entries.find((entry) => entry.moduleRequest)?.moduleRequest;
    if (request)
      add(
        request.value,
        found.entries.every((entry) => entry.isType),
        false,
        found.start,
      );
  }
  for (const found of parsed.module.dynamicImports) {
    const literal = /^(['"`])([^'"`$]+)\1$/.exec(code.slice(found.moduleRequest.start, found.moduleRequest.end));
    if (literal?.[2] !== undefined) add(literal[2], false, true, found.start);
  }

  const findings: Finding[] = [];
  walk(parsed.program as unknown as Node, (node) => {
    const kind = findingKind(node);
    if (kind !== null) findings.push({ kind, line: lineOf(node.start ?? 0) });
  });
  const opening = /^\s*(?:\/\*[\s\S]*?\*\/|\/\/[^\n]*)/.exec(code)?.[0] ?? '';
  return { path: file, opening, imports, findings };
}

function findingKind(node: Node): Finding['kind'] | null {
  if (node.type === 'MemberExpression') {
    const object = (node['object'] as Node | undefined)?.['name'];
    const property = (node['property'] as Node | undefined)?.['name'];
    if (object === 'Date' && property === 'now') return 'Date.now';
    if (object === 'Math' && property === 'random') return 'Math.random';
    if (typeof property === 'string' && /^DB(_SHARD_\d+)?$/.test(property)) return 'env.DB';
  }
  if (
    node.type === 'NewExpression' &&
    (node['callee'] as Node)['name'] === 'Date' &&
    (node['arguments'] as []).length === 0
  ) {
    return 'new Date()';
  }
  if (node['async'] === true || node.type === 'AwaitExpression') return 'async';
  return null;
}

function walk(node: Node, visit: (node: Node) => void): void {
  if (typeof node.type === 'string') visit(node);
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) {
      for (const item of value) if (item !== null && typeof item === 'object') walk(item as Node, visit);
    } else if (value !== null && typeof value === 'object') {
      walk(value as Node, visit);
    }
  }
}

/** Groups of files that import each other in a circle; imports of types only and lazy ones close no circle. */
export function cycles(files: readonly SourceFile[]): string[][] {
  const known = new Map(files.map((file) => [file.path, file]));
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const onStack = new Set<string>();
  const found: string[][] = [];
  // Tarjan's strongly connected components
  const connect = (name: string): void => {
    index.set(name, index.size);
    low.set(name, index.get(name) ?? 0);
    stack.push(name);
    onStack.add(name);
    for (const edge of known.get(name)?.imports ?? []) {
      if (edge.isType || edge.isLazy || !known.has(edge.target)) continue;
      if (!index.has(edge.target)) {
        connect(edge.target);
        low.set(name, Math.min(low.get(name) ?? 0, low.get(edge.target) ?? 0));
      } else if (onStack.has(edge.target)) {
        low.set(name, Math.min(low.get(name) ?? 0, index.get(edge.target) ?? 0));
      }
    }
    if (low.get(name) !== index.get(name)) return;
    const group: string[] = [];
    for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
      onStack.delete(member);
      group.push(member);
      if (member === name) break;
    }
    if (group.length > 1) found.push(group.reverse());
  };
  for (const file of files) if (!index.has(file.path)) connect(file.path);
  return found;
}
