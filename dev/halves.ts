/**
 * Order of the test files, and parts of about equal length for `vitest --shard`, so that `npm test` can run the workerd project in two
 * runtimes beside each other (dev/test.ts). Vitest's own parts have equally many files, and a few of these take as long as all others together.
 */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Seconds that the long files take alone on a calm machine; only their proportion matters. */
const SECONDS: Readonly<Record<string, number>> = {
  'tests/contract/hostile.workerd.test.ts': 34,
  'tests/contract/roles.workerd.test.ts': 30,
  'workers/resources/explain.workerd.test.ts': 20,
  'tests/contract/explain.workerd.test.ts': 8,
  'workers/telephony/identity.workerd.test.ts': 8,
  'tests/contract/replays.workerd.test.ts': 7,
  'workers/jobs/jobs.workerd.test.ts': 7,
  'workers/provisioning/provisioning.workerd.test.ts': 12,
  'workers/provisioning/numbers.workerd.test.ts': 6,
  'workers/identity/identity.workerd.test.ts': 6,
  'workers/operations/watch.workerd.test.ts': 7,
  'tests/contract/two-tenant.workerd.test.ts': 6,
  'tests/contract/money-edges.workerd.test.ts': 6,
  'tests/contract/audit.workerd.test.ts': 5,
  'workers/telephony/limits.workerd.test.ts': 4,
  'tests/objects/restore.workerd.test.ts': 4,
  'workers/telephony/functions.workerd.test.ts': 3,
  'workers/ledger/ledger-object.workerd.test.ts': 3,
  'workers/telephony/calls.workerd.test.ts': 2,
};
const OTHERS = 1;
/** Counts the statements of a tick, which grow with what other files leave in D1: it runs before them. */
const FIRST = 'workers/jobs/jobs.workerd.test.ts';

/** Each file joins the part that is shortest so far, the long ones first. */
export function partsOf(files: readonly string[], count: number): string[][] {
  const secondsOf = (file: string): number =>
    Object.entries(SECONDS).find(([name]) => file.endsWith(name))?.[1] ?? OTHERS;
  const parts = Array.from({ length: count }, () => ({ files: [] as string[], seconds: 0 }));
  for (const file of files.toSorted((a, b) => secondsOf(b) - secondsOf(a) || (a < b ? -1 : 1))) {
    const shortest = parts.reduce((least, part) => (part.seconds < least.seconds ? part : least));
    shortest.files.push(file);
    shortest.seconds += secondsOf(file);
  }
  return parts.map((part) => part.files);
}

export class HalvesSequencer extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(specifications);
    const isFirst = ({ moduleId }: TestSpecification): boolean => moduleId.endsWith(FIRST);
    return [...sorted.filter(isFirst), ...sorted.filter((specification) => !isFirst(specification))];
  }

  override async shard(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    const { index, count } = this.ctx.config.shard ?? { index: 1, count: 1 };
    const files = specifications.map((specification) => specification.moduleId);
    const mine = new Set(partsOf(files, count)[index - 1]);
    return specifications.filter((specification) => mine.has(specification.moduleId));
  }
}
