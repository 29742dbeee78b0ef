/** A TypeScript source as its syntax tree, for what a pattern over text or paths cannot say. Called by the checks of this folder. */
import { parseSync } from 'vite';

export type Node = { type?: string; start?: number; end?: number; [key: string]: unknown };

interface ParsedSource {
  program: Node;
  /** 1-based line of an offset. */
  lineOf(offset: number): number;
}

/** @param file names the language by its ending; throws on a syntax error */
export function parseSource(file: string, code: string): ParsedSource {
  const parsed = parseSync(file, code);
  const syntaxError = parsed.errors[0];
  if (syntaxError) throw new Error(`${file}: ${syntaxError.message}`);
  const lineStarts = [0];
  for (let at = code.indexOf('\n'); at !== -1; at = code.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  return {
    program: parsed.program as unknown as Node,
    lineOf: (offset) => lineStarts.findLastIndex((start) => start <= offset) + 1,
  };
}

/** Every node below, the given one first. */
export function walk(node: Node, visit: (node: Node) => void): void {
  if (typeof node.type === 'string') visit(node);
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) {
      for (const item of value) if (item !== null && typeof item === 'object') walk(item as Node, visit);
    } else if (value !== null && typeof value === 'object') {
      walk(value as Node, visit);
    }
  }
}

/** The name of an identifier, or the value of a text literal; undefined for anything else. */
export function nameOf(node: unknown): string | undefined {
  const one = node as Node | undefined;
  if (one?.type === 'Identifier' || one?.type === 'ThisExpression')
    return (one['name'] as string | undefined) ?? 'this';
  return one?.type === 'Literal' && typeof one['value'] === 'string' ? one['value'] : undefined;
}
