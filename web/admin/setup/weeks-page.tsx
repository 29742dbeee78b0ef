/** /admin/hours: the weeks of everybody side by side, by people, branches and rooms; each leads to its form. */
import { Button, Paper, Table, Tabs, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { HoursView } from '../../../shared/contract/hours.ts';
import { Icon } from '../../ui/icon.tsx';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { useNames, useReferenced } from '../kit/references.tsx';
import { Empty, FaultAlert } from '../page-parts.tsx';
import { branchReference, resourceReference, staffReference } from './references.ts';
import { useHours } from './use-week.ts';
import { dayText, groupsOf, isOf, WEEKDAYS, weekOf } from './week.ts';
import { weekPath } from './week-path.ts';
import { LoadingBlock } from '../loading.tsx';

const TABS = [
  { name: 'staff', label: 'hours.tab.staff', member: 'staff_id', to: staffReference, create: 'create_staff' },
  {
    name: 'branches',
    label: 'hours.tab.branches',
    member: 'branch_id',
    to: branchReference,
    create: 'create_branches',
  },
  {
    name: 'resources',
    label: 'hours.tab.resources',
    member: 'resource_id',
    to: resourceReference,
    create: 'create_resources',
  },
] as const;

export function WeeksPage() {
  const { t } = useWords();
  const { me } = useAdmin();
  const [query, setQuery] = useSearchParams();
  const mayCreate = useMay('create_working_hours');
  const { rows, fault, reload } = useHours(null, null);
  useEffect(() => {
    document.title = `${t('hours.title')} · ${me.brand.product_name}`;
  }, [t, me]);
  const tab = TABS.find(({ name }) => name === query.get('list')) ?? TABS[0];
  return (
    <div className="kit-page">
      <div className="kit-head kit-record-head">
        <Title order={1}>{t('hours.title')}</Title>
        {mayCreate && (
          <Button
            component={Link}
            to="/admin/hours/create"
            variant="default"
            leftSection={<Icon name="plus" size={16} />}
          >
            {t('hours.create')}
          </Button>
        )}
      </div>
      {fault && <FaultAlert fault={fault} onRetry={async () => void (await reload())} />}
      <Tabs
        value={tab.name}
        onChange={(name) => setQuery(name === 'staff' || name === null ? {} : { list: name }, { replace: true })}
        className="kit-tabs"
      >
        <Tabs.List aria-label={t('kit.tabs')}>
          {TABS.map(({ name, label }) => (
            <Tabs.Tab key={name} value={name}>
              {t(label)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab.name} className="kit-page">
          {rows === null ? (
            !fault && <LoadingBlock h={320} />
          ) : (
            <Paper withBorder className="kit-list">
              <Weeks rows={rows} tab={tab} />
            </Paper>
          )}
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

type Tab = (typeof TABS)[number];

function Weeks({ rows, tab }: { rows: readonly HoursView[]; tab: Tab }) {
  const words = useWords();
  const { t, language } = words;
  const names = useNames();
  const { member, to } = tab;
  const maySee = useMay(to.permission);
  const referenced = useReferenced(to);
  if (referenced === null && maySee) return <LoadingBlock h={320} />;
  const owners = (referenced ?? [])
    .map((row) => ({ id: row.id, name: to.name(row, words, names) }))
    .sort((one, other) => one.name.localeCompare(other.name, language));
  if (owners.length === 0) return <Nobody tab={tab} />;
  return (
    <Table className="kit-table kit-weeks">
      <Table.Caption className="sr-only">{t('hours.title')}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th className="kit-first">{t('kit.name')}</Table.Th>
          {WEEKDAYS.map((weekday) => (
            <Table.Th key={weekday}>
              <abbr title={t(`weekday.${weekday}`)}>{t(`weekday.short.${weekday}`)}</abbr>
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {owners.map(({ id, name }) => {
          const owner = { member, id };
          const own = rows.filter((row) => isOf(row, owner));
          const week = weekOf(own, owner);
          return (
            <Table.Tr key={id} data-linked>
              <Table.Td className="kit-first">
                <Link to={weekPath(owner)} className="kit-row-link">
                  {name}
                </Link>
                <span className="kit-week-words">
                  {own.length === 0
                    ? t('hours.none')
                    : groupsOf(week).map((group) => (
                        <span key={group.from} className="kit-line figures">
                          {t(`weekday.short.${group.from}`)}
                          {group.to !== group.from && `–${t(`weekday.short.${group.to}`)}`}{' '}
                          {group.text.replaceAll(' ', ', ')}
                        </span>
                      ))}
                </span>
              </Table.Td>
              {WEEKDAYS.map((weekday) => {
                const text = dayText(week[weekday]);
                return (
                  <Table.Td key={weekday} className="kit-day figures">
                    {text === '' ? (
                      <Text c="dimmed" component="span">
                        –
                      </Text>
                    ) : (
                      text.split(' ').map((span) => (
                        <span key={span} className="kit-line">
                          {span}
                        </span>
                      ))
                    )}
                  </Table.Td>
                );
              })}
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}

/** There is nobody whose hours could stand here: the way to the first one. */
function Nobody({ tab }: { tab: Tab }) {
  const { t } = useWords();
  const mayCreate = useMay(tab.create);
  return (
    <Empty icon="clock" title={t(`${tab.name}.empty_title`)} hint={t(`${tab.name}.empty_hint`)}>
      {mayCreate && (
        <Button component={Link} to={`${tab.to.path}/create`} leftSection={<Icon name="plus" size={16} />}>
          {t(`${tab.name}.create`)}
        </Button>
      )}
    </Empty>
  );
}
