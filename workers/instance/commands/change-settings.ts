/** Settings of the instance, read and changed by the operator. Called by routes.ts. */
import { causerOf } from '../../../shared/actor.ts';
import { processNow } from '../../../shared/clock.ts';
import {
  type SettingKey,
  SYSTEM_SETTINGS,
  type SystemSettingsChange,
  type SystemSettingsView,
} from '../../../shared/contract/settings.ts';
import { versionConflict } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { auditWrites } from '../../identity/audit.ts';
import { putSettings, readSettings, type StoredSettings } from '../../storage/queries/system-settings.ts';
import { refusalsSince } from '../../storage/queries/checks.ts';
import { operatorRefusal } from '../../tenancy/operator-refusal.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { issuerLacks } from '../issuer.ts';
import { settingsOf } from '../settings.ts';

/** Without a version of the client's, a change that somebody came before is made again on what they left. */
const MAX_ATTEMPTS = 3;

/** How far back refused requests are counted. */
const REFUSED_MS = 60 * 60_000;

async function viewOf(platform: Platform, { values, version }: StoredSettings): Promise<SystemSettingsView> {
  const settings = settingsOf(values);
  const { refused, address } = await refusalsSince(platform, processNow() - REFUSED_MS);
  return {
    ...settings,
    version,
    issuer_lacks: issuerLacks(settings.issuer),
    refused_sources: { count: refused, last_address: address },
  };
}

/** Refusals: PERMISSION_DENIED (`view_settings`, or not the operator). */
export async function showSettings(platform: Platform, scope: TenantScope): Promise<Result<SystemSettingsView>> {
  return (await operatorRefusal(scope, 'view_settings')) ?? ok(await viewOf(platform, await readSettings(platform)));
}

/**
 * What is left out stays, also inside the issuer and the limits; an empty change is neither a version nor an audit row.
 * Refusals: PERMISSION_DENIED (`edit_settings`, or not the operator), VERSION_CONFLICT.
 */
export async function changeSettings(
  platform: Platform,
  scope: TenantScope,
  { change, expectedVersion }: { change: SystemSettingsChange; expectedVersion: number | null },
): Promise<Result<SystemSettingsView>> {
  const refused = await operatorRefusal(scope, 'edit_settings');
  if (refused) return refused;
  let seen = 0;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const stored = await readSettings(platform);
    seen = stored.version;
    if (expectedVersion !== null && expectedVersion !== seen) return err(versionConflict(expectedVersion, seen));
    const before = settingsOf(stored.values);
    const changed = changedKeys(before, change);
    if (changed.length === 0) return ok(await viewOf(platform, stored));
    const rows = changed.map(({ key, value }) => ({
      key,
      value,
      updatedAt: scope.now,
      updatedBy: causerOf(scope.actor),
    }));
    const audit = auditWrites(scope, {
      log: 'money',
      description: 'system_settings.updated',
      subjectType: 'system_settings',
      subjectId: 'system_settings',
      before: Object.fromEntries(changed.map(({ key }) => [key, before[key]])),
      after: Object.fromEntries(changed.map(({ key, value }) => [key, value])),
    });
    if (await putSettings(scope.db, seen, rows, audit)) return ok(await viewOf(platform, await readSettings(platform)));
  }
  return err(versionConflict(expectedVersion ?? seen, seen + 1));
}

function changedKeys(
  before: ReturnType<typeof settingsOf>,
  change: SystemSettingsChange,
): { key: SettingKey; value: unknown }[] {
  const known = Object.keys(SYSTEM_SETTINGS) as SettingKey[];
  return known.flatMap((key) => {
    const asked = change[key];
    if (asked === undefined) return [];
    const held = before[key];
    const value = typeof held === 'object' && !Array.isArray(held) ? { ...held, ...(asked as object) } : asked;
    return JSON.stringify(value) === JSON.stringify(held) ? [] : [{ key, value }];
  });
}
