/** Names and ids both lead to the tenant's own master data; what is not there is never guessed. */
import { describe, expect, it } from 'vitest';
import type { ScheduleSnapshot } from '../calendar/types.ts';
import { branchOf, namedService, namedStaff, textOf } from './named-choices.ts';

const service = (id: string, de: string, aliases: string[] = [], active = true) => ({
  kind: 'service',
  id,
  body: { name: { de }, aliases, active, neutralName: null, branchIds: [] },
});
const person = (id: string, firstName: string, lastName: string, branchIds = ['bra_1']) => ({
  kind: 'staff',
  id,
  body: { firstName, lastName, branchIds, active: true, aliases: [] },
});
const snapshot = {
  services: [
    service('srv_1', 'Haarschnitt', ['Schneiden']),
    service('srv_2', 'Waschen'),
    service('srv_3', 'Färben'),
    service('srv_4', 'Dauerwelle', [], false),
  ],
  staff: [
    person('stf_1', 'Anna', 'Schmidt'),
    person('stf_2', 'Ben', 'Weber'),
    person('stf_3', 'Anna', 'Krug', ['bra_2']),
  ],
  companies: [],
  branches: [
    { kind: 'branch', id: 'bra_1', body: { name: 'Mitte', main: true, active: true, address: null } },
    { kind: 'branch', id: 'bra_2', body: { name: 'Prenzlauer Berg', main: false, active: true, address: null } },
  ],
} as unknown as ScheduleSnapshot;

const ids = (args: Record<string, unknown>) => {
  const phrase = namedService(snapshot, args);
  return phrase.kind === 'known' ? phrase.services.map(({ id }) => id) : phrase.kind;
};

describe('services', () => {
  it.each([
    [{ service_id: 'srv_1' }, ['srv_1']],
    [{ service_id: 'Haarschnitt' }, ['srv_1']],
    [{ service: 'schneiden' }, ['srv_1']],
    [{ service: 'waschen und schneiden' }, ['srv_2', 'srv_1']],
    [{ services: ['srv_2', 'Färben'] }, ['srv_2', 'srv_3']],
    [{}, 'missing'],
    [{ service_id: 'null' }, 'missing'],
    [{ service: 'Raketenstart' }, 'unknown'],
    [{ service_id: 'srv_4' }, 'unknown'],
    [{ service: 'waschen und fliegen' }, 'unknown'],
  ])('%j', (args, wanted) => expect(ids(args)).toEqual(wanted));
});

describe('people', () => {
  it('a first name means the one of this branch; "egal" and nothing mean anybody', () => {
    expect(namedStaff(snapshot, { staff: 'Anna' }, 'bra_1')).toMatchObject({ kind: 'known', person: { id: 'stf_1' } });
    expect(namedStaff(snapshot, { staff: 'Anna' }, null).kind).toBe('several');
    expect(namedStaff(snapshot, { staff_id: 'stf_2' }, 'bra_1')).toMatchObject({
      kind: 'known',
      person: { id: 'stf_2' },
    });
    expect(namedStaff(snapshot, { staff: 'egal' }, 'bra_1').kind).toBe('any');
    expect(namedStaff(snapshot, {}, 'bra_1').kind).toBe('any');
    expect(namedStaff(snapshot, { staff: 'Xaver' }, 'bra_1').kind).toBe('unknown');
  });
});

describe('branches', () => {
  it('named, else called, else main', () => {
    expect(branchOf(snapshot, { branch: 'Prenzlauer Berg' }, 'bra_1')?.id).toBe('bra_2');
    expect(branchOf(snapshot, {}, 'bra_2')?.id).toBe('bra_2');
    expect(branchOf(snapshot, { branch_id: 'bra_x' }, null)?.id).toBe('bra_1');
  });
});

it('numbers are ids as well, and a model’s "null" is no word', () => {
  expect(textOf({ a: 'null', b: 7 }, 'a', 'b')).toBe('7');
});
