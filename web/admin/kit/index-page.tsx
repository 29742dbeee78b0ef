/** The index of a resource: title and count, tabs, search and filters in the address, the table, more by cursor. */
import { ActionIcon, Button, Chip, Group, Menu, Paper, Tabs, Text, TextInput, Title } from '@mantine/core';
import { useInfiniteGetList } from 'ra-core';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { withQuery } from '../../ui/api-client.ts';
import { Icon } from '../../ui/icon.tsx';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { faultOfError, RETRY } from '../data-provider.ts';
import { Empty, FaultAlert } from '../page-parts.tsx';
import { type Choice, useChoices, useNames } from './references.tsx';
import { RowTable } from './row-table.tsx';
import { type ListPlace, PARTS, useListPlace } from './use-list-place.ts';
import { useRecordCommands } from './use-record-commands.tsx';
import type { Filter, KitRow, View } from './view.ts';

const PAGE_ROWS = 25;
/** Rows that a skeleton shows: what fits a screen, not more. */
const SKELETON_ROWS = 12;
/** Typing rests this long before the list is asked. */
const TYPING_MS = 250;

const ALONE = { role: undefined, 'aria-labelledby': undefined } as const;

export function IndexPage<R extends KitRow>({ view }: { view: View<R> }) {
  const words = useWords();
  const { t } = words;
  const { me } = useAdmin();
  const names = useNames();
  const place = useListPlace(view);
  const isOfDeleted = place.question['deleted'] === 'true';
  const commands = useRecordCommands(view);
  const mayCreate = useMay(view.permissions.create ?? '');
  const mayDelete = useMay(view.permissions.delete ?? '');
  const mayEdit = useMay(view.permissions.edit ?? '');
  useEffect(() => {
    document.title = `${t(view.texts.title)} · ${me.brand.product_name}`;
  }, [t, me, view]);

  const list = useInfiniteGetList<R>(
    view.resource,
    { filter: place.question, pagination: { page: 1, perPage: PAGE_ROWS } },
    { ...RETRY, placeholderData: (before) => before },
  );
  const pages = list.data?.pages;
  const rows = pages?.flatMap((page) => page.data) ?? null;
  const isTruncated = pages?.some((page) => (page.meta as { truncated?: boolean } | undefined)?.truncated === true);
  const fault = list.error ? faultOfError(list.error) : null;
  const isEmpty = rows !== null && rows.length === 0;

  return (
    <div className="kit-page">
      {commands.dialog}
      <Group justify="space-between" wrap="nowrap" gap="sm" className="kit-head">
        <div className="kit-title">
          <Title order={1}>{t(view.texts.title)}</Title>
          {rows !== null && (
            <span className="kit-count figures">
              {`${rows.length}${list.hasNextPage ? '+' : ''}`} <span className="sr-only">{t('kit.loaded')}</span>
            </span>
          )}
        </div>
        <Group gap="xs" wrap="nowrap">
          <ExportButton view={view} place={place} />
          {mayCreate && (
            <Button component={Link} to={`${view.path}/create`} leftSection={<Icon name="plus" size={16} />}>
              {t(view.texts.create)}
            </Button>
          )}
        </Group>
      </Group>
      <Tabs
        value={place.tab}
        onChange={(tab) => place.change({ [PARTS.tab]: tab === view.tabs[0]?.name ? null : tab })}
        className="kit-tabs"
      >
        {/* One preset alone is no choice; its panel then has no tab that names it. */}
        {view.tabs.length > 1 && (
          <Tabs.List aria-label={t('kit.tabs')}>
            {view.tabs.map((tab) => (
              <Tabs.Tab key={tab.name} value={tab.name}>
                {t(tab.label)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        )}
        <Tabs.Panel value={place.tab} className="kit-page" {...(view.tabs.length === 1 && ALONE)}>
          <div className="kit-bar-row">
            {view.search !== undefined && <Search label={t(view.search)} place={place} />}
            {view.filters.map((filter) => (
              <FilterChip key={filter.name} filter={filter} place={place} />
            ))}
            {place.isNarrowed && (
              <Button variant="subtle" color="gray" onClick={place.reset}>
                {t('action.reset_filters')}
              </Button>
            )}
          </div>
          {fault && <FaultAlert fault={fault} onRetry={() => void list.refetch()} />}
          <Paper withBorder className="kit-list" data-stale={list.isPlaceholderData || undefined}>
            {isEmpty ? (
              <Nothing view={view} place={place} mayCreate={mayCreate} />
            ) : (
              (!fault || rows !== null) && (
                <RowTable
                  caption={t(view.texts.title)}
                  rows={rows}
                  skeletonRows={SKELETON_ROWS}
                  first={{ ...view.first, show: (row) => view.name(row, words, names) }}
                  columns={view.columns}
                  to={(row) => (isOfDeleted ? null : `${view.path}/${encodeURIComponent(row.id)}`)}
                  order={{
                    now: place.order,
                    onOrder: (order) => place.change({ [PARTS.order]: order === view.order ? null : order }),
                  }}
                  {...((mayEdit || mayDelete) && {
                    tools: (row: R) => (
                      <RowMenu
                        view={view}
                        row={row}
                        isDeleted={isOfDeleted}
                        mayEdit={mayEdit}
                        mayDelete={mayDelete}
                        onDelete={() => void commands.remove(row)}
                        onRestore={() => void commands.restore(row)}
                      />
                    ),
                  })}
                />
              )
            )}
          </Paper>
          {isTruncated && (
            <Text c="dimmed" ta="center" role="status">
              {t('kit.truncated')}
            </Text>
          )}
          {list.hasNextPage && (
            <Group justify="center">
              <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                {t('action.more')}
              </Button>
            </Group>
          )}
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

/** Focused by `/` from anywhere on the page; Escape empties it. */
function Search({ label, place }: { label: string; place: ListPlace }) {
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(place.search);
  const { search, change } = place;
  /** what this field has written itself: anything else in the address came from outside */
  const own = useRef(search);
  useEffect(() => {
    if (search !== own.current) setTyped(search);
    own.current = search;
  }, [search]);
  useEffect(() => {
    if (typed === own.current) return;
    const timer = setTimeout(() => {
      own.current = typed;
      change({ [PARTS.search]: typed });
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, change]);
  useEffect(() => {
    const focus = (event: KeyboardEvent): void => {
      const at = event.target as HTMLElement;
      if (event.key !== '/' || event.ctrlKey || event.metaKey || at.closest('input,textarea,select,[contenteditable]'))
        return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    };
    addEventListener('keydown', focus);
    return () => removeEventListener('keydown', focus);
  }, []);
  return (
    <TextInput
      ref={field}
      type="search"
      className="kit-search"
      aria-label={label}
      placeholder={label}
      leftSection={<Icon name="search" size={16} />}
      rightSection={<kbd className="kit-key">/</kbd>}
      rightSectionPointerEvents="none"
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setTyped('');
      }}
    />
  );
}

function FilterChip({ filter, place }: { filter: Filter; place: ListPlace }) {
  const { t } = useWords();
  if ('to' in filter) return <NameFilter filter={filter} place={place} />;
  return (
    <ChoiceChip
      name={filter.name}
      label={t(filter.label)}
      options={filter.options.map(({ value, label }) => ({ value, label: t(label) }))}
      place={place}
    />
  );
}

/** Nothing for who may not read the names. */
function NameFilter({ filter, place }: { filter: Extract<Filter, { to: unknown }>; place: ListPlace }) {
  const { t } = useWords();
  const options = useChoices(filter.to);
  if (options.length < 2) return null;
  return <ChoiceChip name={filter.name} label={t(filter.label)} options={options} place={place} />;
}

interface ChoiceChipProps {
  name: string;
  label: string;
  options: readonly Choice[];
  place: ListPlace;
}

/** Closed it says what it filters by; chosen it says the value and is taken back in the same menu. */
function ChoiceChip({ name, label, options, place }: ChoiceChipProps) {
  const { t } = useWords();
  const value = place.filters[name];
  const chosen = options.find((option) => option.value === value);
  const only = options.length === 1 ? options[0] : undefined;
  if (only) {
    return (
      <Chip
        checked={chosen !== undefined}
        variant="outline"
        size="sm"
        onChange={(on) => place.change({ [name]: on ? only.value : null })}
      >
        {only.label}
      </Chip>
    );
  }
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          variant="default"
          radius="xl"
          className="kit-chip"
          data-on={chosen !== undefined || undefined}
          rightSection={<Icon name="chevron-down" size={14} />}
        >
          {chosen ? `${label}: ${chosen.label}` : label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className="kit-menu">
        {options.map((option) => (
          <Menu.Item
            key={option.value}
            aria-current={option.value === value}
            leftSection={<Icon name={option.value === value ? 'check' : 'blank'} size={16} />}
            onClick={() => place.change({ [name]: option.value === value ? null : option.value })}
          >
            {option.label}
          </Menu.Item>
        ))}
        {chosen && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => place.change({ [name]: null })}>{t('kit.filter_off')}</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The list as it is filtered now, as a file. */
function ExportButton<R extends KitRow>({ view, place }: { view: View<R>; place: ListPlace }) {
  const { t } = useWords();
  const mayExport = useMay(view.permissions.export ?? '');
  if (!mayExport) return null;
  return (
    <Button
      component="a"
      href={withQuery(`/api/v1/${view.resource}/export`, { format: 'csv', ...place.question })}
      download
      variant="default"
      className="kit-no-phone"
      leftSection={<Icon name="download" size={16} />}
    >
      {t('kit.export')}
    </Button>
  );
}

interface RowMenuProps<R extends KitRow> {
  view: View<R>;
  row: R;
  /** it stands in the list of the deleted */
  isDeleted: boolean;
  mayEdit: boolean;
  mayDelete: boolean;
  onDelete: () => void;
  onRestore: () => void;
}

function RowMenu<R extends KitRow>({ view, row, isDeleted, mayEdit, mayDelete, onDelete, onRestore }: RowMenuProps<R>) {
  const words = useWords();
  const { t } = words;
  const names = useNames();
  const name = view.name(row, words, names);
  if (isDeleted) {
    if (!mayDelete) return null;
    return (
      <Button
        variant="default"
        size="xs"
        className="kit-own-link"
        onClick={onRestore}
        aria-label={t('kit.restore_of', { name })}
      >
        {t('kit.restore')}
      </Button>
    );
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          className="kit-row-menu kit-own-link"
          aria-label={t('kit.actions_of', { name })}
        >
          <Icon name="dots" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {mayEdit && (
          <Menu.Item
            component={Link}
            to={`${view.path}/${encodeURIComponent(row.id)}/edit`}
            leftSection={<Icon name="pen" size={16} />}
          >
            {t('kit.edit')}
          </Menu.Item>
        )}
        {mayDelete && (
          <Menu.Item color="red" leftSection={<Icon name="bin" size={16} />} onClick={onDelete}>
            {t(view.texts.remove ?? 'kit.delete')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

interface NothingProps<R extends KitRow> {
  view: View<R>;
  place: ListPlace;
  mayCreate: boolean;
}

/** No match, an empty tab, or no record yet: each names the next step. */
function Nothing<R extends KitRow>({ view, place, mayCreate }: NothingProps<R>) {
  const { t } = useWords();
  if (place.isNarrowed || place.tab !== view.tabs[0]?.name) {
    return (
      <Empty
        icon={view.icon}
        title={t('kit.no_match_title')}
        hint={t(place.isNarrowed ? view.texts.no_match_hint : 'kit.empty_tab_hint')}
      >
        {place.isNarrowed && (
          <Button variant="default" onClick={place.reset}>
            {t('action.reset_filters')}
          </Button>
        )}
      </Empty>
    );
  }
  return (
    <Empty icon={view.icon} title={t(view.texts.empty_title)} hint={t(view.texts.empty_hint)}>
      {mayCreate && (
        <Button component={Link} to={`${view.path}/create`} leftSection={<Icon name="plus" size={16} />}>
          {t(view.texts.create)}
        </Button>
      )}
    </Empty>
  );
}
