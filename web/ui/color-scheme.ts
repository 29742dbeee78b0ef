/**
 * Light or dark before the first paint: sets Mantine's attribute (which our own CSS reads as well) from the stored choice or the
 * system. Imported first by both entries, because an inline script would break the CSP.
 */
import { SCHEME_COOKIE } from '../../shared/page-data.ts';
import type { Theme } from '../../shared/themes.ts';
import { keepPreference } from './keep-preference.ts';
import { keepForPages } from './keep-for-pages.ts';

export type ColorScheme = Theme;
/** The key Mantine's own local-storage manager uses, so that both agree. */
const STORAGE_KEY = 'mantine-color-scheme-value';

/** The stored choice, `auto` when there is none. */
export function storedColorScheme(): ColorScheme {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    return stored === 'light' || stored === 'dark' ? stored : 'auto';
  } catch {
    return 'auto';
  }
}

/** Pages know the choice before their script runs. */
export const keepColorScheme = (scheme: ColorScheme): void => {
  keepForPages(SCHEME_COOKIE, scheme);
  keepPreference({ theme: scheme });
};

/** Applies a choice to the page; `store` keeps it on this device. */
export function applyColorScheme(scheme: ColorScheme, store = false): void {
  const dark = scheme === 'dark' || (scheme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
  if (!store) return;
  keepColorScheme(scheme);
  try {
    localStorage.setItem(STORAGE_KEY, scheme);
  } catch {
    // Storage can be switched off; the choice then lasts for this page only.
  }
}

applyColorScheme(storedColorScheme());
