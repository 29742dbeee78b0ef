/** Large texts of one tenant in R2, under a prefix of its own: no key leads to another tenant's. Made by tenancy/scope.ts only. */
import type { TenantId } from '../../shared/ids.ts';
import { bindingsOf, type Platform } from '../env.ts';
import { assert } from '../../shared/result.ts';
import type { Forgets } from './retention.ts';

/** What a tenant keeps in R2, each kind under a folder of its own. */
type Folder = 'transcripts';

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

  #prefix(folder: Folder): string {
    return `${folder}/${this.#tenantId}/`;
  }
}

/** Objects that R2 removes in one call, and lists in one. */
const KEYS_A_CALL = 1_000;

/** Removes what retention and erasure name by key or folder; what is gone already is no fault. Called by operations/ and crm/. */
export const forgetArchived = (platform: Platform): Forgets => {
  const archive = bindingsOf(platform).ARCHIVE;
  return {
    async keys(keys) {
      for (let i = 0; i < keys.length; i += KEYS_A_CALL) await archive.delete(keys.slice(i, i + KEYS_A_CALL));
    },
    async below(folder) {
      for (;;) {
        const { objects, truncated } = await archive.list({ prefix: folder, limit: KEYS_A_CALL });
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
