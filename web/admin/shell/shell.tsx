/** The frame around every signed-in page of the panel: navigation, live light, user menu; a drawer navigation on phones. */
import { AppShell, Avatar, Burger, Group, NavLink, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useContext, useEffect, useMemo } from 'react';
import { Link, useLocation } from 'react-router';
import { useConnection } from '../../ui/connection.ts';
import { translateIfKnown } from '../../ui/i18n.ts';
import { Icon } from '../../ui/icon.tsx';
import { initialsOf } from '../../ui/initials.ts';
import { liveWords } from '../../ui/live-words.ts';
import { ContractBar } from '../legal/contract-bar.tsx';
import { AccountBar } from '../../ui/account-bar.tsx';
import { FactorBar } from '../../ui/factor-bar.tsx';
import { FactorResetBar } from '../../ui/factor-reset-bar.tsx';
import { OfflineBar } from '../../ui/offline-bar.tsx';
import { SupportBar } from '../../ui/support-bar.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { StreamContext, useAdmin, useWords } from '../admin-context.tsx';
import { MenuButton } from '../menu-button.tsx';
import { type NavigationEntry, navigationFor, START_PATH } from './navigation.ts';
import { KeyHelp } from './key-help-opener.tsx';
import { PaletteOpener } from './palette-opener.tsx';
import { useWaiting } from './use-waiting.ts';
import { useLanguageParts, useSchemeParts } from './preferences.ts';

export function Shell({ children, onSignOut }: { children: ReactNode; onSignOut: () => Promise<void> }) {
  const { t, language } = useWords();
  const { me, api } = useAdmin();
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
            <PaletteOpener onSignOut={onSignOut} />
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
          <SupportBar t={t} api={api} me={me} language={language} />
          <OfflineBar t={t} zone={me.tenant.time_zone} language={language} />
          <FactorResetBar t={t} api={api} me={me} language={language} />
          <FactorBar t={t} me={me} language={language} profile="/admin/profile" />
          <AccountBar
            t={t}
            tenant={me.tenant}
            payAt={me.permissions.includes('create_topups') ? '/portal/billing/topup' : null}
          />
          <ContractBar />
        </div>
        {children}
      </AppShell.Main>
      <KeyHelp />
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
  const groups = useMemo(() => navigationFor(me), [me]);
  const waiting = useWaiting(groups);
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
        <Entry key={entry.to} entry={entry} waits={entry.waits && waiting[entry.waits]} />
      ))}
    </div>
  ));
}

function Entry({ entry, waits = 0 }: { entry: NavigationEntry; waits?: number | undefined }) {
  const { t } = useWords();
  const { pathname } = useLocation();
  const isActive = isAt(entry.to, pathname);
  const shared = {
    label: t(entry.label),
    title: waits > 0 ? `${t(entry.label)} · ${t('waiting.count', { count: waits })}` : t(entry.label),
    rightSection: waits > 0 && <Waits count={waits} />,
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

/** A page that lies below another entry's is that one's own. */
const isAt = (to: string, pathname: string): boolean =>
  pathname === to ||
  (pathname.startsWith(`${to}/`) &&
    !(to === '/admin/appointments' && pathname.startsWith('/admin/appointments/calendar')));

/** More than that is many. */
const MANY = 99;

function Waits({ count }: { count: number }) {
  const { t } = useWords();
  return (
    <span className="nav-waits figures">
      <span aria-hidden="true">{count > MANY ? `${MANY}+` : count}</span>
      <span className="sr-only">{t('waiting.count', { count })}</span>
    </span>
  );
}

function UserMenu({ onSignOut }: { onSignOut: () => Promise<void> }) {
  const { t, catalogue } = useWords();
  const { me } = useAdmin();
  const languages = useLanguageParts();
  const schemes = useSchemeParts();
  const who = (
    <>
      <Text fw={600} c="var(--mantine-color-text)">
        {me.user.name}
      </Text>
      <Text size="sm" truncate>
        {me.user.email}
      </Text>
      <Text size="sm">{me.role_name ?? translateIfKnown(catalogue, `role.${me.role}`) ?? me.role}</Text>
    </>
  );
  return (
    <MenuButton
      width={260}
      parts={() => [
        { heading: who },
        { label: t('nav.profile'), icon: 'user', to: '/admin/profile' },
        'line',
        { heading: t('language.label') },
        ...languages,
        'line',
        { heading: t('scheme.label') },
        ...schemes,
        'line',
        { label: t('sign_out'), icon: 'sign-out', onPick: () => void onSignOut() },
      ]}
    >
      <UnstyledButton className="user-button">
        <span className="sr-only">
          {t('user_menu')}: {me.user.name}
        </span>
        <Avatar size={34} radius="xl" color="accent" aria-hidden="true">
          {initialsOf(me.user.name)}
        </Avatar>
      </UnstyledButton>
    </MenuButton>
  );
}
