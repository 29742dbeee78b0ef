/**
 * Event types at Cal.com made of our services, or brought up to date. Called by its route.
 *
 * Resumable wherever it ends: the slug of a type follows from our ids, so it stands before the type does; what was made and not yet written
 * down here is found by it, and Cal.com gives a slug only once, also to two who ask at a time. Nothing is ever deleted there.
 */
import { permissionRefusal } from '../../shared/actor.ts';
import { realNow } from '../../shared/clock.ts';
import type { PushEventTypesRequest, PushEventTypesResponse, PushedType } from '../../shared/contract/calcom.ts';
import { newId } from '../../shared/ids.ts';
import type { EventTypeFault } from '../../shared/integration-sets.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { actorRefOf } from '../calendar/actor-ref.ts';
import type { ScheduleItemOf, ScheduleSnapshot, ServiceBody } from '../calendar/master-data.ts';
import { openCompanyIds, companySettings } from '../calendar/rules/company.ts';
import { writeAudit } from '../identity/audit.ts';
import type { CalcomConfig } from '../integrations/calcom.ts';
import {
  calcomOwner,
  changeEventType,
  createEventType,
  eventTypesAt,
  teamMembers,
  type TheirEventType,
} from '../integrations/calcom-event-types.ts';
import { faultOf, saidIn } from '../integrations/connection-test.ts';
import type { VendorFault, VendorResult } from '../integrations/vendor-call.ts';
import { isItemReached } from '../tenancy/reached.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { calcomAccount } from './account.ts';
import { type CalcomWorld, hostOf, type PlannedType, planService, servicesOf } from './event-type-plan.ts';

/** Writes after which a request ends with the service it is at: Cal.com takes 120 calls a minute of a key. */
const WRITES = 30;
/** Times a change here is worked out again because somebody else came before. */
const MAX_TRIES = 3;

type Service = ScheduleItemOf<'service'>;
interface Connected {
  account: CalcomConfig;
  world: CalcomWorld;
}

/**
 * Refusals: PERMISSION_DENIED (`manage_calcom`), NOT_FOUND (company, or nobody has connected Cal.com), CONNECTION_FAILED (Cal.com could not
 * be asked at all, with what it said).
 */
export async function pushEventTypes(
  scope: TenantScope,
  { company_id: companyId, dry_run: isDry, after }: PushEventTypesRequest,
): Promise<Result<PushEventTypesResponse>> {
  const refused = permissionRefusal(scope.actor, 'manage_calcom');
  if (refused) return refused;
  const { result } = await scope.calendar.schedule();
  if (!result.ok) return result;
  const reached = await scope.reached();
  const companies = openCompanyIds(result.value).filter(
    (id) => (companyId === undefined || id === companyId) && isItemReached({ kind: 'company', id, body: {} }, reached),
  );
  if (companyId !== undefined && companies.length === 0) return err({ code: 'NOT_FOUND', entity: 'company' });
  const accounts = new Map<string, CalcomConfig>();
  for (const id of companies) {
    const account = await calcomAccount(scope, id);
    if (account) accounts.set(id, account);
  }
  if (accounts.size === 0) return err({ code: 'NOT_FOUND', entity: 'integration' });
  const services = [...accounts.keys()]
    .flatMap((id) => servicesOf(result.value, id))
    .filter((service) => isItemReached(service, reached))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .filter(({ id }) => after === undefined || id > after);
  const run = new Run(scope, result.value, isDry);
  const worlds = new Map<string, Connected>();
  for (const [i, service] of services.entries()) {
    const { companyId: of } = service.body;
    const account = accounts.get(of);
    if (account === undefined) continue;
    let connected = worlds.get(of);
    if (connected === undefined) {
      const began = realNow();
      const world = await worldOf(account, companySettings(result.value, of).calcomTeamId);
      if (!world.ok) {
        if (run.results.length > 0) return ok(await run.ended(null, true));
        const details = { fault: faultOf(world.error), said: saidIn(world.error, account.apiKey) };
        return err({
          code: 'CONNECTION_FAILED',
          details: { ...details, duration_ms: Math.max(0, Math.round(realNow() - began)) },
        });
      }
      connected = { account, world: world.value };
      worlds.set(of, connected);
      await run.people(of, connected.world);
    }
    if (await run.service(service, connected)) return ok(await run.ended(null, true));
    if (run.writes >= WRITES && i < services.length - 1) return ok(await run.ended(service.id, false));
  }
  return ok(await run.ended(null, false));
}

/** The account as it stands. */
async function worldOf(account: CalcomConfig, teamId: string | null): Promise<VendorResult<CalcomWorld>> {
  const owner = await calcomOwner(account);
  if (!owner.ok) return owner;
  const own = await eventTypesAt(account, null);
  if (!own.ok) return own;
  if (teamId === null) return ok({ teamId, owner: owner.value, members: [], types: own.value });
  const members = await teamMembers(account, teamId);
  if (!members.ok) return members;
  const types = await eventTypesAt(account, teamId);
  if (!types.ok) return types;
  return ok({ teamId, owner: owner.value, members: members.value, types: [...types.value, ...own.value] });
}

/** Whether asking for the next type is of no use. */
const isOver = ({ kind, status }: VendorFault): boolean =>
  kind === 'timeout' || kind === 'network' || kind === 'rate_limited' || status === 401 || status === 403;

class Run {
  readonly results: PushedType[] = [];
  writes = 0;
  #matched = 0;
  readonly #scope: TenantScope;
  readonly #schedule: ScheduleSnapshot;
  readonly #isDry: boolean;

  constructor(scope: TenantScope, schedule: ScheduleSnapshot, isDry: boolean) {
    this.#scope = scope;
    this.#schedule = schedule;
    this.#isDry = isDry;
  }

  /** Staff of a company that is found there by e-mail is matched here: who is a host is compared with every booking. */
  async people(companyId: string, world: CalcomWorld): Promise<void> {
    const reached = await this.#scope.reached();
    for (const person of this.#schedule.staff) {
      if (person.body.companyId !== companyId || !person.body.active || person.body.calcomUserId !== null) continue;
      const userId = isItemReached(person, reached) ? hostOf(person, world) : null;
      if (userId === null) continue;
      if (this.#isDry || (await this.#put('staff', person, (body) => ({ ...body, calcomUserId: userId }))))
        this.#matched++;
    }
  }

  /** @returns true: Cal.com can't be asked any further */
  async service(service: Service, { account, world }: Connected): Promise<boolean> {
    const made: { staffId: string | null; id: string; row: PushedType }[] = [];
    let isStopped = false;
    for (const planned of planService(this.#schedule, service, world)) {
      if (this.#isDry || planned.kind === 'failed') {
        this.results.push(said(planned));
        continue;
      }
      const written = await this.#write(account, world, planned);
      const row = written.ok
        ? { ...said(planned), event_type_id: written.value.id }
        : failedRow(planned, faultAs(written.error), saidIn(written.error, account.apiKey));
      this.results.push(row);
      if (written.ok) made.push({ staffId: planned.staffId, id: written.value.id, row });
      else if (isOver(written.error)) {
        isStopped = true;
        break;
      }
    }
    // Also what an earlier run has made and could not write down.
    const isKept = await this.#put('service', service, (body) => withTypes(body, made));
    if (!isKept)
      for (const { row } of made)
        Object.assign(row, { action: 'failed', fault: 'changed_here' } satisfies Partial<PushedType>);
    return isStopped;
  }

  async #write(
    account: CalcomConfig,
    { teamId }: CalcomWorld,
    planned: Exclude<PlannedType, { kind: 'failed' }>,
  ): Promise<VendorResult<TheirEventType>> {
    if (planned.kind === 'keep' && planned.change === null) return ok(planned.theirs);
    this.writes++;
    if (planned.kind === 'keep') return changeEventType(account, planned.theirs, planned.change?.fields ?? {});
    const created = await createEventType(account, teamId, planned.fields);
    if (created.ok || (!created.error.ambiguous && created.error.status !== 400)) return created;
    // The answer was lost, or somebody was faster: the slug says whether it is there.
    const found = await eventTypesAt(account, teamId);
    const theirs = found.ok ? found.value.find(({ slug }) => slug === planned.slug) : undefined;
    return theirs === undefined ? created : ok(theirs);
  }

  /** Writes an item of master data on what others have left. False: it could not be. */
  async #put<K extends 'service' | 'staff'>(
    kind: K,
    item: ScheduleItemOf<K>,
    change: (body: ScheduleItemOf<K>['body']) => ScheduleItemOf<K>['body'],
  ): Promise<boolean> {
    let present: ScheduleItemOf<K> | undefined = item;
    for (let tries = 1; present !== undefined; tries++) {
      const body = change(present.body);
      if (JSON.stringify(body) === JSON.stringify(present.body)) return true;
      const { result } = await this.#scope.calendar.putSchedule({
        key: `calcom:types:${newId('audit', this.#scope.now)}`,
        now: this.#scope.now,
        actor: actorRefOf(this.#scope.actor),
        kind,
        id: item.id,
        body,
        expectedVersion: present.version,
        mustExist: true,
      });
      if (result.ok) return true;
      if (result.error.code !== 'VERSION_CONFLICT' || tries === MAX_TRIES) return false;
      const again = await this.#scope.calendar.schedule();
      if (!again.result.ok) return false;
      const { services, staff } = again.result.value;
      const items: readonly { id: string }[] = kind === 'service' ? services : staff;
      present = items.find(({ id }) => id === item.id) as ScheduleItemOf<K> | undefined;
    }
    return false;
  }

  async ended(next: string | null, isStopped: boolean): Promise<PushEventTypesResponse> {
    const count = (action: PushedType['action']): number => this.results.filter((one) => one.action === action).length;
    const failed = this.results.filter(({ action }) => action === 'failed');
    const [created, updated] = [count('created'), count('updated')];
    if (!this.#isDry && (this.writes > 0 || this.#matched > 0))
      await writeAudit(this.#scope, {
        log: 'integrations',
        description: 'calcom.event_types_pushed',
        subjectType: 'integration',
        subjectId: 'calcom',
        after: { created, updated, failed: failed.length, people_matched: this.#matched },
      });
    return {
      success: failed.length === 0 && !isStopped,
      dry_run: this.#isDry,
      event_types_created: created,
      event_types_updated: updated,
      people_matched: this.#matched,
      errors: failed.map(({ service_id, staff_id, fault }) => ({ service_id, staff_id, fault })),
      results: this.results,
      stopped: isStopped,
      next,
    };
  }
}

/** The service with the types that stand for it now; what was matched with another one meanwhile stays. */
function withTypes(body: ServiceBody, made: readonly { staffId: string | null; id: string }[]): ServiceBody {
  const common = made.find(({ staffId }) => staffId === null)?.id ?? null;
  const staff = body.staff.map((one) => {
    const own = made.find(({ staffId }) => staffId === one.staffId)?.id;
    return own === undefined || one.calcomEventTypeId ? one : { ...one, calcomEventTypeId: own };
  });
  return { ...body, calcomEventTypeId: body.calcomEventTypeId ?? common, staff };
}

const faultAs = (fault: VendorFault): EventTypeFault => {
  const as = faultOf(fault);
  return as === 'unknown_account' || as === 'unreadable' ? 'gone' : as;
};

const failedRow = (planned: PlannedType, fault: EventTypeFault, words: string | null): PushedType => ({
  ...said(planned),
  action: 'failed',
  fields: [],
  fault,
  said: words,
});

/** What is planned as it is told. */
function said(planned: PlannedType): PushedType {
  const row = {
    service_id: planned.serviceId,
    staff_id: planned.staffId,
    title: planned.title,
    fields: [],
    event_type_id: null,
    fault: null,
    said: null,
  };
  switch (planned.kind) {
    case 'failed':
      return { ...row, action: 'failed', event_type_id: planned.matched, fault: planned.fault };
    case 'create':
      return { ...row, action: 'created' };
    case 'keep':
      return {
        ...row,
        action: planned.change === null ? 'unchanged' : 'updated',
        fields: [...(planned.change?.names ?? [])],
        event_type_id: planned.theirs.id,
      };
  }
}
