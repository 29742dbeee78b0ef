/** One record: back, title, facts in a line, actions; sections in a main column and at the side. */
import { ActionIcon, Anchor, Button, Group, Skeleton, Title } from '@mantine/core';
import { useGetOne } from 'ra-core';
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { Link, useNavigate, useParams } from 'react-router';
import { Icon } from '../../ui/icon.tsx';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { faultOfError, RETRY } from '../data-provider.ts';
import { MenuButton } from '../menu-button.tsx';
import { Fact, FaultAlert, NotFoundPage, Section as Card } from '../page-parts.tsx';
import { DisplayValue } from './display.tsx';
import { useNames } from './references.tsx';
import { RelationCard } from './relation-card.tsx';
import { useRecordCommands } from './use-record-commands.tsx';
import type { Action, KitRow, Section, View } from './view.ts';
import { Loading } from '../loading.tsx';

export function DetailPage<R extends KitRow>({ view }: { view: View<R> }) {
  const words = useWords();
  const { t } = words;
  const { me } = useAdmin();
  const { id = '' } = useParams();
  /** deleted just now: the way back takes a moment, and nothing is read meanwhile */
  const [isGone, setGone] = useState(false);
  const { data: row, error, refetch } = useGetOne<R>(view.resource, { id }, { ...RETRY, enabled: !isGone });
  const names = useNames();
  const title = row ? view.name(row, words, names) : t(view.texts.title);
  useEffect(() => {
    document.title = `${title} · ${me.brand.product_name}`;
  }, [title, me]);

  const fault = error ? faultOfError(error) : null;
  if (fault?.status === 404) return <NotFoundPage />;
  return (
    <div className="kit-page">
      <Anchor component={Link} to={view.path} className="back">
        <Icon name="chevron-left" size={16} /> {t(view.texts.back)}
      </Anchor>
      {fault && <FaultAlert fault={fault} onRetry={() => void refetch()} />}
      {row ? <Record view={view} row={row} title={title} onGone={() => setGone(true)} /> : !fault && <RecordSkeleton />}
    </div>
  );
}

function RecordSkeleton() {
  return (
    <Loading>
      <Skeleton h={28} w={260} mb="md" />
      <Skeleton h={40} mb="md" />
      <div className="kit-columns">
        <Skeleton h={360} />
        <Skeleton h={240} />
      </div>
    </Loading>
  );
}

interface RecordProps<R extends KitRow> {
  view: View<R>;
  row: R;
  title: string;
  /** called once the record has been deleted */
  onGone: () => void;
}

function Record<R extends KitRow>({ view, row, title, onGone }: RecordProps<R>) {
  const { t } = useWords();
  return (
    <>
      <div className="kit-head kit-record-head">
        <Title order={1} className="kit-record-title">
          {title}
        </Title>
        <Actions view={view} row={row} title={title} onGone={onGone} />
      </div>
      <dl className="kit-facts">
        {view.facts.map((fact) => (
          <Fact key={fact.label} label={t(fact.label)}>
            <DisplayValue show={fact.show} row={row} />
          </Fact>
        ))}
      </dl>
      <div className="kit-columns">
        <div className="kit-column">
          {view.main.map((section) => (
            <SectionCard key={section.title} section={section} row={row} />
          ))}
        </div>
        <div className="kit-column">
          {view.side.map((section) => (
            <SectionCard key={section.title} section={section} row={row} />
          ))}
        </div>
      </div>
    </>
  );
}

function Actions<R extends KitRow>({ view, row, title, onGone }: RecordProps<R>) {
  const { t } = useWords();
  const go = useNavigate();
  const commands = useRecordCommands(view);
  const isOpen = view.isFixed?.(row) !== true;
  const mayEdit = useMay(view.permissions.edit ?? '') && isOpen;
  const mayDelete = useMay(view.permissions.delete ?? '') && isOpen;
  const leave = (): void => {
    flushSync(onGone);
    void go(view.path);
  };
  return (
    <Group gap="xs" wrap="nowrap" className="kit-actions">
      {commands.dialog}
      {view.actions.map((action) => (
        <ActionButton key={action.label} action={action} row={row} />
      ))}
      {mayEdit && (
        <Button
          component={Link}
          to={`${view.path}/${encodeURIComponent(row.id)}/edit`}
          leftSection={<Icon name="pen" size={16} />}
        >
          {t('kit.edit')}
        </Button>
      )}
      {mayDelete && (
        <MenuButton
          parts={() => [
            {
              label: t(view.texts.remove ?? 'kit.delete'),
              icon: 'bin',
              isDangerous: true,
              onPick: () => void commands.remove(row, leave),
            },
          ]}
        >
          <ActionIcon variant="default" className="control-square" aria-label={t('kit.actions_of', { name: title })}>
            <Icon name="dots" />
          </ActionIcon>
        </MenuButton>
      )}
    </Group>
  );
}

function ActionButton<R extends KitRow>({ action, row }: { action: Action<R>; row: R }) {
  const { t } = useWords();
  const may = useMay(action.permission);
  if (!may || action.isShown?.(row) === false) return null;
  return (
    <Button component={Link} to={action.to(row)} variant="default" leftSection={<Icon name={action.icon} size={16} />}>
      {t(action.label)}
    </Button>
  );
}

function SectionCard<R extends KitRow>({ section, row }: { section: Section<R>; row: R }): ReactNode {
  const { t } = useWords();
  const { me } = useAdmin();
  switch (section.kind) {
    case 'relation':
      return <RelationCard relation={section} id={row.id} />;
    case 'text': {
      const text = section.of(row);
      return (
        text !== null && (
          <Card title={t(section.title)}>
            <p className="kit-text">{text}</p>
          </Card>
        )
      );
    }
    case 'component':
      if (section.isShown?.(row) === false) return null;
      if (section.permission !== undefined && !me.permissions.includes(section.permission)) return null;
      return (
        <Card title={t(section.title)}>
          <Suspense fallback={<Skeleton h={120} />}>
            <section.component row={row} />
          </Suspense>
        </Card>
      );
    case 'facts': {
      const facts = (
        <dl className="facts">
          {section.facts.map((fact) => (
            <Fact key={fact.label} label={t(fact.label)}>
              <DisplayValue show={fact.show} row={row} />
            </Fact>
          ))}
        </dl>
      );
      return section.isFolded ? (
        <details className="kit-folded">
          <summary>{t(section.title)}</summary>
          {facts}
        </details>
      ) : (
        <Card title={t(section.title)}>{facts}</Card>
      );
    }
  }
}
