/** Widgets over HTTP through the assembled app and over rows of their own: what is counted, by which index, for whom, how old. */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { beforeAll, describe, expect, it } from 'vitest';
import { asInstant, processNow } from '../../shared/clock.ts';
import { widgetsResponse, type WidgetView } from '../../shared/contract/widgets.ts';
import { newId } from '../../shared/ids.ts';
import { DAY, HOUR } from '../../shared/time.ts';
import { COUNTED_NAMES, type CountedName, MAX_WIDGETS_ASKED } from '../../shared/widget-names.ts';
import { appointmentRow } from '../../tests/appointment-row.ts';
import { FIXTURES, type FurnishedTenant, furnishTenant } from '../../tests/contract/fixtures.ts';
import { askApi } from '../../tests/contract/requests.ts';
import { env } from '../../tests/contract/tenants.ts';
import { app } from '../app.ts';
import { platformOf } from '../env.ts';
import { planProblems, readingsOf, recording } from '../resources/recorded.fixture.ts';
import { seedCallbacks, seedCalls } from '../storage/queries/seed.ts';
import { appointments } from '../storage/tables/calendar.ts';
import { openTenant } from '../tenancy/scope.ts';
import { widgetsOf } from './widgets.ts';

let tenant: FurnishedTenant;
/** Counted there by itself: nothing of the fixtures lies near. */
const LATER = Date.parse('2031-03-30T10:00:00Z');
const scopeAt = (now: number, actor: object = { kind: 'system', cause: 'demo' }) =>
  openTenant(platformOf(env), tenant.tenantId, actor as never, { now: asInstant(now) });
const valuesOf = (widget: WidgetView | undefined): Record<string, number[]> =>
  Object.fromEntries((widget?.points ?? []).map(({ key, values }) => [key, values]));
const batches = (): CountedName[][] =>
  Array.from({ length: Math.ceil(COUNTED_NAMES.length / MAX_WIDGETS_ASKED) }, (_, i) =>
    COUNTED_NAMES.slice(i * MAX_WIDGETS_ASKED, (i + 1) * MAX_WIDGETS_ASKED),
  );

beforeAll(async () => {
  tenant = await furnishTenant(async () => '');
  await FIXTURES['appointment']?.(tenant);
  await tenant.scope.calendar.flush(2_000);
  const calls = [
    { at: LATER, appointmentId: 'apt_1', sentiment: 'positive' as const },
    { at: LATER + HOUR, appointmentId: null, sentiment: 'negative' as const },
    { at: LATER - DAY, appointmentId: null, sentiment: 'negative' as const },
    // A year before: of no period.
    { at: LATER - 365 * DAY, appointmentId: null, sentiment: 'neutral' as const },
  ];
  await seedCalls(
    tenant.scope.db,
    calls.map(({ at, ...call }, i) => ({
      id: `call_widget_${i}`,
      direction: 'inbound' as const,
      status: 'analyzed' as const,
      startedAt: at,
      ...call,
    })),
    processNow(),
  );
  await seedCallbacks(tenant.scope.db, [
    {
      id: newId('callback_request', LATER),
      kind: 'callback',
      status: 'open',
      callId: 'call_widget_1',
      createdAt: LATER,
    },
  ]);
  const visits = ['completed', 'completed', 'no_show', 'cancelled'] as const;
  for (const [i, status] of visits.entries())
    await tenant.scope.db.insert(
      appointments,
      appointmentRow({ id: newId('appointment', LATER + i), startsAt: LATER - i * HOUR, status, createdAt: LATER }),
    );
});

describe('widgets', () => {
  it('as many as may be asked for are one statement, and every one of them reads an index', async () => {
    const recorded = recording(env);
    for (const names of batches()) {
      const context = createExecutionContext();
      const request = new Request(`http://localhost/api/v1/widgets?names=${names.join(',')}`, {
        headers: { Authorization: `Bearer ${tenant.apiKey}` },
      });
      const response = await app.fetch(request, { ...recorded.env, RATE_LIMIT_SCALE: '1000' }, context);
      const text = await response.text();
      await waitOnExecutionContext(context);
      expect(response.status, text).toBe(200);
      expect(widgetsResponse.parse(JSON.parse(text)).data.map(({ name }) => name)).toEqual(names);
    }
    const own = recorded.statements.filter(({ query }) => query.includes('json_group_array'));
    expect(own).toHaveLength(batches().length);
    const readings = await readingsOf(env, own);
    expect(readings.flatMap(planProblems)).toEqual([]);
    // Calls are counted without their rows, which begin with what was said.
    expect(readings.flatMap(({ plan }) => plan).filter((line) => / calls /.test(line))).toEqual(
      expect.arrayContaining([expect.stringContaining('USING COVERING INDEX calls_counted')]),
    );
  });

  it('counts what lies in the period it names, by the account’s clock', async () => {
    const scope = scopeAt(LATER + 2 * HOUR);
    const widgets = await widgetsOf(
      scope,
      ['conversion', 'call_outcomes', 'peak_hours', 'sentiment', 'no_show_rate', 'booking_sources'],
      'de',
    );
    const by = Object.fromEntries(widgets.map((widget) => [widget.name, valuesOf(widget)]));
    const conversion = by['conversion'] ?? {};
    expect(Object.keys(conversion)).toHaveLength(30);
    // The clocks went forward that night: ten by UTC is noon.
    expect(conversion['2031-03-30']).toEqual([1, 2]);
    expect(conversion['2031-03-29']).toEqual([0, 1]);
    expect(by['call_outcomes']).toEqual({ appointment: [1], callback: [1], other: [1] });
    expect(by['peak_hours']).toEqual({ '0-12': [1], '0-13': [1], '6-11': [1] });
    expect(by['sentiment']).toEqual({ negative: [2], positive: [1] });
    expect(Object.values(by['no_show_rate'] ?? {}).at(-1)).toEqual([1, 3]);
    expect(Object.values(by['booking_sources'] ?? {}).flat()).toEqual([4]);
  });

  it('names people, knows companies and how busy people are', async () => {
    const [busy, companies] = await widgetsOf(scopeAt(processNow()), ['staff_utilisation', 'company_overview'], 'de');
    expect(busy?.points[0]?.name).toEqual(expect.any(String));
    expect(busy?.points[0]?.values[1]).toBeGreaterThan(0);
    expect(companies?.points[0]).toMatchObject({ values: [expect.any(Number), 1, 1, 1] });
  });

  it('who may not see calls is told nothing of them, and who reaches no branch sees nothing of any', async () => {
    const actor = { kind: 'api_key', tenantId: tenant.tenantId, keyId: 'key_widgets', permissions: ['view_calls'] };
    const nowhere = { companyIds: null, branchIds: [], ownOf: null };
    const some = await widgetsOf(scopeAt(LATER + 3 * HOUR, actor), ['booking_sources', 'sentiment'], 'de');
    expect(some.map(({ name }) => name)).toEqual(['sentiment']);
    const all = ['view_calls', 'view_appointments', 'view_customers', 'view_notifications', 'view_calcom'];
    const narrow = scopeAt(LATER + 4 * HOUR, { ...actor, permissions: all, reach: nowhere });
    // Customers whom nobody has booked for yet are everybody's.
    for (const names of batches())
      for (const { name, points } of await widgetsOf(narrow, names, 'de'))
        if (name !== 'customers_new') expect(points.flatMap(({ values }) => values).filter(Boolean), name).toEqual([]);
  });

  it('what was counted stays for a minute and says when', async () => {
    const now = LATER + 20 * DAY;
    const [first] = await widgetsOf(scopeAt(now), ['sentiment'], 'de');
    const [kept] = await widgetsOf(scopeAt(now + 59_000), ['sentiment'], 'de');
    expect(kept).toEqual(first);
    const [again] = await widgetsOf(scopeAt(now + 61_000), ['sentiment'], 'de');
    expect(Date.parse(again?.at ?? '')).toBe(now + 61_000);
  });

  it('too many at once are refused', async () => {
    const names = COUNTED_NAMES.slice(0, MAX_WIDGETS_ASKED + 1).join(',');
    expect((await askApi(tenant.apiKey, 'GET', `/api/v1/widgets?names=${names}`)).status).toBe(422);
  });
});
