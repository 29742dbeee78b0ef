/** What holds for the whole instance, as its declaration reads the rows. Called by instance/, tenants, payments and sign-up. */
import { isObject } from '../../shared/is-object.ts';
import { type SettingKey, SETTING_KEYS, SYSTEM_SETTINGS, type SystemSettings } from '../../shared/contract/settings.ts';
import type { Platform } from '../env.ts';
import { log } from '../log.ts';
import { recentSettings } from '../storage/queries/system-settings.ts';

/** One setting: members that an older version of the product did not know have their default. */
function readSetting(key: SettingKey, stored: unknown): unknown {
  const { shape, initial } = SYSTEM_SETTINGS[key];
  if (stored === undefined) return initial;
  const read = shape.safeParse(isObject(initial) && isObject(stored) ? { ...initial, ...stored } : stored);
  if (read.success) return read.data;
  log('error', 'setting_unreadable', { key, fault: read.error });
  return initial;
}

/** The stored rows as settings; what is missing or can't be read any more has its default. */
export const settingsOf = (values: Readonly<Record<string, unknown>>): SystemSettings =>
  Object.fromEntries(SETTING_KEYS.map((key) => [key, readSetting(key, values[key])])) as SystemSettings;

/** All settings, ten seconds old at most. */
export const systemSettings = async (platform: Platform): Promise<SystemSettings> =>
  settingsOf((await recentSettings(platform)).values);
