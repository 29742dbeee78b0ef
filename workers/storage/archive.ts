/** Large texts and audio of one tenant in R2, under a prefix of its own: no key leads to another tenant's. Made by tenancy/scope.ts only. */
import { processNow } from '../../shared/clock.ts';
import type { TenantId } from '../../shared/ids.ts';
import { type Metered, megabytesOf, type RELEASE } from '../../shared/usage-events.ts';
import { bindingsOf, type Platform } from '../env.ts';
import { meter } from './usage-queue.ts';
import { assert } from '../../shared/result.ts';
import type { Forgets } from './retention.ts';

/** What a tenant keeps in R2, each kind under a folder of its own. */
type Folder = 'transcripts' | 'recordings' | 'imports';

export class TenantArchive {
  readonly #platform: Platform;
  readonly #tenantId: TenantId;

  constructor(platform: Platform, tenantId: TenantId) {
    this.#platform = platform;
    this.#tenantId = tenantId;
  }

  /** Writes a text; answers the key to read it by. The same name is overwritten. */
  async put(folder: Folder, name: string, text: string): Promise<string> {
    const key = `${this.#prefix(folder)}${name}`;
    await bindingsOf(this.#platform).ARCHIVE.put(key, text);
    return key;
  }

  /** The text, or null when nothing lies there. A key of another tenant is a defect. */
  async get(folder: Folder, key: string): Promise<string | null> {
    assert(key.startsWith(this.#prefix(folder)), 'an archive key of another tenant');
    const object = await bindingsOf(this.#platform).ARCHIVE.get(key);
    return object ? object.text() : null;
  }

  /** Where the audio of a call lies, or would. */
  audioKey(callId: string): string {
    return `${this.#prefix('recordings')}${callId}`;
  }

  /** Writes audio of a known length; the same call's is overwritten. Throws when more or fewer bytes come. */
  async putAudio(key: string, body: ReadableStream<Uint8Array>, bytes: number, contentType: string): Promise<void> {
    assert(key.startsWith(this.#prefix('recordings')), 'an archive key of another tenant');
    const whole = new FixedLengthStream(bytes);
    await this.#replace(key, async (archive) => {
      const [stored] = await Promise.all([
        archive.put(key, whole.readable, { httpMetadata: { contentType } }),
        body.pipeTo(whole.writable),
      ]);
      return stored;
    });
  }

  /** Audio, or a part of it; null when nothing lies there. */
  async audio(key: string, range?: { offset: number; length: number }): Promise<ReadableStream | null> {
    assert(key.startsWith(this.#prefix('recordings')), 'an archive key of another tenant');
    const object = await bindingsOf(this.#platform).ARCHIVE.get(key, range === undefined ? {} : { range });
    return object === null ? null : object.body;
  }

  /** One that is gone already is no fault. */
  async removeAudio(key: string): Promise<void> {
    assert(key.startsWith(this.#prefix('recordings')), 'an archive key of another tenant');
    await forgetArchived(this.#platform).keys([key]);
  }

  /** The folder of an import. */
  importKey(importId: string): string {
    return `${this.#prefix('imports')}${importId}/`;
  }

  /** Writes a file of an import as it came. */
  async putImport(key: string, name: string, bytes: Uint8Array): Promise<void> {
    assert(key.startsWith(this.#prefix('imports')), 'an archive key of another tenant');
    await this.#replace(`${key}${name}`, (archive) => archive.put(`${key}${name}`, bytes));
  }

  /** A file of an import; null when it is gone. */
  async importBytes(key: string, name: string): Promise<Uint8Array | null> {
    assert(key.startsWith(this.#prefix('imports')), 'an archive key of another tenant');
    const object = await bindingsOf(this.#platform).ARCHIVE.get(`${key}${name}`);
    return object === null ? null : new Uint8Array(await object.arrayBuffer());
  }

  /** All files of an import; what is gone already is no fault. */
  async removeImport(key: string): Promise<void> {
    assert(key.startsWith(this.#prefix('imports')), 'an archive key of another tenant');
    await forgetArchived(this.#platform).below(key);
  }

  /** Writes a file whose storage is metered: what it takes the place of is released. */
  async #replace(key: string, put: (archive: R2Bucket) => Promise<R2Object | null>): Promise<void> {
    const archive = bindingsOf(this.#platform).ARCHIVE;
    const before = await archive.head(key);
    const stored = await put(archive);
    await meter(this.#platform, this.#tenantId, [
      ...(before === null ? [] : storedUse(before, 'release')),
      ...(stored === null ? [] : storedUse(stored, 'store')),
    ]);
  }

  #prefix(folder: Folder): string {
    return `${folder}/${this.#tenantId}/`;
  }
}

/** Folders whose files are storage that a tenant pays for, and what they hold. */
const METERED = { recordings: 'recording', imports: 'import' } as const satisfies Partial<Record<Folder, string>>;
const isMetered = (key: string): boolean => (key.split('/')[0] ?? '') in METERED;
/** Looked at side by side before they go. */
const HEADS_AT_ONCE = 20;

/** A file as it is metered: its version names it, so that the same one is stored and released once. */
const storedUse = ({ key, size, version }: R2Object, operation: 'store' | typeof RELEASE): Metered[] => [
  {
    key: `${operation}:${version}`,
    eventType: 'storage_mb',
    quantity: megabytesOf(size),
    occurredAt: processNow(),
    metadata: { file_type: METERED[key.split('/')[0] as keyof typeof METERED], size, operation },
  },
];

/** Objects that R2 removes in one call, and lists in one. */
const KEYS_A_CALL = 1_000;

/** Removes what retention and erasure name by key or folder; what is gone already is no fault. Called by operations/ and crm/. */
export const forgetArchived = (platform: Platform): Forgets => {
  const archive = bindingsOf(platform).ARCHIVE;
  const released = async (objects: readonly R2Object[]): Promise<void> => {
    const byTenant = Map.groupBy(
      objects.filter(({ key }) => isMetered(key)),
      ({ key }) => key.split('/')[1] ?? '',
    );
    for (const [tenantId, own] of byTenant)
      await meter(
        platform,
        tenantId as TenantId,
        own.flatMap((one) => storedUse(one, 'release')),
      );
  };
  return {
    async keys(keys) {
      const metered = keys.filter(isMetered);
      for (let i = 0; i < metered.length; i += HEADS_AT_ONCE) {
        const found = await Promise.all(metered.slice(i, i + HEADS_AT_ONCE).map((key) => archive.head(key)));
        await released(found.filter((one) => one !== null));
      }
      for (let i = 0; i < keys.length; i += KEYS_A_CALL) await archive.delete(keys.slice(i, i + KEYS_A_CALL));
    },
    async below(folder) {
      for (;;) {
        const { objects, truncated } = await archive.list({ prefix: folder, limit: KEYS_A_CALL });
        await released(objects);
        if (objects.length > 0) await archive.delete(objects.map(({ key }) => key));
        if (!truncated) return;
      }
    },
  };
};

/** Whether an object holds one of these texts; false when it is gone. */
export async function archiveHolds(platform: Platform, key: string, texts: readonly string[]): Promise<boolean> {
  const body = (await (await bindingsOf(platform).ARCHIVE.get(key))?.text()) ?? '';
  return texts.some((text) => body.includes(text));
}
/** Keys of webhooks of a tenant that wait in R2 for the database (operations/webhook-aside.ts). */
export const waitingInArchive = async (platform: Platform, tenantId: TenantId): Promise<string[]> =>
  (await bindingsOf(platform).ARCHIVE.list({ prefix: `retell-inbox/${tenantId}/` })).objects.map(({ key }) => key);
