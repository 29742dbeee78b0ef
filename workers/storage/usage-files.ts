/**
 * Raw usage events of one tenant in R2: batches that came in, and what of them was charged by type and day. Called by metering/ and, in a
 * restore, by the ledger object. A line a batch's event; a file is written whole or not at all.
 */
import type { Instant } from '../../shared/clock.ts';
import { asInstant } from '../../shared/clock.ts';
import type { TenantId } from '../../shared/ids.ts';
import { fromIso } from '../../shared/time.ts';
import { type EventType, RELEASE, scaledQuantity, type UsageMetadata } from '../../shared/usage-events.ts';
import { bindingsOf, type Platform } from '../env.ts';
import { canonicalJson, sha256Hex } from '../object-runtime/hash.ts';

/** An event as its file holds it. */
export interface RawUsage {
  /** idempotency key */
  key: string;
  event_type: EventType;
  quantity: number;
  /** ISO */
  occurred_at: string;
  company_id?: string;
  metadata?: UsageMetadata;
  /** of what was said, 8 bytes in hex: without the instant where that was not said */
  hash: string;
}

/** The same as the ledger charges it. */
interface Charged {
  key: string;
  body: string;
  eventType: EventType;
  quantityScaled: number;
  occurredAt: Instant;
  released?: boolean;
}

/** First bytes of the hash of an idempotency key, in hex: how the ledger knows it. */
const keyHash = (key: string): string => sha256Hex(key).slice(0, 32);
/** The same of what an event says. */
export const contentHash = (said: unknown): string => sha256Hex(canonicalJson(said)).slice(0, 16);

/** What the ledger needs of an event; what is no number or instant stays one that it refuses. */
export const chargedOf = (raw: RawUsage): Charged => ({
  key: keyHash(raw.key),
  body: raw.hash,
  eventType: raw.event_type,
  quantityScaled: scaledQuantity(raw.quantity) ?? -1,
  occurredAt: fromIso(raw.occurred_at) ?? asInstant(Number.NaN),
  ...(raw.event_type === 'storage_mb' && raw.metadata?.operation === RELEASE ? { released: true } : {}),
});

export const linesOf = (events: readonly RawUsage[]): string =>
  events.map((event) => `${JSON.stringify(event)}\n`).join('');
export const eventsOf = (text: string): RawUsage[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RawUsage);

const INBOX = 'usage-inbox/';
const FILES = 'usage/';
/** Objects that R2 lists and removes in one call. */
const KEYS_A_CALL = 1_000;

/** Where a batch's events of a type and day lie: `{event type}/{day}`. */
export const folderOf = (eventType: EventType, day: string): string => `${eventType}/${day}`;

export class UsageFiles {
  readonly #archive: R2Bucket;
  readonly #tenantId: TenantId;

  constructor(platform: Platform, tenantId: TenantId) {
    this.#archive = bindingsOf(platform).ARCHIVE;
    this.#tenantId = tenantId;
  }

  #inbox(batch: string): string {
    return `${INBOX}${this.#tenantId}/${batch}`;
  }
  #folder(folder: string): string {
    return `${FILES}${this.#tenantId}/${folder}/`;
  }
  async #read(key: string): Promise<RawUsage[] | null> {
    const object = await this.#archive.get(key);
    return object === null ? null : eventsOf(await object.text());
  }

  /** Keeps a batch until it is charged and filed. */
  async receive(batch: string, events: readonly RawUsage[]): Promise<void> {
    await this.#archive.put(this.#inbox(batch), linesOf(events));
  }
  /** A batch that waits; null: it is filed. */
  received(batch: string): Promise<RawUsage[] | null> {
    return this.#read(this.#inbox(batch));
  }
  async forget(batch: string): Promise<void> {
    await this.#archive.delete(this.#inbox(batch));
  }

  /** Writes what of a batch was charged of one type and day; the same again is the same file. */
  async file(folder: string, batch: string, events: readonly RawUsage[]): Promise<void> {
    await this.#archive.put(`${this.#folder(folder)}${batch}.ndjson`, linesOf(events));
  }
  /** Names of files of a type and day in the order in which they came, after one. @param limit at most 1,000 */
  async names(folder: string, after: string | null, limit: number): Promise<{ names: string[]; more: boolean }> {
    const prefix = this.#folder(folder);
    const { objects, truncated } = await this.#archive.list({
      prefix,
      limit: Math.min(limit, KEYS_A_CALL),
      ...(after === null ? {} : { startAfter: `${prefix}${after}` }),
    });
    return { names: objects.map(({ key }) => key.slice(prefix.length)), more: truncated };
  }
  /** Events of one file; none when it is gone. */
  async filed(folder: string, name: string): Promise<RawUsage[]> {
    return (await this.#read(`${this.#folder(folder)}${name}`)) ?? [];
  }

  /** All events of a batch, wherever it has come to: what a restore charges again. */
  async batch(batch: string, folders: readonly string[]): Promise<Charged[]> {
    const waiting = await this.received(batch);
    if (waiting !== null) return waiting.map(chargedOf);
    const parts = await Promise.all(folders.map((folder) => this.filed(folder, `${batch}.ndjson`)));
    return parts.flat().map(chargedOf);
  }

  /** Days of a type that lie here, ascending. */
  async days(eventType: EventType): Promise<string[]> {
    const prefix = this.#folder(eventType);
    const days: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await this.#archive.list({ prefix, delimiter: '/', ...(cursor === undefined ? {} : { cursor }) });
      days.push(...page.delimitedPrefixes.map((path) => path.slice(prefix.length, -1)));
      if (!page.truncated) return days.sort();
      cursor = page.cursor;
    }
  }
  /** Removes the files of a type and day; answers how many. What is gone already is no fault. */
  async removeDay(folder: string): Promise<number> {
    let removed = 0;
    for (;;) {
      const { objects, truncated } = await this.#archive.list({ prefix: this.#folder(folder), limit: KEYS_A_CALL });
      if (objects.length > 0) await this.#archive.delete(objects.map(({ key }) => key));
      removed += objects.length;
      if (!truncated) return removed;
    }
  }
}

/** Batches of all tenants that wait longer than somebody could still be at work on them, oldest names of a tenant first. */
export async function waitingBatches(
  platform: Platform,
  before: Instant,
  limit: number,
): Promise<{ tenantId: string; batch: string }[]> {
  const { objects } = await bindingsOf(platform).ARCHIVE.list({ prefix: INBOX, limit: KEYS_A_CALL });
  return objects
    .filter(({ uploaded }) => uploaded.getTime() <= before)
    .slice(0, limit)
    .map(({ key }) => {
      const [, tenantId = '', batch = ''] = key.split('/');
      return { tenantId, batch };
    });
}
