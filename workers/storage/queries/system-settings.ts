/** Rows of the instance's settings, on the control plane. Called by instance/. */
import { inArray, sql } from 'drizzle-orm';
import { SETTING_KEYS } from '../../../shared/contract/settings.ts';
import type { Platform } from '../../env.ts';
import { changedOr, drizzleOn, platformD1 } from '../d1.ts';
import { Remembered } from '../remembered.ts';
import { systemSettings } from '../tables/instance.ts';
import { TenantDb, type Write } from '../tenant-db.ts';

/** Stored values by key, and the version of all of them together. */
export interface StoredSettings {
  values: Readonly<Record<string, unknown>>;
  /** sum of the rows' versions: goes up with each change of any of them */
  version: number;
}

const ALL = 'all';
const remembered = new Remembered<StoredSettings>();

/** As they are now. */
export async function readSettings(platform: Platform): Promise<StoredSettings> {
  // By their keys: a row that no declaration knows any more is not read.
  const rows = await drizzleOn(platformD1(platform))
    .select()
    .from(systemSettings)
    .where(inArray(systemSettings.key, SETTING_KEYS));
  return {
    values: Object.fromEntries(rows.map(({ key, value }) => [key, value])),
    version: rows.reduce((sum, row) => sum + row.version, 0),
  };
}

/** Ten seconds old at most. */
export const recentSettings = async (platform: Platform): Promise<StoredSettings> =>
  (await remembered.get(ALL, () => readSettings(platform))) ?? { values: {}, version: 0 };

/** The row of a setting, for a batch. @param there what becomes of one that is there */
export const settingPut = (
  platform: Platform,
  row: { key: string; value: unknown; updatedAt: number; updatedBy: string },
  there: 'replace' | 'keep' = 'replace',
): Write => {
  const { key, ...set } = row;
  const insert = drizzleOn(platformD1(platform))
    .insert(systemSettings)
    .values({ key, ...set });
  return there === 'keep'
    ? insert.onConflictDoNothing()
    : insert.onConflictDoUpdate({
        target: systemSettings.key,
        set: { ...set, version: sql`${systemSettings.version} + 1` },
      });
};

/**
 * Writes settings as long as nobody has changed any since `version`; false, and nothing is written, when somebody has.
 * @param along what belongs to the change: its audit rows, of the operator's shard, which is the control plane's
 */
export async function putSettings(
  db: TenantDb,
  version: number,
  rows: readonly { key: string; value: unknown; updatedAt: number; updatedBy: string }[],
  along: readonly Write[],
): Promise<boolean> {
  const platform = TenantDb.platformOf(db);
  const control = drizzleOn(platformD1(platform));
  const [first, ...others] = rows;
  if (first === undefined) return true;
  // The first row is written only onto the version that was seen; `changedOr` ends the batch where it was not.
  const seen = sql`(SELECT coalesce(sum(version), 0) FROM system_settings WHERE key IN (SELECT value FROM json_each(${JSON.stringify(SETTING_KEYS)}))) = ${version}`;
  const change = control
    .insert(systemSettings)
    .select(
      sql`SELECT ${first.key}, ${JSON.stringify(first.value)}, 1, ${first.updatedAt}, ${first.updatedBy} WHERE ${seen}`,
    )
    .onConflictDoUpdate({
      target: systemSettings.key,
      set: {
        value: sql`excluded.value`,
        updatedAt: sql`excluded.updated_at`,
        updatedBy: sql`excluded.updated_by`,
        version: sql`${systemSettings.version} + 1`,
      },
    })
    .returning({ key: systemSettings.key });
  try {
    return (await changedOr(control, change, [...others.map((row) => settingPut(platform, row)), ...along])) !== null;
  } finally {
    // Also when it failed: what became of a change that D1 did not answer is not known.
    remembered.forget(() => true);
  }
}

/** Somebody wrote settings by other means (the instance's beginning). */
export const forgetSettings = (): void => remembered.forget(() => true);
