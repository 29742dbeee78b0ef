/** Pure: the steps of a composite service and what it needs of rooms, as somebody fills them in, and what of it is sent. Called by the service's view and fields. */
import { MAX_APPOINTMENT_MINUTES } from '../../../shared/calendar-limits.ts';
import type { ServiceView } from '../../../shared/contract/services.ts';
import type { Draft, HeldLine } from '../kit/view.ts';

type Segment = ServiceView['segments'][number];
type Need = ServiceView['resources'][number];

/** So many units of one of these. */
export interface NeedLine extends HeldLine {
  anyOf: readonly string[];
  units: string;
}

/** One step; its key is the id that appointments remember it by. */
export interface StepLine extends HeldLine {
  kind: Segment['kind'];
  minutes: string;
  nameDe: string;
  nameEn: string;
  /** the service it counts as; empty: the one it is a step of */
  serviceId: string;
  staffIds: readonly string[];
  needs: readonly NeedLine[];
  gapMin: string;
  gapMax: string;
}

export const needLinesOf = (needs: readonly Need[]): NeedLine[] =>
  needs.map(({ any_of, units }, n) => ({ key: `need-${n}`, anyOf: any_of, units: String(units) }));

export const stepLinesOf = (segments: readonly Segment[]): StepLine[] =>
  segments.map((one) => ({
    key: one.id,
    kind: one.kind,
    minutes: String(one.duration_minutes),
    nameDe: one.name?.de ?? '',
    nameEn: one.name?.en ?? '',
    serviceId: one.service_id ?? '',
    staffIds: one.staff_ids,
    needs: needLinesOf(one.resources),
    gapMin: String(one.gap_min_minutes),
    gapMax: String(one.gap_max_minutes),
  }));

/** A whole number as it is sent; what is none goes out as it was typed, and the server says what is wrong with it. */
export function sentWhole(typed: string): unknown {
  const text = typed.trim();
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

export const needsOfLines = (lines: readonly NeedLine[]): unknown[] =>
  lines.map(({ anyOf, units }) => ({ any_of: anyOf, units: sentWhole(units) }));

/** The segments to send. Nobody waits before the first one, and a step in which the person is free is nobody's. */
export const stepsOfLines = (lines: readonly StepLine[]): unknown[] =>
  lines.map((line, n) => ({
    id: line.key,
    kind: line.kind,
    duration_minutes: sentWhole(line.minutes),
    service_id: line.serviceId === '' ? null : line.serviceId,
    name:
      line.nameDe.trim() === '' && line.nameEn.trim() === ''
        ? null
        : { de: line.nameDe.trim(), ...(line.nameEn.trim() !== '' && { en: line.nameEn.trim() }) },
    staff_ids: line.kind === 'active' ? line.staffIds : [],
    resources: needsOfLines(line.needs),
    gap_min_minutes: n === 0 ? 0 : sentWhole(line.gapMin.trim() || '0'),
    gap_max_minutes: n === 0 ? 0 : sentWhole(line.gapMax.trim() || '0'),
  }));

/** The steps of a service's form. */
export const stepsIn = (values: Draft): readonly StepLine[] => (values['segments'] ?? []) as readonly StepLine[];

export const newStep = (key: string, kind: Segment['kind'], minutes: string): StepLine => ({
  key,
  kind,
  minutes,
  nameDe: '',
  nameEn: '',
  serviceId: '',
  staffIds: [],
  needs: [],
  gapMin: '0',
  gapMax: '0',
});

/** The steps with one of them moved to another place. */
export function movedStep(lines: readonly StepLine[], from: number, to: number): readonly StepLine[] {
  const line = lines[from];
  return line === undefined || to < 0 || to >= lines.length ? lines : lines.toSpliced(from, 1).toSpliced(to, 0, line);
}

/** A stretch of the bar. */
export interface BarPart {
  key: string;
  kind: Segment['kind'];
  minutes: number;
  gapMin: number;
  gapMax: number;
}

/** Minutes as far as they can be read. */
function readMinutes(typed: string): number {
  const minutes = Number(typed.trim());
  return Number.isInteger(minutes) && minutes > 0 && minutes <= MAX_APPOINTMENT_MINUTES ? minutes : 0;
}

export const partsOfLines = (lines: readonly StepLine[]): BarPart[] =>
  lines.map(({ key, kind, minutes, gapMin, gapMax }) => ({
    key,
    kind,
    minutes: readMinutes(minutes),
    gapMin: readMinutes(gapMin),
    gapMax: readMinutes(gapMax),
  }));

export const partsOfSteps = (segments: readonly Segment[]): BarPart[] => partsOfLines(stepLinesOf(segments));

/** From the first minute to the last, how much of it the person is free, and how much longer somebody may have to wait. */
export function lengthsOf(parts: readonly BarPart[]): { total: number; free: number; wait: number } {
  let total = 0;
  let free = 0;
  let wait = 0;
  parts.forEach(({ kind, minutes, gapMin, gapMax }, n) => {
    const gap = n === 0 ? 0 : gapMin;
    total += minutes + gap;
    free += gap + (kind === 'passive' ? minutes : 0);
    wait += n === 0 ? 0 : Math.max(0, gapMax - gapMin);
  });
  return { total, free, wait };
}

/** What a composite service says of members that its form does not show: the shortest length, one party, branches without lengths of their own. */
export function compositeMembers(
  body: Readonly<Record<string, unknown>>,
  row: ServiceView | null,
): Record<string, unknown> {
  const segments = body['segments'];
  if (!Array.isArray(segments) || segments.length === 0) return {};
  const known = (segments as { duration_minutes: unknown }[]).map(({ duration_minutes: one }) =>
    typeof one === 'number' && Number.isInteger(one) ? one : 0,
  );
  const total = known.reduce((sum, one) => sum + one, 0);
  return {
    // The server works out the length; what is sent only has to be one.
    ...(row === null && { duration_minutes: Math.min(Math.max(total, 1), MAX_APPOINTMENT_MINUTES) }),
    max_per_slot: 1,
    ...(row?.branch_overrides.some((one) => one.duration_minutes !== null) && {
      branch_overrides: row.branch_overrides
        .filter((one) => one.price_cents !== null)
        .map((one) => ({ ...one, duration_minutes: null })),
    }),
  };
}

/** Problems of one member below a path (`segments.1` + `resources`), however deep they lie. */
export const problemsAt = (problems: Readonly<Record<string, readonly string[]>>, path: string): readonly string[] =>
  Object.entries(problems).flatMap(([at, texts]) => (at === path || at.startsWith(`${path}.`) ? texts : []));
