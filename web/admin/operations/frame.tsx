/** The frame around each of the operator's pages: who may see it, title, the other pages. */
import { Paper, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { Link, useLocation } from 'react-router';
import type { Permission } from '../../../shared/permissions.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import '../kit/kit.css';
import type { Key } from '../kit/view.ts';
import { Empty } from '../page-parts.tsx';
import './operations.css';

const PAGES: readonly { to: string; label: Key; permission: Permission }[] = [
  { to: '/admin/operations', label: 'op.nav.overview', permission: 'view_alarms' },
  { to: '/admin/operations/health', label: 'op.nav.health', permission: 'view_alarms' },
  { to: '/admin/operations/queues', label: 'op.nav.queues', permission: 'view_alarms' },
  { to: '/admin/operations/crons', label: 'op.nav.crons', permission: 'view_crons' },
  { to: '/admin/operations/jobs', label: 'op.nav.jobs', permission: 'manage_crons' },
  { to: '/admin/operations/webhooks', label: 'op.nav.webhooks', permission: 'view_inbound_events' },
  { to: '/admin/operations/objects', label: 'op.nav.objects', permission: 'view_objects' },
  { to: '/admin/operations/logs', label: 'op.nav.logs', permission: 'view_logs' },
  { to: '/admin/operations/defects', label: 'op.nav.defects', permission: 'view_defects' },
  { to: '/admin/operations/live', label: 'op.nav.live', permission: 'view_live_checks' },
];

/** On a phone the page's own link may lie outside of what is seen. */
const showLink = (link: HTMLAnchorElement | null): void => {
  const row = link?.parentElement;
  if (link && row) row.scrollLeft = link.offsetLeft - row.offsetLeft - (row.clientWidth - link.clientWidth) / 2;
};

/** The operator's pages beside each other. */
export function OperationsNav() {
  const { t } = useWords();
  const { me } = useAdmin();
  const { pathname } = useLocation();
  return (
    <nav className="operations-nav" aria-label={t('op.nav')}>
      {PAGES.filter(({ permission }) => me.permissions.includes(permission)).map(({ to, label }) => (
        <Link
          key={to}
          to={to}
          aria-current={pathname === to ? 'page' : undefined}
          ref={pathname === to ? showLink : undefined}
        >
          {t(label)}
        </Link>
      ))}
    </nav>
  );
}

interface FrameProps {
  title: Key;
  permission: Permission;
  children: ReactNode;
}

/** An operator's page: nothing for anybody else. */
export function OperationsFrame({ title, permission, children }: FrameProps) {
  const may = useMay(permission);
  const { me } = useAdmin();
  if (!may || me.tenant.type !== 'platform') return <Refused title={title} />;
  return <Frame title={title}>{children}</Frame>;
}

function Frame({ title, children }: { title: Key; children: ReactNode }) {
  const { t } = useWords();
  const { me } = useAdmin();
  useEffect(() => {
    document.title = `${t(title)} · ${me.brand.product_name}`;
  }, [t, me, title]);
  return (
    <div className="kit-page">
      <OperationsNav />
      <Title order={1}>{t(title)}</Title>
      {children}
    </div>
  );
}

function Refused({ title }: { title: Key }) {
  const { t } = useWords();
  return (
    <Paper withBorder>
      <Title order={1} className="sr-only">
        {t(title)}
      </Title>
      <Empty icon="warning" title={t(title)} hint={t('op.forbidden')} />
    </Paper>
  );
}
