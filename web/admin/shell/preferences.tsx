/** Language and colour scheme, as entries of the user menu. */
import { Menu, useMantineColorScheme } from '@mantine/core';
import { LANGUAGES } from '../../../shared/i18n/language.ts';
import { type ColorScheme, keepColorScheme } from '../../ui/color-scheme.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { useWords } from '../admin-context.tsx';

const SCHEMES: readonly ColorScheme[] = ['auto', 'light', 'dark'];
const SCHEME_ICON: Readonly<Record<ColorScheme, IconName>> = { auto: 'contrast', light: 'sun', dark: 'moon' };

export function LanguageItems() {
  const { t, language, setLanguage } = useWords();
  return LANGUAGES.map((code) => (
    <Menu.Item
      key={code}
      lang={code}
      aria-current={code === language}
      leftSection={<Icon name={code === language ? 'check' : 'language'} size={16} />}
      onClick={() => setLanguage(code)}
    >
      {t(`language.${code}`)}
    </Menu.Item>
  ));
}

export function SchemeItems() {
  const { t } = useWords();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return SCHEMES.map((scheme) => (
    <Menu.Item
      key={scheme}
      aria-current={scheme === colorScheme}
      leftSection={<Icon name={scheme === colorScheme ? 'check' : SCHEME_ICON[scheme]} size={16} />}
      onClick={() => {
        setColorScheme(scheme);
        keepColorScheme(scheme);
      }}
    >
      {t(`scheme.${scheme}`)}
    </Menu.Item>
  ));
}
