/** Every template is what the contract says, and every service of it parses as master data and has free starts in a usual week. */
import { describe, expect, it } from 'vitest';
import { asInstant } from '../../shared/clock.ts';
import { type TradeTemplate, tradeTemplate } from '../../shared/contract/trade-template.ts';
import { foldLetters } from '../../shared/fold-letters.ts';
import { TRADES } from '../../shared/trades.ts';
import { checkAvailability } from '../calendar/engine/check.ts';
import { NO_TIMELINE } from '../calendar/engine/availability.ts';
import { SCHEDULE_SCHEMAS } from '../calendar/master-data.ts';
import { scheduleOf } from '../calendar/salon.fixture.ts';
import type { ScheduleInput } from '../calendar/types.ts';
import { madeId } from './made-ids.ts';
import {
  personItems,
  type Place,
  resourceItems,
  serviceIdOf,
  serviceItem,
  stepMinutes,
} from './rules/template-items.ts';
import { templateOf, tradeList } from './templates.ts';

const PLACE: Place = { tenantId: 'ten_a', companyId: 'com_a', branchId: 'bra_a', currency: 'EUR' };
const NOW = asInstant(Date.parse('2027-03-01T08:00:00Z'));
const WEEK = { fromDate: '2027-03-15', untilDate: '2027-03-21' };
const nobody = { staff: () => NO_TIMELINE, resource: () => NO_TIMELINE };
/** Nine hours of a wedding outside the studio: its date is agreed with the studio, never offered (facts of the trades). */
const NOT_OFFERED = new Set(['photo_studio wedding_day']);

/** Two people and everything of the template. */
function shopOf(template: TradeTemplate): ScheduleInput[] {
  const week = template.opening_hours.flatMap(({ days_of_week: days, periods }) =>
    days.map((weekday) => ({ weekday, periods })),
  );
  const people = ['stf_a', 'stf_b'];
  return [
    {
      kind: 'branch',
      id: PLACE.branchId,
      body: { companyId: PLACE.companyId, name: 'Mitte', timeZone: 'Europe/Berlin', country: 'DE', main: true },
    },
    ...week.map(
      ({ weekday, periods }, i): ScheduleInput => ({
        kind: 'hours',
        id: madeId('hours', String(i)),
        body: { ownerKind: 'branch', ownerId: PLACE.branchId, branchId: null, weekday, periods },
      }),
    ),
    ...people.flatMap((id) => personItems({ first_name: 'Maria', last_name: '' }, id, PLACE, week)),
    ...resourceItems(template, template.services, PLACE),
    ...template.services.map((service) => {
      const chosen = { key: service.key, price_cents: null };
      const item = serviceItem(template, service, chosen, PLACE, template.practice_mode, people);
      if (item === null) throw new Error(`${service.key} can't be made`);
      return item;
    }),
  ];
}

describe.each(TRADES)('%s', (trade) => {
  it('is what the contract says, with references that exist and no name twice', async () => {
    const template = await templateOf(trade);
    const parsed = tradeTemplate.strict().safeParse(template);
    expect(parsed.error?.issues ?? []).toEqual([]);
    expect(template.id).toBe(trade);
    expect(template.practice_mode).toBe(template.neutral_names !== null);
    const keys = template.services.map((service) => service.key);
    expect(new Set(keys).size).toBe(keys.length);
    const resources = new Set(template.resources.map((one) => one.key));
    const categories = new Set(template.categories.map((one) => one.key));
    for (const service of template.services) {
      const uses = [...service.resources, ...service.segments.flatMap((segment) => segment.resources)];
      expect(uses.filter((use) => !resources.has(use.resource))).toEqual([]);
      expect(categories).toContain(service.category);
      const minutes = service.segments.reduce((sum, segment) => sum + segment.minutes, 0);
      if (service.segments.length > 0) expect(minutes, service.key).toBe(service.duration_minutes);
    }
    const aliases = template.services.flatMap((service) => service.aliases.map(foldLetters));
    expect(aliases.filter((one, i) => aliases.indexOf(one) !== i)).toEqual([]);
    for (const { candidates } of template.ambiguous_phrases)
      expect(candidates.filter((key) => !keys.includes(key))).toEqual([]);
  });

  it('parses as master data, and every service has starts in a free week', async () => {
    const template = await templateOf(trade);
    const items = shopOf(template);
    for (const { kind, id, body } of items) {
      const parsed = SCHEDULE_SCHEMAS[kind].safeParse(body);
      expect(parsed.error?.issues ?? [], `${kind} ${id}`).toEqual([]);
    }
    const schedule = scheduleOf(items);
    const without = template.services.filter((service) => {
      const answer = checkAvailability(
        schedule,
        nobody,
        {
          now: NOW,
          services: [{ serviceId: serviceIdOf(PLACE, trade, service.key) }],
          branchId: PLACE.branchId,
          staffId: null,
          window: WEEK,
        },
        [],
      );
      return !answer.ok || answer.value.slots.length === 0;
    });
    expect(without.map((service) => `${trade} ${service.key}`).filter((one) => !NOT_OFFERED.has(one))).toEqual([]);
  });
});

it('lists what the templates say', async () => {
  const templates = await Promise.all(TRADES.map(templateOf));
  const said = templates.map(({ id, names, practice_mode, services }) => ({
    id,
    names,
    practice_mode,
    services: services.length,
  }));
  expect(tradeList()).toEqual(said);
});

describe('a visit of steps that the owner makes longer or shorter', () => {
  it('changes its longest active step, never what has to set', async () => {
    const template = await templateOf('hair_salon');
    const service = template.services.find((one) => one.key === 'women_wash_set');
    if (service === undefined) throw new Error('no such service');
    expect(stepMinutes(service, 75)).toEqual([25, 30, 20]);
    expect(stepMinutes(service, 90)).toEqual([40, 30, 20]);
    expect(stepMinutes(service, 60)).toEqual([10, 30, 20]);
    expect(stepMinutes(service, 50)).toBeNull();
  });
});
