/** Language and colour scheme as the reader wants them, drawn without Mantine. Called by the portal's menu and the sign-in. */
import { useState } from 'react';
import { LANGUAGES, type Language } from '../../shared/i18n/language.ts';
import { applyColorScheme, type ColorScheme, storedColorScheme } from './color-scheme.ts';
import { Icon, type IconName } from './icon.tsx';

/** The words both catalogues share. */
export interface PreferenceWords {
  language: Language;
  setLanguage: (language: Language) => void;
  t: (key: 'language.label' | 'scheme.label' | `language.${Language}` | `scheme.${ColorScheme}`) => string;
}

const NEXT_SCHEME: Readonly<Record<ColorScheme, ColorScheme>> = { auto: 'light', light: 'dark', dark: 'auto' };
const SCHEME_ICON: Readonly<Record<ColorScheme, IconName>> = { auto: 'contrast', light: 'sun', dark: 'moon' };

/** @param showsLabel the state stands beside the icon, as in a menu */
export function SchemeButton({ words: { t }, showsLabel = false }: { words: PreferenceWords; showsLabel?: boolean }) {
  const [scheme, setScheme] = useState<ColorScheme>(storedColorScheme);
  const label = `${t('scheme.label')}: ${t(`scheme.${scheme}`)}`;
  const change = (): void => {
    const next = NEXT_SCHEME[scheme];
    applyColorScheme(next, true);
    setScheme(next);
  };
  return (
    <button
      type="button"
      className={showsLabel ? 'menu-item' : 'icon-button'}
      {...(!showsLabel && { 'aria-label': label, title: label })}
      onClick={change}
    >
      <Icon name={SCHEME_ICON[scheme]} />
      {showsLabel && <span>{label}</span>}
    </button>
  );
}

export function LanguageSelect({ words: { t, language, setLanguage } }: { words: PreferenceWords }) {
  return (
    <label className="language">
      <span className="sr-only">{t('language.label')}</span>
      <Icon name="language" />
      <select value={language} onChange={(event) => setLanguage(event.currentTarget.value as Language)}>
        {LANGUAGES.map((code) => (
          <option key={code} value={code} lang={code}>
            {t(`language.${code}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
