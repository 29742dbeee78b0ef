/** docs/asvs.md names every requirement of level 2 once, and only tests that are there; what it says of our sources holds. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectFiles, root } from './files.ts';

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const rows = read('docs/asvs.md')
  .split('\n')
  .map((line) => /^\| (\d+\.\d+\.\d+) \| ([^|]+) \| (.+) \|$/.exec(line))
  .filter((found) => found !== null)
  .map(([, number = '', words = '', how = '']) => ({ number, words, how }));

/** How many requirements of levels 1 and 2 each section of the standard has; deleted ones are none. */
const SECTIONS: Readonly<Record<string, number>> = {
  '2.1': 12,
  '2.2': 3,
  '2.3': 3,
  '2.4': 5,
  '2.5': 7,
  '2.6': 3,
  '2.7': 6,
  '2.8': 7,
  '2.9': 3,
  '2.10': 4,
  '3.1': 1,
  '3.2': 4,
  '3.3': 4,
  '3.4': 5,
  '3.5': 3,
  '3.7': 1,
  '4.1': 4,
  '4.2': 2,
  '4.3': 3,
  '5.1': 5,
  '5.2': 8,
  '5.3': 10,
  '5.4': 3,
  '5.5': 4,
  '13.1': 4,
  '13.2': 5,
  '13.3': 2,
  '13.4': 2,
};

describe('the table', () => {
  it('has every requirement once', () => {
    const numbers = rows.map(({ number }) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
    const counted: Record<string, number> = {};
    for (const number of numbers) {
      const section = number.slice(0, number.lastIndexOf('.'));
      counted[section] = (counted[section] ?? 0) + 1;
    }
    expect(counted).toEqual(SECTIONS);
  });

  it.each(rows.map(({ number, how }) => [number, how] as const))(
    '%s is shown by a test that is there, or says why not',
    (_, how) => {
      const named = [...how.matchAll(/`([^`]+\.test\.ts)`/g)].map(([, file = '']) => file);
      for (const file of named) expect(existsSync(path.join(root, file)), file).toBe(true);
      const says = /not applicable: |\*\*missing\*\*: |not built: |there is no |HTTPS/.test(how);
      expect(named.length > 0 || says, how).toBe(true);
    },
  );
});

describe('our sources', () => {
  const sources = projectFiles().filter(
    (file) => /^(shared|workers|web)\/.*\.tsx?$/.test(file) && !/\.(test|fixture)\.tsx?$|\/compiled\//.test(file),
  );

  it('evaluate no text as code', () => {
    expect(sources.length).toBeGreaterThan(300);
    expect(sources.filter((file) => /\beval\(|new Function\(|setTimeout\(\s*['"`]/.test(read(file)))).toEqual([]);
  });

  it('put no text into a page as HTML', () => {
    const raw = /dangerouslySetInnerHTML|\.innerHTML\s*=|\.outerHTML\s*=|insertAdjacentHTML|document\.write\(/;
    expect(sources.filter((file) => file.startsWith('web/') && raw.test(read(file)))).toEqual([]);
  });
});
