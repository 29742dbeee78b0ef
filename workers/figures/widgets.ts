/**
 * Widgets of the home page: the counted ones by one statement, kept for a minute in memory by tenant and reach, their quarters of an hour folded
 * into days, weeks or hours of the account's clock, ids with their names. Called by figure-routes.ts.
 */
import { actorMay } from '../../shared/actor.ts';
import type { WidgetView } from '../../shared/contract/widgets.ts';
import { inLanguage, type Language } from '../../shared/i18n/language.ts';
import { addDays, dayStart, MINUTE, toIso, type WallDate } from '../../shared/time.ts';
import { type CountedName, WIDGETS } from '../../shared/widget-names.ts';
import type { ScheduleSnapshot } from '../calendar/types.ts';
import { MAX_COUNTED } from '../storage/queries/figures.ts';
import { countWidgets } from '../storage/queries/widgets.ts';
import type { Group } from '../storage/tenant-db.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { type Counting, countingOf, Recent } from './counting.ts';
import { folded, type Points } from './fold.ts';
import { utilisation } from './utilisation.ts';

/** Widgets of all tenants and reaches that an isolate keeps. */
const MAX_KEPT = 2_000;
/** Folding two thousand quarters of an hour by a zone costs more than the rest of an answer, so that is kept, too; names are put on later. */
interface Kept {
  rows: number;
  content: { groups: readonly Group[] } | { points: Points };
}
const recent = new Recent<Kept>(MAX_KEPT);

const countOf = (
  schedule: ScheduleSnapshot | null,
  kind: 'branches' | 'staff' | 'services',
  companyId: string,
): number => (schedule?.[kind] ?? []).filter(({ body }) => body.active && body.companyId === companyId).length;

/** Groups of a property as points, with what ids are called and what the schedule adds. */
function named(
  name: CountedName,
  groups: readonly Group[],
  { schedule, reached }: Counting,
  language: Language,
): Points {
  const plain = groups.map(({ key, values }) => ({ key, name: null, values }));
  switch (name) {
    case 'top_services': {
      const services = new Map(schedule?.services.map(({ id, body }) => [id, inLanguage(body.name, language)]));
      return plain.map((point) => ({ ...point, name: services.get(point.key) ?? null }));
    }
    case 'staff_utilisation': {
      const staff = new Map(
        schedule?.staff.map(({ id, body }) => [id, `${body.firstName} ${body.lastName}`.trim()] as const),
      );
      return plain.map((point) => ({ ...point, name: staff.get(point.key) ?? null }));
    }
    case 'company_overview': {
      const companies = new Map(schedule?.companies.map(({ id, body }) => [id, body.name] as const));
      // A company has settings of its own once somebody has saved them; its branches name it from the first day.
      const ids = [...companies.keys(), ...(schedule?.branches ?? []).map(({ body }) => body.companyId)];
      return [...new Set(ids)]
        .filter((id) => reached.branches === null || reached.companies.includes(id))
        .map((id) => ({
          key: id,
          name: companies.get(id) ?? null,
          values: [
            groups.find(({ key }) => key === id)?.values[0] ?? 0,
            ...(['branches', 'staff', 'services'] as const).map((kind) => countOf(schedule, kind, id)),
          ],
        }));
    }
    default:
      return plain;
  }
}

const largestFirst = (points: Points): Points => points.sort((a, b) => (b.values[0] ?? 0) - (a.values[0] ?? 0));

/** The named widgets, in their order; what the actor may not see is left out. Everything is narrowed by the actor's reach. */
export async function widgetsOf(
  scope: TenantScope,
  names: readonly CountedName[],
  language: Language,
): Promise<WidgetView[]> {
  const { now } = scope;
  const wanted = [...new Set(names)].filter((name) => actorMay(scope.actor, WIDGETS[name].permission));
  if (wanted.length === 0) return [];
  const counting = await countingOf(scope);
  const { reached, zone, today, whose } = counting;
  const keyOf = (name: CountedName): string => `${whose}|${name}|${today}|${zone}`;
  const spanOf = (name: CountedName): { first: WallDate; last: WallDate } => {
    const { days, ...more } = WIDGETS[name].counted;
    return { first: addDays(today, 1 - days), last: addDays(today, 'ahead' in more ? more.ahead : 0) };
  };
  const found = new Map<CountedName, { value: Kept; at: number }>();
  for (const name of wanted) {
    const known = recent.find(keyOf(name), now, MINUTE);
    if (known !== undefined) found.set(name, known);
  }
  const missing = wanted.filter((name) => !found.has(name));
  const inD1 = missing.filter((name) => name !== 'staff_utilisation');
  const askOf = (name: CountedName) => {
    const { first, last } = spanOf(name);
    return { reached, now, from: dayStart(first, zone), until: dayStart(addDays(last, 1), zone) };
  };
  const [counted, busy] = await Promise.all([
    inD1.length === 0 ? {} : countWidgets(scope.db, new Map(inD1.map((name) => [name, askOf(name)] as const))),
    missing.length === inD1.length
      ? []
      : utilisation(scope, counting, {
          date: spanOf('staff_utilisation').first,
          days: WIDGETS.staff_utilisation.counted.days,
        }),
  ]);
  const groupsOf: Readonly<Record<string, Group[]>> = { ...counted, staff_utilisation: busy };
  for (const name of missing) {
    const { by, columns } = WIDGETS[name].counted;
    const groups = groupsOf[name] ?? [];
    const value: Kept = {
      rows: groups.reduce((sum, { rows }) => sum + rows, 0),
      content:
        by === 'property'
          ? { groups }
          : { points: folded(groups, { by, ...spanOf(name), zone, width: columns.length }) },
    };
    found.set(name, { value, at: now });
    recent.keep(keyOf(name), value, now);
  }
  return wanted.flatMap((name) => {
    const known = found.get(name);
    if (known === undefined) return [];
    const { rows, content } = known.value;
    return {
      name,
      days: WIDGETS[name].counted.days,
      more: rows >= MAX_COUNTED,
      at: toIso(known.at),
      points: 'points' in content ? content.points : largestFirst(named(name, content.groups, counting, language)),
    };
  });
}
