/**
 * Metered events from anywhere become a charge and files: the batch lies in the archive before it is charged, and leaves its place there when
 * its files are written. Whatever is killed in between is finished by `finishUsage`. Called by the route, the queue's consumer and crons.
 */
import { causerOf } from '../../../shared/actor.ts';
import { asInstant, type Instant } from '../../../shared/clock.ts';
import { assert, err, ok, type Result } from '../../../shared/result.ts';
import { dateOf, toIso } from '../../../shared/time.ts';
import { type EventType, MAX_USAGE_EVENTS, type UsageMetadata } from '../../../shared/usage-events.ts';
import type { MeteredResult } from '../../ledger/types.ts';
import type { Head } from '../../object-runtime/events.ts';
import { chargedOf, contentHash, folderOf, type RawUsage } from '../../storage/usage-files.ts';
import type { TenantScope } from '../../tenancy/scope.ts';

/** Something that was used, as its producer says it. */
export interface UsageInput {
  /** names the event among all of the tenant */
  key: string;
  eventType: EventType;
  quantity: number;
  /** absent: now; what a repeat says is then the same */
  occurredAt?: Instant;
  companyId?: string;
  metadata?: UsageMetadata;
}

interface Recorded {
  results: MeteredResult[];
  head: Head;
}

/** Files that one batch may become: each is a request to the archive. */
const MAX_FOLDERS = 50;

/** `{milliseconds}-{random}`: names sort by time, and tell when the batch came. */
const newBatch = (now: Instant): string =>
  `${String(now).padStart(14, '0')}-${crypto.randomUUID().replaceAll('-', '').slice(0, 16)}`;
const instantOf = (batch: string): Instant => asInstant(Number(batch.split('-')[0]));

function rawOf({ key, eventType, quantity, occurredAt, companyId, metadata }: UsageInput, now: Instant): RawUsage {
  const said = {
    event_type: eventType,
    quantity,
    ...(companyId === undefined ? {} : { company_id: companyId }),
    ...(metadata === undefined || Object.keys(metadata).length === 0 ? {} : { metadata }),
  };
  const hash = contentHash(occurredAt === undefined ? said : { ...said, occurred_at: occurredAt });
  return { key, ...said, occurred_at: toIso(occurredAt ?? now), hash };
}

/** The producers' word for a tenant without terms: nobody is billed before a plan is chosen. */
export const isUnbilled = ({ code }: { code: string }): boolean => code === 'NOT_FOUND';

/**
 * Charges up to 1,000 events and files what was accepted; one result for each, in their order. Answers when it is durable.
 *
 * Refusals: NOT_FOUND ledger (no terms yet), VALIDATION_ERROR (`events`: none, more than 1,000, or of more than 50 pairs of type and day),
 * OBJECT_FENCED (kept, and charged later).
 */
export async function recordUsage(scope: TenantScope, inputs: readonly UsageInput[]): Promise<Result<Recorded>> {
  const wrong = (text: string): Result<never> => err({ code: 'VALIDATION_ERROR', errors: { events: [text] } });
  if (inputs.length === 0 || inputs.length > MAX_USAGE_EVENTS) return wrong(`1 to ${MAX_USAGE_EVENTS}`);
  const events = inputs.map((input) => rawOf(input, scope.now));
  const { result } = await scope.ledger.terms();
  if (!result.ok) return result;
  const zone = result.value.terms.timeZone;
  if (placesOf(events, zone).size > MAX_FOLDERS) return wrong(`of at most ${MAX_FOLDERS} pairs of type and day`);
  const batch = newBatch(scope.now);
  await (await scope.usageFiles()).receive(batch, events);
  return chargeAndFile(scope, batch, events, zone);
}

/** Goes on with a batch that waits, wherever it was left: the same key has the same outcome, the same files are written again. */
export async function finishUsage(scope: TenantScope, batch: string): Promise<Result<Recorded | null>> {
  const files = await scope.usageFiles();
  const events = await files.received(batch);
  if (events === null) return ok(null);
  const { result } = await scope.ledger.terms();
  if (!result.ok) {
    if (isUnbilled(result.error)) await files.forget(batch);
    return result;
  }
  return chargeAndFile(scope, batch, events, result.value.terms.timeZone);
}

const placeOf = ({ event_type, occurred_at }: RawUsage, zone: string): string =>
  folderOf(event_type, dateOf(Date.parse(occurred_at), zone));

/** Events by the folder they are filed in. */
function placesOf(events: readonly RawUsage[], zone: string): Map<string, RawUsage[]> {
  const places = new Map<string, RawUsage[]>();
  for (const event of events) {
    const folder = placeOf(event, zone);
    const there = places.get(folder);
    if (there) there.push(event);
    else places.set(folder, [event]);
  }
  return places;
}

async function chargeAndFile(
  scope: TenantScope,
  batch: string,
  events: readonly RawUsage[],
  zone: string,
): Promise<Result<Recorded>> {
  const files = await scope.usageFiles();
  const { result, head } = await scope.ledger.chargeUsageBatch({
    key: `usage:${batch}`,
    batch,
    folders: [...placesOf(events, zone).keys()],
    events: events.map(chargedOf),
    // Judged as of when it came, however late it is finished.
    now: instantOf(batch),
    causer: causerOf(scope.actor),
  });
  if (!result.ok) {
    if (isUnbilled(result.error)) await files.forget(batch);
    return result;
  }
  const { results } = result.value;
  assert(results.length === events.length, 'a result for each event');
  const accepted = events.filter((_, n) => results[n]?.status === 'accepted');
  await Promise.all([...placesOf(accepted, zone)].map(([folder, filed]) => files.file(folder, batch, filed)));
  await files.forget(batch);
  return ok({ results, head });
}
