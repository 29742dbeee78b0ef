/** How a business is set up: steps follow from what is there, may be put off and brought back; a template is applied once, however often it is sent. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setClockOffset } from '../../shared/clock.ts';
import type { Applied, OnboardingView, TestCallTurn } from '../../shared/contract/onboarding.ts';
import type { ServiceView } from '../../shared/contract/services.ts';
import type { OnboardingStep } from '../../shared/onboarding-steps.ts';
import { type Business, data, emptyBusiness, openShop, place } from './business.fixture.ts';

const FRIDAY = '2026-11-20T10:00:00+01:00';
beforeAll(() => setClockOffset(Date.parse(FRIDAY) - Date.now()));
afterAll(() => setClockOffset(0));

const steps = async (business: Business): Promise<OnboardingView> =>
  data(await business.ask('GET', '/api/v1/onboarding'));
const stateOf = async (business: Business, step: OnboardingStep) =>
  (await steps(business)).steps.find((one) => one.step === step)?.state;

describe('the steps', () => {
  it('follow from what is there, and are done when each is done or put off', async () => {
    const business = await emptyBusiness();
    expect((await steps(business)).steps.map((one) => one.state)).toEqual(Array.from({ length: 9 }, () => 'open'));
    const branchId = await place(business);
    expect(await stateOf(business, 'place')).toBe('done');
    await business.ask('POST', '/api/v1/trade-templates/nails/apply', {
      branch_id: branchId,
      services: [{ key: 'manicure', price_cents: 3_000 }],
      hours: [{ day_of_week: 2, periods: [{ from: '09:00', to: '18:00' }] }],
    });
    expect(await stateOf(business, 'hours')).toBe('done');
    expect(await stateOf(business, 'services')).toBe('done');
    // Nobody does it yet.
    expect(await stateOf(business, 'staff')).toBe('open');
    await business.ask('POST', '/api/v1/onboarding/people', { branch_id: branchId, people: [{ first_name: 'Mia' }] });
    expect(await stateOf(business, 'staff')).toBe('done');
    await business.ask('POST', '/api/v1/test-calls', {});
    expect(await stateOf(business, 'test_call')).toBe('done');
    for (const step of ['number', 'agent', 'topup']) {
      expect((await steps(business)).done).toBe(false);
      data(await business.ask('PATCH', '/api/v1/onboarding', { step, skipped: true }));
    }
    expect((await steps(business)).done).toBe(true);
    data(await business.ask('PATCH', '/api/v1/onboarding', { step: 'topup', skipped: false }));
    expect(await stateOf(business, 'topup')).toBe('open');
  });
});

describe('a template', () => {
  it('that is sent twice makes everything once, and leaves alone what the owner has changed since', async () => {
    const business = await emptyBusiness();
    const branchId = await place(business);
    const body = {
      branch_id: branchId,
      services: [{ key: 'women_cut_dry_short', price_cents: 4_900, duration_minutes: 50 }, { key: 'women_wash_set' }],
      people: [{ first_name: 'Mia', last_name: 'Muster' }],
      hours: [{ day_of_week: 2, periods: [{ from: '09:00', to: '18:00' }] }],
    };
    const path = '/api/v1/trade-templates/hair_salon/apply';
    const first = data<Applied>(await business.ask('POST', path, body));
    const [cut = ''] = first.services;
    data(await business.ask('PATCH', `/api/v1/services/${cut}`, { price_cents: 5_500 }));
    const again = data<Applied>(await business.ask('POST', path, body));
    expect(again).toEqual({ services: [], kept: first.services, staff: first.staff });
    const { result } = await business.scope.calendar.schedule();
    if (!result.ok) throw new Error('no schedule');
    expect(result.value.services.map((one) => one.body.priceCents).sort()).toEqual([0, 5_500]);
    expect(result.value.staff).toHaveLength(1);
    // One day of the branch, one of the person.
    expect(result.value.hours).toHaveLength(2);
    const set = result.value.services.find((one) => one.body.segments.length > 0);
    expect(set?.body.segments.map((one) => [one.kind, one.durationMinutes])).toEqual([
      ['active', 25],
      ['passive', 30],
      ['active', 20],
    ]);
    const short = result.value.services.find((one) => one.id === cut);
    expect(short?.body.durationMinutes).toBe(50);
  });

  it('whose price nobody has confirmed is offered, and no price is said', async () => {
    const business = await emptyBusiness();
    const branchId = await place(business);
    await business.ask('POST', '/api/v1/trade-templates/hair_salon/apply', {
      branch_id: branchId,
      services: [{ key: 'women_cut_dry_short' }, { key: 'women_wash_set', price_cents: 3_300 }],
    });
    const services = data<ServiceView[]>(await business.ask('GET', '/api/v1/services'));
    expect(services.map((one) => [one.price_cents, one.price_known]).sort()).toEqual([
      [0, false],
      [3_300, true],
    ]);
    const call = data<TestCallTurn>(await business.ask('POST', '/api/v1/test-calls', {}));
    const priced = async (text: string): Promise<TestCallTurn> =>
      data(await business.ask('POST', `/api/v1/test-calls/${call.id}/say`, { text, state: call.state }));
    const unknown = await priced('Was kostet Waschen, Schneiden, Föhnen – kurz?');
    expect(unknown.says).not.toMatch(/Euro|€|\b0\b/);
    expect(JSON.stringify(unknown.asked[0]?.answer)).toContain('"price_cents":null');
    expect((await priced('Was kostet Waschen und Legen?')).says).toMatch(/33/);
  });

  it('refuses what it has not got, by name', async () => {
    const business = await emptyBusiness();
    const branchId = await place(business);
    const ask = (trade: string, services: object[], branch = branchId) =>
      business.ask('POST', `/api/v1/trade-templates/${trade}/apply`, { branch_id: branch, services });
    expect((await ask('hair_salon', [{ key: 'no_such' }])).body.error.errors).toEqual({
      'services.0.key': ['unknown'],
    });
    const tooShort = await ask('hair_salon', [{ key: 'women_wash_set', duration_minutes: 31 }]);
    expect(Object.keys(tooShort.body.error.errors)).toEqual(['services.0.duration_minutes']);
    expect((await ask('undertaker', [{ key: 'x' }])).status).toBe(404);
    expect((await ask('hair_salon', [{ key: 'women_wash_set' }], 'bra_000000000xxxxxxxxxxx')).status).toBe(404);
    expect((await business.ask('GET', '/api/v1/services')).body.data).toEqual([]);
  });

  it('of a practice switches practice mode on only where the owner agrees', async () => {
    const business = await emptyBusiness();
    await openShop(business, 'physiotherapy');
    const services = data<ServiceView[]>(await business.ask('GET', '/api/v1/services'));
    expect(new Set(services.map((one) => one.neutral_name?.de))).toEqual(new Set(['Ihr Termin']));
  });
});

describe('the first place', () => {
  it('that is sent again names and places the same branch, and never moves its clock', async () => {
    const business = await emptyBusiness();
    const branchId = await place(business);
    const again = data<{ branch_id: string }>(
      await business.ask('POST', '/api/v1/onboarding/place', {
        company_name: 'Neuer Name',
        time_zone: 'Europe/Zurich',
        country: 'CH',
      }),
    );
    expect(again.branch_id).toBe(branchId);
    const [branch] = (await business.ask('GET', '/api/v1/branches')).body.data;
    expect(branch).toMatchObject({ id: branchId, time_zone: 'Europe/Berlin', country: 'DE', main: true });
    const [company] = (await business.ask('GET', '/api/v1/companies')).body.data;
    expect(company.name).toBe('Neuer Name');
  });
});
