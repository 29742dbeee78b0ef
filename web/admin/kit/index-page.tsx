/** The index of a resource: title and count, tabs, search and filters in the address, the table, more by cursor. */
import { ActionIcon, Button, Chip, Group, Paper, Tabs, Text, TextInput, Title } from '@mantine/core';
import { useInfiniteGetList } from 'ra-core';
import { lazy, type ReactNode, Suspense, useEffect, useId, useRef, useState } from 'react';
import { Link } from 'react-router';
import { withQuery } from '../../ui/api-client.ts';
import { PAGE_SIZES } from '../../../shared/list-sizes.ts';
import { dateOf } from '../../../shared/time.ts';
import { DateField } from '../../ui/date-field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { faultOfError, RETRY } from '../data-provider.ts';
import { MenuButton } from '../menu-button.tsx';
import type { MenuPart } from '../menu-parts.ts';
import { Empty, FaultAlert } from '../page-parts.tsx';
import { ListFigures } from './list-figures.tsx';
import { type Choice, useChoices, useNames } from './references.tsx';
import { RowTable } from './row-table.tsx';
import { useBulkActions } from './use-bulk-actions.ts';
import { useChoice } from './use-choice.ts';
import { useListKeys } from './use-list-keys.ts';
import { type ListPlace, PARTS, useListPlace } from './use-list-place.ts';
import { columnName, type ListLook, useListLook } from './use-list-look.ts';
import { useRecordCommands } from './use-record-commands.tsx';
import { ownTab, ViewMenu } from './view-menu.tsx';
import type { Filter, KitRow, View } from './view.ts';
import type { BulkBarProps } from './bulk-bar.tsx';

const PAGE_ROWS = 25;
/** Rows that a skeleton shows: what fits a screen, not more. */
const SKELETON_ROWS = 12;
/** Typing rests this long before the list is asked. */
const TYPING_MS = 250;

/** Most look and change nothing: the bar comes with the first chosen row. */
const BulkBar = lazy(() => import('./bulk-bar.tsx')) as unknown as <R extends KitRow>(
  props: BulkBarProps<R>,
) => ReactNode;

const ALONE = { role: undefined, 'aria-labelledby': undefined } as const;

export function IndexPage<R extends KitRow>({ view }: { view: View<R> }) {
  const words = useWords();
  const { t } = words;
  const { me } = useAdmin();
  const names = useNames();
  const place = useListPlace(view);
  const isOfDeleted = place.question['deleted'] === 'true';
  const look = useListLook(view, PAGE_ROWS);
  const commands = useRecordCommands(view);
  const mayCreate = useMay(view.permissions.create ?? '');
  const mayDelete = useMay(view.permissions.delete ?? '');
  const mayEdit = useMay(view.permissions.edit ?? '');
  const mayImport = useMay(view.importFrom?.permission ?? '');
  useEffect(() => {
    document.title = `${t(view.texts.title)} · ${me.brand.product_name}`;
  }, [t, me, view]);

  const list = useInfiniteGetList<R>(
    view.resource,
    { filter: place.question, pagination: { page: 1, perPage: look.pageSize } },
    { ...RETRY, placeholderData: (before) => before },
  );
  const pages = list.data?.pages;
  const rows = pages?.flatMap((page) => page.data) ?? null;
  const isTruncated = pages?.some((page) => (page.meta as { truncated?: boolean } | undefined)?.truncated === true);
  const fault = list.error ? faultOfError(list.error) : null;
  const isEmpty = rows !== null && rows.length === 0;
  const create = view.createAt ?? `${view.path}/create`;
  const bulk = useBulkActions(view, isOfDeleted);
  const choice = useChoice(rows, JSON.stringify(place.question));
  // On phones rows have boxes only while somebody chooses; a tap anywhere on one is its box then.
  const [isChoosing, setChoosing] = useState(false);
  const board = useRef<HTMLDivElement>(null);
  useListKeys(board, {
    create: mayCreate ? create : null,
    ...(bulk.length > 0 && { rows: rows ?? [], choice }),
  });
  const hasTabs = view.tabs.length + look.views.length > 1;
  const own = look.views.find(({ query }) => query === place.asked);

  return (
    <div className="kit-page kit-index">
      {commands.dialog}
      <Group justify="space-between" wrap="nowrap" gap="sm" className="kit-head">
        <div className="kit-title">
          <Title order={1}>{t(view.texts.title)}</Title>
          {/* Its room is there before the number is: what stands beside it keeps its place. */}
          <span className="kit-count kit-count-kept figures" data-empty={rows === null || undefined}>
            {rows !== null && (
              <>
                {`${rows.length}${list.hasNextPage ? '+' : ''}`} <span className="sr-only">{t('kit.loaded')}</span>
              </>
            )}
          </span>
        </div>
        {view.figures && <ListFigures names={view.figures} />}
        <Group gap="xs" wrap="nowrap" className="kit-head-tools">
          <LookMenu view={view} look={look} />
          <ExportMenu view={view} place={place} />
          {mayImport && view.importFrom && (
            <Button
              component={Link}
              to={view.importFrom.to}
              variant="default"
              className="kit-no-phone"
              leftSection={<Icon name="upload" size={16} />}
            >
              {t('kit.import')}
            </Button>
          )}
          {mayCreate && (
            <Button component={Link} to={create} leftSection={<Icon name="plus" size={16} />}>
              {t(view.texts.create)}
            </Button>
          )}
        </Group>
      </Group>
      <Tabs
        value={own === undefined ? place.tab : ownTab(own)}
        onChange={(tab) => {
          const kept = look.views.find((one) => ownTab(one) === tab);
          if (kept) place.open(kept.query);
          else if (own !== undefined) place.open(tab === view.tabs[0]?.name ? '' : `${PARTS.tab}=${tab}`);
          else place.change({ [PARTS.tab]: tab === view.tabs[0]?.name ? null : tab });
        }}
        className="kit-tabs"
      >
        <div className="kit-tab-row">
          {/* One preset alone is no choice; its panel then has no tab that names it. */}
          {hasTabs && (
            <Tabs.List aria-label={t('kit.tabs')}>
              {view.tabs.map((tab) => (
                <Tabs.Tab key={tab.name} value={tab.name}>
                  {t(tab.label)}
                </Tabs.Tab>
              ))}
              {look.views.map((one) => (
                <Tabs.Tab key={ownTab(one)} value={ownTab(one)} leftSection={<Icon name="star" size={14} />}>
                  {one.name}
                </Tabs.Tab>
              ))}
            </Tabs.List>
          )}
          <ViewMenu view={view} place={place} look={look} own={own ?? null} />
        </div>
        <Tabs.Panel value={own === undefined ? place.tab : ownTab(own)} className="kit-page" {...(!hasTabs && ALONE)}>
          <div className="kit-bar-row">
            {view.search !== undefined && <Search label={t(view.search)} place={place} />}
            {view.filters.length > 0 && <Filters filters={view.filters} place={place} />}
            {bulk.length > 0 && (
              <Button
                variant="default"
                className="kit-choose-button"
                aria-pressed={isChoosing}
                disabled={rows === null || isEmpty}
                onClick={() => {
                  if (isChoosing) choice.choose([]);
                  setChoosing(!isChoosing);
                }}
              >
                {t('kit.choose_rows')}
              </Button>
            )}
            {place.isNarrowed && (
              <Button variant="subtle" color="gray" onClick={place.reset}>
                {t('action.reset_filters')}
              </Button>
            )}
          </div>
          {fault && <FaultAlert fault={fault} onRetry={() => void list.refetch()} />}
          <Paper
            withBorder
            ref={board}
            className="kit-list"
            data-stale={list.isPlaceholderData || undefined}
            data-choosing={isChoosing || undefined}
          >
            {isEmpty ? (
              <Nothing view={view} place={place} mayCreate={mayCreate} />
            ) : (
              (!fault || rows !== null) && (
                <RowTable
                  caption={t(view.texts.title)}
                  rows={rows}
                  skeletonRows={SKELETON_ROWS}
                  first={{ ...view.first, show: (row) => view.name(row, words, names) }}
                  columns={look.columns}
                  to={(row) =>
                    isOfDeleted || isChoosing ? null : (view.to?.(row) ?? `${view.path}/${encodeURIComponent(row.id)}`)
                  }
                  {...(bulk.length > 0 && {
                    choice: { ...choice, labelOf: (row: R) => view.name(row, words, names) },
                  })}
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
          {(choice.chosen.size > 0 || isChoosing) && (
            <Suspense fallback={<div className="kit-bulk" />}>
              <BulkBar
                view={view}
                actions={bulk}
                choice={choice}
                question={place.question}
                hasMore={list.hasNextPage || isTruncated === true}
                onEnd={() => setChoosing(false)}
              />
            </Suspense>
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

/** Behind a button where a phone has no room for them and the rows; elsewhere they stand beside each other. */
function Filters({ filters, place }: { filters: readonly Filter[]; place: ListPlace }) {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const count = filters.filter(({ name }) => place.filters[name] !== undefined).length;
  return (
    <>
      <Button
        variant="default"
        className="kit-filters-button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        {count === 0 ? t('kit.filters') : t('kit.filters_active', { count: String(count) })}
      </Button>
      <div id={id} className="kit-filters" data-open={isOpen || undefined}>
        {filters.map((filter) => (
          <FilterChip key={filter.name} filter={filter} place={place} />
        ))}
      </div>
    </>
  );
}

function FilterChip({ filter, place }: { filter: Filter; place: ListPlace }) {
  const { t } = useWords();
  if ('to' in filter) return <NameFilter filter={filter} place={place} />;
  if ('day' in filter || 'date' in filter) return <DayFilter filter={filter} place={place} />;
  if ('brought' in filter)
    return place.filters[filter.name] === undefined ? null : (
      <Chip checked variant="outline" size="sm" onChange={() => place.change({ [filter.name]: null })}>
        {t(filter.label)}
      </Chip>
    );
  if ('typed' in filter) return <TypedFilter filter={filter} place={place} />;
  return (
    <ChoiceChip
      name={filter.name}
      label={t(filter.label)}
      options={filter.options.map(({ value, label }) => ({ value, label: t(label) }))}
      place={place}
    />
  );
}

function DayFilter({
  filter,
  place,
}: {
  filter: Extract<Filter, { day: unknown } | { date: unknown }>;
  place: ListPlace;
}) {
  const words = useWords();
  const { me } = useAdmin();
  return (
    <DateField
      words={words}
      label={words.t(filter.label)}
      value={place.filters[filter.name] ?? ''}
      today={dateOf(Date.now(), me.tenant.time_zone)}
      onChange={(value) => place.change({ [filter.name]: value === '' ? null : value })}
    />
  );
}

/** Taken with Enter or when the field is left. */
function TypedFilter({ filter, place }: { filter: Extract<Filter, { typed: unknown }>; place: ListPlace }) {
  const { t } = useWords();
  const value = place.filters[filter.name] ?? '';
  const take = (text: string): void => place.change({ [filter.name]: text.trim() === '' ? null : text.trim() });
  return (
    <TextInput
      // Emptied from outside it begins anew.
      key={value}
      className="kit-typed"
      aria-label={t(filter.label)}
      placeholder={t(filter.typed)}
      maxLength={128}
      defaultValue={value}
      onBlur={(event) => take(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take(event.currentTarget.value);
      }}
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
    <MenuButton
      isLong
      position="bottom-start"
      parts={() => [
        ...options.map((option) =>
          picked(option.label, option.value === value, (on) => place.change({ [name]: on ? option.value : null })),
        ),
        ...(chosen
          ? ['line' as const, { label: t('kit.filter_off'), onPick: () => place.change({ [name]: null }) }]
          : []),
      ]}
    >
      <Button
        variant="default"
        radius="xl"
        className="kit-chip"
        data-on={chosen !== undefined || undefined}
        rightSection={<Icon name="chevron-down" size={14} />}
      >
        {chosen ? `${label}: ${chosen.label}` : label}
      </Button>
    </MenuButton>
  );
}

/** An entry that is on or off. */
const picked = (label: ReactNode, isOn: boolean, turn: (on: boolean) => void): MenuPart => ({
  label,
  isCurrent: isOn,
  icon: isOn ? 'check' : 'blank',
  onPick: () => turn(!isOn),
});

/** Which columns stand there and how many rows come at a time. A phone shows what fits. */
function LookMenu<R extends KitRow>({ view, look }: { view: View<R>; look: ListLook<R> }) {
  const { t } = useWords();
  const { hidden, pageSize, change } = look;
  return (
    <MenuButton
      isLong
      staysOpen
      parts={() => [
        { heading: t('kit.columns') },
        ...view.columns.map((column) => {
          const name = columnName(column);
          return picked(t(column.label), !hidden.includes(name), (on) =>
            change({ hidden: on ? hidden.filter((one) => one !== name) : [...hidden, name] }),
          );
        }),
        'line',
        { heading: t('kit.page_size') },
        ...PAGE_SIZES.map((size) =>
          picked(<span className="figures">{size}</span>, size === pageSize, () => change({ page_size: size })),
        ),
      ]}
    >
      <ActionIcon variant="default" className="control-square kit-no-phone" aria-label={t('kit.look')}>
        <Icon name="sliders" size={16} />
      </ActionIcon>
    </MenuButton>
  );
}

/** The list as it is filtered now, as a file: for programs that count with a point, with a comma, or a workbook. */
function ExportMenu<R extends KitRow>({ view, place }: { view: View<R>; place: ListPlace }) {
  const { t } = useWords();
  const mayExport = useMay(view.permissions.export ?? '');
  if (!mayExport) return null;
  const take = (query: Readonly<Record<string, string>>): void =>
    location.assign(withQuery(`/api/v1/${view.resource}/export`, { ...query, ...place.question }));
  return (
    <MenuButton
      parts={() => [
        { label: t('kit.export_xlsx'), icon: 'download', onPick: () => take({ format: 'xlsx' }) },
        {
          label: t('kit.export_semicolon'),
          icon: 'download',
          onPick: () => take({ format: 'csv', separator: 'semicolon' }),
        },
        { label: t('kit.export_comma'), icon: 'download', onPick: () => take({ format: 'csv' }) },
      ]}
    >
      <Button variant="default" className="kit-no-phone" leftSection={<Icon name="download" size={16} />}>
        {t('kit.export')}
      </Button>
    </MenuButton>
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
  if (view.isFixed?.(row)) return null;
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
    <MenuButton
      parts={() => [
        ...(mayEdit
          ? [{ label: t('kit.edit'), icon: 'pen' as const, to: `${view.path}/${encodeURIComponent(row.id)}/edit` }]
          : []),
        ...(mayDelete
          ? [{ label: t(view.texts.remove ?? 'kit.delete'), icon: 'bin' as const, isDangerous: true, onPick: onDelete }]
          : []),
      ]}
    >
      <ActionIcon
        variant="subtle"
        color="gray"
        className="kit-row-menu kit-own-link"
        aria-label={t('kit.actions_of', { name })}
      >
        <Icon name="dots" />
      </ActionIcon>
    </MenuButton>
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
        <Button
          component={Link}
          to={view.createAt ?? `${view.path}/create`}
          leftSection={<Icon name="plus" size={16} />}
        >
          {t(view.texts.create)}
        </Button>
      )}
    </Empty>
  );
}
