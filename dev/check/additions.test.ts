/** An addition that touches more kinds of file than the measure allows is found, and so is a file that no kind covers. */
import { describe, expect, it } from 'vitest';
import { additionCount } from './additions.ts';

const measure = { name: 'verb', kinds: ['command', 'registry', 'test'] };

describe('an addition', () => {
  it('is counted by kinds, not by files; what tools write and docs do not count as kinds', () => {
    const files = [
      'workers/calendar/commands/add.ts',
      'workers/calendar/commands/erase.ts',
      'workers/calendar/commands/registry.ts',
      'workers/calendar/commands/add.test.ts',
      'migrations/meta/_journal.json',
      'docs/x.md',
    ];
    expect(additionCount(measure, files)).toEqual({ remark: 'verb: 3 kinds in 5 files', problems: [] });
  });

  it('of one kind too many fails and names them', () => {
    const files = ['commands/add.ts', 'commands/registry.ts', 'a-routes.ts', 'a.test.ts'].map((f) => `workers/a/${f}`);
    expect(additionCount(measure, files)).toEqual({
      remark: 'verb: 4 kinds in 4 files (not named by the measure: route)',
      problems: ['verb: 4 kinds of file (command, registry, route, test), the measure is 3'],
    });
  });

  it('with a file of no known kind fails and names it', () => {
    expect(additionCount(measure, ['workers/calendar/conversations.ts']).problems).toEqual([
      'verb: workers/calendar/conversations.ts is of no kind that dev/check/additions.ts knows',
    ]);
  });
});
