/** Language and colour scheme, as entries of the user menu. */
import { useMantineColorScheme } from '@mantine/core';
import { LANGUAGES } from '../../../shared/i18n/language.ts';
import { type ColorScheme, keepColorScheme } from '../../ui/color-scheme.ts';
import type { IconName } from '../../ui/icon.tsx';
import { useWords } from '../admin-context.tsx';
import type { MenuPart } from '../menu-parts.ts';

const SCHEMES: readonly ColorScheme[] = ['auto', 'light', 'dark'];
const SCHEME_ICON: Readonly<Record<ColorScheme, IconName>> = { auto: 'contrast', light: 'sun', dark: 'moon' };

/** The languages, the present one marked. */
export function useLanguageParts(): MenuPart[] {
  const { t, language, setLanguage } = useWords();
  return LANGUAGES.map((code) => ({
    label: t(`language.${code}`),
    lang: code,
    isCurrent: code === language,
    icon: code === language ? 'check' : 'language',
    onPick: () => setLanguage(code),
  }));
}

/** The colour schemes, the present one marked. */
export function useSchemeParts(): MenuPart[] {
  const { t } = useWords();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return SCHEMES.map((scheme) => ({
    label: t(`scheme.${scheme}`),
    isCurrent: scheme === colorScheme,
    icon: scheme === colorScheme ? 'check' : SCHEME_ICON[scheme],
    onPick: () => {
      setColorScheme(scheme);
      keepColorScheme(scheme);
    },
  }));
}
