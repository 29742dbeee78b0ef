/** The check of terms catches a planted one in each place, and leaves names of others alone. */
import { describe, expect, it } from 'vitest';
import { oldNames, oldProse, vocabularyProblems } from './vocabulary.ts';

const prose = (file: string, text: string): string[] => oldProse(new Map([[file, text]]));
const names = (code: string): string[] => oldNames(new Map([['workers/x.ts', code]]));

describe('a term of the first version', () => {
  it.each([
    ['table of rooms', 'module'],
    ['face', 'web app or client'],
    ['pipe', 'outbox or delivery'],
    ['house', 'architecture, or who is meant'],
    ['desk', 'BranchContext, or staff'],
    ['wishes', 'request'],
    ['door', 'entry point'],
    ['news', 'event or message'],
    ['heard of', 'knows of, or receives'],
    ['speaks of', 'refers to, or names'],
  ])('"%s" is found in a comment, a title and a document', (old, say) => {
    const said = `"${old}": say ${say}`;
    expect(prose('workers/x.ts', `const a = 1;\n// The ${old} that it was.`)).toEqual([`workers/x.ts:2: ${said}`]);
    expect(prose('workers/x.test.ts', `it('the ${old} that it was', () => {});`)).toEqual([
      `workers/x.test.ts:1: ${said}`,
    ]);
    expect(prose('docs/x.md', `# A\n\nThe ${old} that it was.`)).toEqual([`docs/x.md:3: ${said}`]);
  });
  it.each([
    ['in code', "const door = 'the door';"],
    ['in backticks', '// the column `wish`'],
    ['quoted', '// read as "house"'],
    ['as part of another word', '// interface, surface, household, pipeline, newspaper'],
    ['of a branch', '// a person or room that is taken; the rest is room for retries'],
  ])('is none %s', (_, text) => {
    expect(prose('workers/x.ts', text)).toEqual([]);
  });
  it.each([
    ['const frontDoor = 1;', 'frontDoor: say entry point'],
    ['function f(wishes: string[]) {}', 'wishes: say request'],
    ['type BranchDesk = 1;', 'BranchDesk: say BranchContext, or staff'],
    ['class Pipe {}', 'Pipe: say outbox or delivery'],
    ['interface CallShown { a: 1 }', 'CallShown: say …View or …Response'],
    ['const { wish } = row;', 'wish: say request'],
  ])('is found in a name: %s', (code, said) => {
    expect(names(code)).toEqual([`workers/x.ts:1: ${said}`]);
  });
  it.each([
    'row.wish = 1;',
    'const a = { wish: 1 };',
    'schema.pipe(other);',
    'const { wish: request } = row;',
    'let surface = 1;',
  ])('is none in a stored member or another word: %s', (code) => {
    expect(names(code)).toEqual([]);
  });
  it('stands nowhere in the product', () => {
    expect(vocabularyProblems()).toEqual([]);
  });
});
