import { describe, expect, it } from 'vitest';
import type { ServiceView } from '../../../shared/contract/services.ts';
import { changesOf, bodyOf } from '../kit/draft.ts';
import type { Field } from '../kit/view.ts';
import { type StaffLine, staffLinesOf, staffOfLines, termsWith } from './staff-terms.ts';
import {
  compositeMembers,
  lengthsOf,
  movedStep,
  newStep,
  partsOfLines,
  problemsAt,
  type StepLine,
  stepLinesOf,
  stepsOfLines,
} from './step-lines.ts';

const GERMAN = { language: 'de', currency: 'EUR' };

const segment = (id: string, more: Partial<ServiceView['segments'][number]> = {}): ServiceView['segments'][number] => ({
  id,
  kind: 'active',
  duration_minutes: 45,
  service_id: null,
  name: null,
  staff_ids: [],
  resources: [],
  gap_min_minutes: 0,
  gap_max_minutes: 0,
  ...more,
});
const COLOUR = [
  segment('a', { name: { de: 'Auftragen' } }),
  segment('b', { kind: 'passive', duration_minutes: 30 }),
  segment('c', { gap_min_minutes: 5, gap_max_minutes: 20, resources: [{ any_of: ['res_1' as never], units: 2 }] }),
];
const service = (more: object = {}): ServiceView =>
  ({
    id: 'srv_1',
    currency: 'EUR',
    duration_minutes: 60,
    price_cents: 4_500,
    staff: [],
    branch_overrides: [],
    segments: [],
    ...more,
  }) as unknown as ServiceView;

describe('the steps of a service in its form', () => {
  it('go out as they came, and nothing counts as changed', () => {
    const field: Field<ServiceView> = {
      name: 'segments',
      kind: 'drawn',
      label: 'services.steps',
      component: () => null,
      read: (row) => stepLinesOf(row.segments),
      write: (lines) => stepsOfLines(lines as readonly StepLine[]),
    };
    const row = service({ segments: COLOUR });
    const lines = stepLinesOf(COLOUR);
    expect(stepsOfLines(lines)).toEqual(COLOUR);
    expect(changesOf([field], row, { segments: lines }, GERMAN)).toEqual({});
    const moved = movedStep(lines, 0, 1);
    const changes = changesOf([field], row, { segments: moved }, GERMAN);
    expect(bodyOf([field], row, changes, GERMAN)).toMatchObject({ segments: [{ id: 'b' }, { id: 'a' }, { id: 'c' }] });
    expect(bodyOf([field], row, changesOf([field], row, { segments: [] }, GERMAN), GERMAN)).toEqual({ segments: [] });
  });

  it('nobody waits before the first one, and a step in which the person is free is nobody’s', () => {
    const [third, second] = stepLinesOf(COLOUR).toReversed() as [StepLine, StepLine];
    expect(stepsOfLines([third, { ...second, staffIds: ['stf_1'] }])).toMatchObject([
      { id: 'c', gap_min_minutes: 0, gap_max_minutes: 0 },
      { id: 'b', kind: 'passive', staff_ids: [] },
    ]);
  });

  it('what cannot be read goes out as it was typed', () => {
    expect(stepsOfLines([{ ...newStep('x', 'active', 'lang'), nameEn: 'Cut' }])).toMatchObject([
      { duration_minutes: 'lang', name: { de: '', en: 'Cut' } },
    ]);
  });

  it('add up to what the person works, is free and may wait', () => {
    expect(lengthsOf(partsOfLines(stepLinesOf(COLOUR)))).toEqual({ total: 125, free: 35, wait: 15 });
    expect(lengthsOf(partsOfLines([newStep('x', 'active', '4x')]))).toEqual({ total: 0, free: 0, wait: 0 });
  });

  it.each([
    [0, 2, ['b', 'c', 'a']],
    [2, 0, ['c', 'a', 'b']],
    [0, -1, ['a', 'b', 'c']],
    [2, 3, ['a', 'b', 'c']],
  ])('moves step %i to %i', (from, to, keys) => {
    expect(movedStep(stepLinesOf(COLOUR), from, to).map(({ key }) => key)).toEqual(keys);
  });

  it('take lengths from branches and places from groups, and say nothing of a service of one piece', () => {
    const row = service({
      branch_overrides: [
        { branch_id: 'bra_1', duration_minutes: 90, price_cents: 5_000 },
        { branch_id: 'bra_2', duration_minutes: 80, price_cents: null },
      ],
    });
    expect(compositeMembers({ segments: COLOUR }, row)).toEqual({
      max_per_slot: 1,
      branch_overrides: [{ branch_id: 'bra_1', duration_minutes: null, price_cents: 5_000 }],
    });
    expect(compositeMembers({ segments: COLOUR }, null)).toEqual({ max_per_slot: 1, duration_minutes: 120 });
    expect(compositeMembers({ segments: [] }, row)).toEqual({});
    expect(compositeMembers({ name: 'x' }, row)).toEqual({});
  });

  it('get the problems of their own place', () => {
    const problems = { 'segments.1.duration_minutes': ['x'], 'segments.10.name.de': ['y'], segments: ['z'] };
    expect(problemsAt(problems, 'segments.1')).toEqual(['x']);
    expect(problemsAt(problems, 'segments.10.name')).toEqual(['y']);
    expect(problemsAt(problems, 'segments.0')).toEqual([]);
  });
});

describe('who does a service', () => {
  const row = service({
    staff: [
      { staff_id: 'stf_1', duration_minutes: 75, price_cents: null, calcom_event_type_id: '7' },
      { staff_id: 'stf_2', duration_minutes: null, price_cents: 104_550, calcom_event_type_id: null },
      { staff_id: 'stf_3', duration_minutes: null, price_cents: null, calcom_event_type_id: null },
    ],
  });

  it('is written as people write it, and goes out as it came', () => {
    const lines = staffLinesOf(row, GERMAN);
    expect(lines).toEqual([
      { key: 'stf_1', minutes: '75', price: '' },
      { key: 'stf_2', minutes: '', price: '1045,50' },
      { key: 'stf_3', minutes: '', price: '' },
    ] satisfies StaffLine[]);
    expect(staffOfLines(lines, row, GERMAN)).toEqual(row.staff);
    expect(staffOfLines([{ key: 'stf_9', minutes: 'x', price: 'viel' }], row, GERMAN)).toEqual([
      { staff_id: 'stf_9', duration_minutes: 'x', price_cents: 'viel', calcom_event_type_id: null },
    ]);
  });

  it('takes their own time for their own price, and the steps’ time for a service of steps', () => {
    expect(termsWith(row, 'stf_1')).toEqual({ minutes: 75, cents: 4_500, isOwn: true });
    expect(termsWith(row, 'stf_2')).toEqual({ minutes: 60, cents: 104_550, isOwn: true });
    expect(termsWith(row, 'stf_3')).toEqual({ minutes: 60, cents: 4_500, isOwn: false });
    expect(termsWith({ ...row, segments: COLOUR }, 'stf_1')).toEqual({ minutes: 60, cents: 4_500, isOwn: false });
  });
});
