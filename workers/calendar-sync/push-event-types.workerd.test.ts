/** Event types pushed to Cal.com from real master data: one of each service and person, however often it is killed; nothing of theirs deleted. */
import { env, unique } from '../../tests/contract/tenants.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { processNow } from '../../shared/clock.ts';
import type { PushEventTypesRequest, PushEventTypesResponse } from '../../shared/contract/calcom.ts';
import { newId } from '../../shared/ids.ts';
import { salonItems } from '../calendar/salon.fixture.ts';
import type { ActorRef, ScheduleInput } from '../calendar/types.ts';
import { platformOf } from '../env.ts';
import { saveIntegration } from '../storage/platform-db.ts';
import { auditLog } from '../storage/tables/identity.ts';
import { openTenant, type TenantScope } from '../tenancy/scope.ts';
import { seal } from '../tenancy/seal.ts';
import { slugOf } from './event-type-plan.ts';
import { pushEventTypes } from './push-event-types.ts';

const ACTOR: ActorRef = { kind: 'system', id: 'test' };

interface Type {
  id: number;
  slug: string;
  title: string;
  lengthInMinutes: number;
  [field: string]: unknown;
}

/** Types of Cal.com as `fetch` answers them: a slug is given once, an array is replaced. */
class Types {
  readonly own: Type[] = [];
  readonly team: Type[] = [];
  readonly writes: string[] = [];
  members: { userId: number; email: string }[] = [];
  /** before and after each call; what it throws the client never sees an answer of */
  fault: (call: string, when: 'before' | 'after') => Response | null = () => null;
  #serial = 9_000;

  async answer(url: URL, init?: RequestInit): Promise<Response> {
    const method = init?.method ?? 'GET';
    const call = `${method} ${url.pathname}`;
    const before = this.fault(call, 'before');
    if (before) return before;
    const answer = this.#act(method, url, init);
    return this.fault(call, 'after') ?? answer;
  }

  #act(method: string, url: URL, init?: RequestInit): Response {
    const ok = (data: unknown, status = 200): Response => Response.json({ status: 'success', data }, { status });
    const refusal = (status: number, message: string): Response =>
      Response.json({ status: 'error', error: { code: 'Bad', message } }, { status });
    if (url.pathname === '/v2/me') return ok({ id: 500, email: 'Chefin@Salon.test', username: 'salon' });
    if (url.pathname === '/v2/teams/7/memberships')
      return ok(this.members.map(({ userId, email }) => ({ id: 1, userId, teamId: 7, user: { email } })));
    const [, team, id] = /^\/v2\/(?:teams\/(7)\/)?event-types(?:\/(\d+))?$/.exec(url.pathname) ?? [];
    const shelf = team === undefined ? this.own : this.team;
    if (method === 'GET') return ok(shelf);
    const body = JSON.parse(String(init?.body)) as Type;
    this.writes.push(`${method} ${body.slug ?? id}`);
    if (method === 'POST') {
      if (shelf.some(({ slug }) => slug === body.slug)) return refusal(400, 'slug is given already');
      const made = { ...body, id: ++this.#serial };
      shelf.push(made);
      return ok(made, 201);
    }
    const known = shelf.find((one) => String(one.id) === id);
    if (!known) return refusal(404, 'no such type');
    return ok(Object.assign(known, body));
  }
}

const worlds = new Map<string, Types>();
beforeAll(() => {
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    const world = worlds.get(url.hostname);
    if (world === undefined) throw new TypeError('no such host');
    return world.answer(url, init);
  });
});
afterAll(() => vi.unstubAllGlobals());

class Salon {
  readonly types = new Types();
  readonly scope: TenantScope;
  constructor() {
    this.scope = this.scopeNow();
  }
  #id = newId('tenant', processNow());
  scopeNow(): TenantScope {
    return openTenant(platformOf(env), this.#id, { kind: 'system', cause: 'queue' }, { now: processNow() });
  }
  async open(change: (item: ScheduleInput) => Record<string, unknown> = () => ({})): Promise<this> {
    const items = salonItems().map((item) => ({ ...item, body: { ...(item.body as object), ...change(item) } }));
    const done = await this.scope.calendar.putScheduleMany({ key: 'seed', now: processNow(), actor: ACTOR, items });
    expect(done.result.ok, JSON.stringify(done.result)).toBe(true);
    const { tenantId } = this.scope;
    const host = unique('types').toLowerCase().replaceAll('_', '-');
    worlds.set(`${host}.test`, this.types);
    const sealedApiKey = await seal(platformOf(env), tenantId, 'cal_test_of_the_salon');
    const baseUrl = `https://${host}.test`;
    await saveIntegration(platformOf(env), { tenantId, vendor: 'calcom', baseUrl, sealedApiKey });
    return this;
  }
  async change(kind: 'service' | 'staff' | 'company', id: string, change: Record<string, unknown>): Promise<void> {
    const schedule = await this.schedule();
    const items = { service: schedule.services, staff: schedule.staff, company: schedule.companies }[kind];
    const present = items.find((one) => one.id === id);
    const { result } = await this.scope.calendar.putSchedule({
      key: unique('change'),
      now: processNow(),
      actor: ACTOR,
      kind,
      id,
      body: { ...present?.body, ...change },
      expectedVersion: present?.version ?? 0,
    });
    expect(result.ok, JSON.stringify(result)).toBe(true);
  }
  async schedule() {
    const { result } = await this.scope.calendar.schedule();
    if (!result.ok) throw new Error(result.error.code);
    return result.value;
  }
  async push(
    request: Partial<PushEventTypesRequest> = {},
    scope: TenantScope = this.scopeNow(),
  ): Promise<PushEventTypesResponse> {
    const pushed = await pushEventTypes(scope, { dry_run: false, ...request });
    if (!pushed.ok) throw new Error(JSON.stringify(pushed.error));
    return pushed.value;
  }
  /** service → its own type and those of its people, as they are matched here */
  async matched(): Promise<Record<string, (string | null)[]>> {
    const { services } = await this.schedule();
    return Object.fromEntries(
      services.map(({ id, body }) => [
        id,
        [body.calcomEventTypeId, ...body.staff.map((one) => one.calcomEventTypeId ?? null)],
      ]),
    );
  }
}
const SERVICES = ['srv_colour', 'srv_course', 'srv_cut'];
const TEAM = { name: 'Salon', calcomTeamId: '7' };

describe('event types of a salon with one calendar', () => {
  it('are told first and then made, one of each service, and matched here; a second run finds nothing to do', async () => {
    const salon = await new Salon().open();
    const dry = await salon.push({ dry_run: true });
    expect(dry).toMatchObject({ dry_run: true, event_types_created: 3, errors: [], next: null });
    expect(salon.types.writes).toEqual([]);
    expect(await salon.matched()).toMatchObject({ srv_cut: [null, null, null] });
    const done = await salon.push();
    expect(done).toMatchObject({ success: true, event_types_created: 3, event_types_updated: 0, stopped: false });
    expect(done.results.map(({ service_id, title, action }) => [service_id, title, action])).toEqual([
      ['srv_colour', 'Färben', 'created'],
      ['srv_course', 'Kurs', 'created'],
      ['srv_cut', 'Haarschnitt', 'created'],
    ]);
    expect(salon.types.own.map(({ slug }) => slug)).toEqual(SERVICES.map((id) => slugOf(id, null)));
    // From the first to the last minute: a chain has no length of its own.
    expect(salon.types.own.map(({ lengthInMinutes }) => lengthInMinutes)).toEqual([105, 60, 60]);
    // A booking by phone comes on short notice, and nobody wants a video call.
    expect(salon.types.own[0]).toMatchObject({ minimumBookingNotice: 0, locations: [{ type: 'address' }] });
    expect((await salon.matched())['srv_cut']).toEqual([String(salon.types.own[2]?.id), null, null]);
    const again = await salon.push();
    expect(again).toMatchObject({ success: true, event_types_created: 0, event_types_updated: 0 });
    expect(again.results.map(({ action }) => action)).toEqual(['unchanged', 'unchanged', 'unchanged']);
    expect(salon.types.writes).toHaveLength(3);
    const rows = await salon.scope.db.rows(auditLog, { limit: 50 });
    expect(rows.filter(({ description }) => description === 'calcom.event_types_pushed')).toHaveLength(1);
  });

  it('are brought up to date, also those that were matched by hand, of which nothing else is touched', async () => {
    const salon = await new Salon().open(({ id }) => (id === 'srv_cut' ? { calcomEventTypeId: '77' } : {}));
    salon.types.own.push({ id: 77, slug: 'mein-schnitt', title: 'Schnitt', lengthInMinutes: 45, hidden: true });
    salon.types.own.push({ id: 78, slug: 'privat', title: 'Privat', lengthInMinutes: 15 });
    const done = await salon.push();
    expect(done).toMatchObject({ success: true, event_types_created: 2, event_types_updated: 1 });
    expect(done.results[2]).toMatchObject({ event_type_id: '77', action: 'updated', fields: ['title', 'duration'] });
    expect(salon.types.own[0]).toEqual({
      id: 77,
      slug: 'mein-schnitt',
      title: 'Haarschnitt',
      lengthInMinutes: 60,
      hidden: true,
    });
    expect(salon.types.own[1]).toMatchObject({ title: 'Privat' });
    await salon.change('service', 'srv_cut', { durationMinutes: 50, onlineBookable: false });
    await salon.change('service', 'srv_course', { onlineBookable: false, needsConfirmation: true });
    const later = await salon.push();
    expect(later.results.map(({ fields }) => fields)).toEqual([[], ['hidden', 'confirmation'], ['duration']]);
    expect(salon.types.own[0]).toMatchObject({ lengthInMinutes: 50, hidden: true });
    expect((await salon.push()).event_types_updated).toBe(0);
  });

  it('end in one of each service wherever a run is killed', async () => {
    // Each call to Cal.com and each write of ours, before and after: 3 services make 2 + 3 calls and 3 writes.
    for (let step = 0; step < 16; step++) {
      const salon = await new Salon().open();
      let left = step;
      const die = (): void => {
        if (left-- === 0) throw new Error('killed');
      };
      let isDead = false;
      salon.types.fault = () => {
        if (isDead) throw new Error('killed');
        try {
          die();
        } catch (fault) {
          isDead = true;
          throw fault;
        }
        return null;
      };
      const scope = salon.scopeNow();
      const { calendar } = scope;
      const dying = new Proxy(calendar, {
        get(target, name) {
          const verb = Reflect.get(target, name, target);
          if (name !== 'putSchedule') return typeof verb === 'function' ? verb.bind(target) : verb;
          return async (...asked: Parameters<typeof calendar.putSchedule>) => {
            if (isDead) throw new Error('killed');
            die();
            const done = await target.putSchedule(...asked);
            die();
            return done;
          };
        },
      });
      await pushEventTypes(
        new Proxy(scope, { get: (at, name) => (name === 'calendar' ? dying : Reflect.get(at, name, at)) }),
        {
          dry_run: false,
        },
      ).catch(() => null);
      salon.types.fault = () => null;
      const done = await salon.push();
      expect(done, `step ${step}`).toMatchObject({ success: true, errors: [] });
      expect(salon.types.own.map(({ slug }) => slug).sort(), `step ${step}`).toEqual(
        SERVICES.map((id) => slugOf(id, null)),
      );
      const matched = await salon.matched();
      for (const id of SERVICES)
        expect(matched[id]?.[0], `step ${step} ${id}`).toBe(
          String(salon.types.own.find(({ slug }) => slug === slugOf(id, null))?.id),
        );
    }
  });

  it('are one each when two ask at a time', async () => {
    const salon = await new Salon().open();
    const both = await Promise.all([salon.push(), salon.push()]);
    expect(both.map(({ success }) => success)).toEqual([true, true]);
    expect(salon.types.own).toHaveLength(3);
  });

  it('tell what failed, service by service, and stop where Cal.com can’t be asked further', async () => {
    const salon = await new Salon().open(({ id }) => (id === 'srv_colour' ? { calcomEventTypeId: '4711' } : {}));
    salon.types.fault = (call, when) =>
      call.startsWith('POST') && when === 'before' && salon.types.writes.length === 1
        ? Response.json({ message: 'slow down' }, { status: 429, headers: { 'retry-after': '7' } })
        : null;
    const done = await salon.push();
    expect(done).toMatchObject({ success: false, stopped: true, event_types_created: 1, next: null });
    expect(done.errors).toEqual([
      // What it is matched with is not there: a person looks, nothing is made in its place.
      { service_id: 'srv_colour', staff_id: null, fault: 'gone' },
      { service_id: 'srv_cut', staff_id: null, fault: 'busy' },
    ]);
    salon.types.fault = () => null;
    expect(await salon.push()).toMatchObject({ success: false, stopped: false, event_types_created: 1 });
    expect(salon.types.own).toHaveLength(2);
    salon.types.fault = (call) =>
      call.endsWith('/v2/me') ? Response.json({ message: 'no such key' }, { status: 401 }) : null;
    expect(await pushEventTypes(salon.scopeNow(), { dry_run: true })).toMatchObject({
      ok: false,
      error: { code: 'CONNECTION_FAILED', details: { fault: 'key_refused', said: 'no such key' } },
    });
  });
});

describe('event types of a salon with a team', () => {
  it('are one of each service and person with that host alone; people are found by e-mail and matched here', async () => {
    const salon = await new Salon().open((item) => ({
      ...(item.id === 'stf_anna' ? { email: 'anna@salon.test' } : {}),
    }));
    await salon.change('company', 'com', TEAM);
    salon.types.members = [
      { userId: 501, email: 'Anna@Salon.test' },
      { userId: 502, email: 'ben@privat.test' },
    ];
    const done = await salon.push();
    expect(done).toMatchObject({ success: false, event_types_created: 2, people_matched: 1 });
    expect(done.results.map(({ title, action, fault }) => [title, action, fault])).toEqual([
      ['Färben · Anna', 'created', null],
      ['Färben · Ben', 'failed', 'no_member'],
      ['Kurs · Ben', 'failed', 'no_member'],
      ['Haarschnitt · Anna', 'created', null],
      ['Haarschnitt · Ben', 'failed', 'no_member'],
    ]);
    expect(salon.types.team[0]).toMatchObject({ schedulingType: 'roundRobin', hosts: [{ userId: 501 }] });
    expect((await salon.schedule()).staff.find(({ id }) => id === 'stf_anna')?.body.calcomUserId).toBe('501');
    // Matched by hand: an address that is not the one of our staff.
    await salon.change('staff', 'stf_ben', { calcomUserId: '502' });
    expect(await salon.push()).toMatchObject({ success: true, event_types_created: 3, people_matched: 0 });
    expect(salon.types.team).toHaveLength(5);
    const { srv_cut: cut } = await salon.matched();
    expect(cut?.[0]).toBeNull();
    expect(new Set(cut?.slice(1)).size).toBe(2);
    // Somebody has put another host in: it is put back.
    const first = salon.types.team[0];
    if (first) first['hosts'] = [{ userId: 502 }];
    expect((await salon.push()).results[0]).toMatchObject({ action: 'updated', fields: ['host'] });
  });

  it('go on behind the service that a request ended with', async () => {
    const salon = await new Salon().open();
    await salon.change('company', 'com', TEAM);
    const items = Array.from({ length: 40 }, (_, i) => `srv_more${String(i).padStart(2, '0')}`);
    salon.types.members = [{ userId: 501, email: 'a@salon.test' }];
    await salon.change('staff', 'stf_anna', { calcomUserId: '501' });
    const cut = (await salon.schedule()).services.find(({ id }) => id === 'srv_cut');
    const staff = [{ staffId: 'stf_anna' }];
    for (const id of items) await salon.change('service', id, { ...cut?.body, name: { de: id }, staff });
    const seen: string[] = [];
    let after: string | null = null;
    let requests = 0;
    do {
      const part: PushEventTypesResponse = await salon.push(after === null ? {} : { after });
      seen.push(...part.results.map((one) => one.service_id));
      after = part.next;
      requests++;
    } while (after !== null);
    expect(requests).toBe(2);
    expect([...new Set(seen)]).toEqual([...SERVICES, ...items].sort());
    expect(salon.types.team).toHaveLength(42);
  });
});
