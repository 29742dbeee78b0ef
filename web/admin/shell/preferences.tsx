/** Language and colour scheme, as buttons for the sign-in page and as entries of the user menu. */
import { ActionIcon, Button, Menu, Tooltip, useMantineColorScheme } from '@mantine/core';
import { LANGUAGES } from '../../../shared/i18n/language.ts';
import type { ColorScheme } from '../../ui/color-scheme.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { useWords } from '../admin-context.tsx';

const SCHEMES: readonly ColorScheme[] = ['auto', 'light', 'dark'];
const SCHEME_ICON: Readonly<Record<ColorScheme, IconName>> = { auto: 'contrast', light: 'sun', dark: 'moon' };

export function LanguageMenu() {
  const { t, language } = useWords();
  return (
    <Menu>
      <Menu.Target>
        <Button variant="subtle" color="gray" size="xs" leftSection={<Icon name="language" size={16} />}>
          <span className="sr-only">{t('language.label')}: </span>
          {t(`language.${language}`)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <LanguageItems />
      </Menu.Dropdown>
    </Menu>
  );
}

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
      onClick={() => setColorScheme(scheme)}
    >
      {t(`scheme.${scheme}`)}
    </Menu.Item>
  ));
}

export function SchemeButton() {
  const { t } = useWords();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const next = SCHEMES[(SCHEMES.indexOf(colorScheme) + 1) % SCHEMES.length] ?? 'auto';
  const label = `${t('scheme.label')}: ${t(`scheme.${colorScheme}`)}`;
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size="md" aria-label={label} onClick={() => setColorScheme(next)}>
        <Icon name={SCHEME_ICON[colorScheme]} />
      </ActionIcon>
    </Tooltip>
  );
}
