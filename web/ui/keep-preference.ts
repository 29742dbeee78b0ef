/** Where a choice of the reader goes besides this device: to the account, once somebody is signed in. Written by language and colour scheme, read by the session. */
import type { ChangePreferencesRequest } from '../../shared/contract/preferences.ts';

type Keep = (change: ChangePreferencesRequest) => void;
let keep: Keep | null = null;

/** From now on choices are kept with the account; null: on this device only. */
export const keepPreferencesWith = (how: Keep | null): void => {
  keep = how;
};

/** A choice was made here. */
export const keepPreference: Keep = (change) => keep?.(change);
