/**
 * How many kinds of file an addition touches: two real ones of the history are counted against the measure of the structure, which
 * docs/adding-a-module.md walks through. Called by check.ts.
 */
import { execFileSync } from 'node:child_process';
import { root } from './files.ts';

/** What a file is for, by its path; the first that fits. */
const KINDS: readonly (readonly [kind: string, path: RegExp])[] = [
  ['test', /^tests\/|\.(test|fixture)\.tsx?$/],
  ['docs', /^docs\/|\.md$/],
  ['object migration', /^workers\/[a-z-]+\/(schema\.ts$|store\/)/],
  ['D1 migration', /^migrations\/|^workers\/storage\/tables\//],
  ['permissions', /^shared\/permissions\.ts$/],
  ['texts', /^shared\/i18n\//],
  ['contract', /^shared\/(contract\/|ids\.ts$|[a-z]+-(status|sets|limits)\.ts$)/],
  ['view declaration', /^web\/.*\.view\.tsx?$/],
  ['page', /^web\//],
  ['registry', /^workers\/[a-z-]+\/commands\/registry\.ts$/],
  ['command', /^workers\/[a-z-]+\/commands\//],
  ['catalogue', /^workers\/events\//],
  ['projects', /^workers\/[a-z-]+\/(projects|live|reactions)\.ts$/],
  ['resource declaration', /^workers\/[a-z-]+\/[a-z-]+(\.resource|-kind)\.ts$/],
  ['query', /^workers\/[a-z-]+\/queries(\/|\.ts$)/],
  ['route', /^workers\/[a-z-]+\/([a-z-]+-)?routes\.ts$/],
  ['wiring', /^workers\/(app|index|queues|cron|handlers|[a-z-]+\/jobs)\.ts$/],
];
/** What the tools write beside a file of ours. */
const GENERATED = /^migrations\/meta\//;

/** `kinds`: what an addition of this sort touches at most; docs come beside. */
interface Addition {
  name: string;
  /** first line of the commit: hashes change when history is merged anew */
  subject: string;
  kinds: readonly string[];
}
const ADDITIONS: readonly Addition[] = [
  {
    name: 'verb',
    subject: 'Notes of staff on appointments: a new verb, to see what one costs',
    kinds: [
      'command',
      'registry',
      'catalogue',
      'projects',
      'permissions',
      'contract',
      'object migration',
      'D1 migration',
      'texts',
      'page',
      'test',
    ],
  },
  {
    name: 'resource',
    subject: 'Tags of customers: a second resource, to see what one costs',
    kinds: [
      'contract',
      'resource declaration',
      'view declaration',
      'permissions',
      'relation',
      'texts',
      'D1 migration',
      'test',
    ],
  },
];

/** The kinds and files of one addition, and what is wrong with them. Files of no kind are problems: the count would lie. */
export function additionCount(
  { name, kinds: measure }: Omit<Addition, 'subject'>,
  touched: readonly string[],
): { remark: string; problems: string[] } {
  const files = touched.filter((file) => !GENERATED.test(file));
  const kindOf = (file: string) => KINDS.find(([, path]) => path.test(file))?.[0];
  const unknown = files.filter((file) => kindOf(file) === undefined);
  const kinds = [...new Set(files.flatMap((file) => kindOf(file) ?? []))].filter((kind) => kind !== 'docs').sort();
  const beside = kinds.filter((kind) => !measure.includes(kind));
  return {
    remark: `${name}: ${kinds.length} kinds in ${files.length} files${beside.length > 0 ? ` (not named by the measure: ${beside.join(', ')})` : ''}`,
    problems: [
      ...unknown.map((file) => `${name}: ${file} is of no kind that dev/check/additions.ts knows`),
      ...(kinds.length > measure.length
        ? [`${name}: ${kinds.length} kinds of file (${kinds.join(', ')}), the measure is ${measure.length}`]
        : []),
    ],
  };
}

const git = (...args: string[]): string => execFileSync('git', args, { cwd: root, encoding: 'utf8' });

/** Files of the commit with this first line, the oldest of several; null: this history has none, or there is no history. */
function filesOf(subject: string): string[] | null {
  try {
    const found = git('log', '--no-merges', '--fixed-strings', `--grep=${subject}`, '--format=%H%x09%s')
      .split('\n')
      .filter((line) => line.slice(line.indexOf('\t') + 1) === subject)
      .at(-1);
    if (found === undefined) return null;
    const hash = found.slice(0, found.indexOf('\t'));
    return git('show', '--no-renames', '--name-only', '--format=', '-z', hash).split('\0').filter(Boolean);
  } catch {
    return null;
  }
}

/** Counts the additions of this history; a shallow or squashed one has none to count. */
export function countAdditions(): { problems: string[]; remark: string } {
  const counts = ADDITIONS.map((addition) => {
    const files = filesOf(addition.subject);
    return files === null
      ? { remark: `${addition.name}: history not available, skipped`, problems: [] }
      : additionCount(addition, files);
  });
  return {
    problems: counts.flatMap(({ problems }) => problems),
    remark: counts.map(({ remark }) => remark).join('; '),
  };
}
