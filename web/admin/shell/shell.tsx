/** The frame around every signed-in page of the panel: navigation, live light, user menu; a drawer navigation on phones. */
import { AppShell, Avatar, Burger, Group, Menu, NavLink, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useContext, useEffect } from 'react';
import { Link, useLocation } from 'react-router';
import { useConnection } from '../../ui/connection.ts';
import { translateIfKnown } from '../../ui/i18n.ts';
import { Icon } from '../../ui/icon.tsx';
import { initialsOf } from '../../ui/initials.ts';
import { liveWords } from '../../ui/live-words.ts';
import { AccountBar } from '../../ui/account-bar.tsx';
import { OfflineBar } from '../../ui/offline-bar.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { StreamContext, useAdmin, useWords } from '../admin-context.tsx';
import { type NavigationEntry, navigationFor, START_PATH } from './navigation.ts';
import { LanguageItems, SchemeItems } from './preferences.tsx';

export function Shell({ children, onSignOut }: { children: ReactNode; onSignOut: () => Promise<void> }) {
  const { t, language } = useWords();
  const { me } = useAdmin();
  const [isOpen, navigation] = useDisclosure(false);
  const { pathname } = useLocation();
  const { close } = navigation;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new address closes the phone's navigation
  useEffect(close, [pathname]);
  return (
    <AppShell
      header={{ height: 48 }}
      navbar={{ width: { base: 232, sm: 56, lg: 232 }, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding={{ base: 'sm', sm: 'lg' }}
    >
      <AppShell.Header>
        <a className="skip" href="#content">
          {t('skip_to_content')}
        </a>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="xs">
          <Group gap="sm" wrap="nowrap" miw={0}>
            <Burger
              opened={isOpen}
              onClick={navigation.toggle}
              hiddenFrom="sm"
              size="sm"
              className="burger"
              aria-label={isOpen ? t('nav.close') : t('nav.open')}
            />
            <span className="brand-mark" aria-hidden="true">
              <Icon name="phone" size={16} />
            </span>
            <div className="brand-words">
              <Text fw={600} truncate>
                {me.brand.product_name}
              </Text>
              <Text size="sm" c="dimmed" truncate>
                {me.tenant.name}
              </Text>
            </div>
          </Group>
          <Group gap="md" wrap="nowrap">
            <LiveLight />
            <UserMenu onSignOut={onSignOut} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label={t('nav.label')}>
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <div className="strip">
          <OfflineBar t={t} zone={me.tenant.time_zone} language={language} />
          <AccountBar
            t={t}
            tenant={me.tenant}
            payAt={me.permissions.includes('create_topups') ? '/portal/billing/topup' : null}
          />
        </div>
        {children}
      </AppShell.Main>
    </AppShell>
  );
}

function LiveLight() {
  const { t, language } = useWords();
  const { me } = useAdmin();
  const stream = useContext(StreamContext);
  const { isOffline } = useConnection();
  if (!stream) return null;
  const shown = isOffline ? { ...stream, state: 'disconnected' as const } : stream;
  return <StatusDot state={shown.state} {...liveWords(t, shown, me.tenant.time_zone, language)} />;
}

function Navigation() {
  const { t } = useWords();
  const { me } = useAdmin();
  const groups = navigationFor(me);
  // Whoever has no page of their own yet has a start: it says what there is for them.
  if (groups.length === 0) {
    return (
      <NavLink
        label={t('home.title')}
        leftSection={<Icon name="house" />}
        active
        component={Link}
        to={START_PATH}
        className="nav-entry"
      />
    );
  }
  return groups.map((group) => (
    <div key={group.label} className="nav-group">
      <Text size="sm" c="dimmed" fw={600} px="xs" mb={4} className="nav-title">
        {t(group.label)}
      </Text>
      {group.entries.map((entry) => (
        <Entry key={entry.to} entry={entry} />
      ))}
    </div>
  ));
}

function Entry({ entry }: { entry: NavigationEntry }) {
  const { t } = useWords();
  const { pathname } = useLocation();
  const isActive = pathname === entry.to || pathname.startsWith(`${entry.to}/`);
  const shared = {
    label: t(entry.label),
    title: t(entry.label),
    leftSection: <Icon name={entry.icon} />,
    active: isActive,
    className: 'nav-entry',
    'aria-current': isActive ? ('page' as const) : undefined,
  };
  return entry.isOutside ? (
    <NavLink {...shared} href={entry.to} />
  ) : (
    <NavLink {...shared} component={Link} to={entry.to} />
  );
}

function UserMenu({ onSignOut }: { onSignOut: () => Promise<void> }) {
  const { t, catalogue } = useWords();
  const { me } = useAdmin();
  return (
    <Menu width={260} position="bottom-end">
      <Menu.Target>
        <UnstyledButton className="user-button">
          <span className="sr-only">
            {t('user_menu')}: {me.user.name}
          </span>
          <Avatar size={34} radius="xl" color="accent" aria-hidden="true">
            {initialsOf(me.user.name)}
          </Avatar>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text fw={600} c="var(--mantine-color-text)">
            {me.user.name}
          </Text>
          <Text size="sm" truncate>
            {me.user.email}
          </Text>
          <Text size="sm">{translateIfKnown(catalogue, `role.${me.role}`) ?? me.role}</Text>
        </Menu.Label>
        <Menu.Item component={Link} to="/admin/profile" leftSection={<Icon name="user" size={16} />}>
          {t('nav.profile')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('language.label')}</Menu.Label>
        <LanguageItems />
        <Menu.Divider />
        <Menu.Label>{t('scheme.label')}</Menu.Label>
        <SchemeItems />
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="sign-out" size={16} />} onClick={() => void onSignOut()}>
          {t('sign_out')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
