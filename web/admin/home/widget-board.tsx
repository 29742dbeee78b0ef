/** The widgets below the day: each counted when it comes into view, in the order in which somebody has arranged them. Drawn by home-page.tsx in a chunk of its own. */
import { ActionIcon, Button, Paper, Skeleton, Text, Title } from '@mantine/core';
import { Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { countedOf, type CountedName, type WidgetName } from '../../../shared/widget-names.ts';
import { time } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { useAdmin, useWords } from '../admin-context.tsx';
import '../kit/kit.css';
import { lazyPage } from '../lazy-page.tsx';
import { moved, shownTo, widgetsFor } from './arrangement.ts';
import { CountedWidget } from './counted-widgets.tsx';
import { ListWidgetOf } from './list-widgets.tsx';
import { useInView } from './use-in-view.ts';
import { useWidgetNumbers, type WidgetNumbers } from './use-widget-numbers.ts';
import './widgets.css';

const integrations = lazyPage('widget-integrations', () => import('./widget-integrations.tsx'));
const queues = lazyPage('widget-queues', () => import('./widget-queues.tsx'));

/** They need the room of two. */
const WIDE: readonly WidgetName[] = ['peak_hours', 'company_overview'];

/** What was arranged since the page was loaded: what came along with it is older. */
let arranged: readonly string[] | null | undefined;

interface Arrangement {
  shown: readonly WidgetName[];
  hidden: readonly WidgetName[];
  /** null: as on the first day */
  arrange: (shown: readonly WidgetName[] | null) => void;
}

function useArrangement(): Arrangement {
  const { api, me } = useAdmin();
  const [kept, setKept] = useState(() => (arranged === undefined ? me.preferences?.widgets : arranged));
  const arrange = useCallback(
    (next: readonly WidgetName[] | null): void => {
      arranged = next;
      setKept(next);
      // The support leaves nothing of its own; what can't be kept now holds until the page is loaded again.
      if (me.support === undefined) void api.patch('/api/v1/me/preferences', { widgets: next });
    },
    [api, me],
  );
  const shown = shownTo(me, kept ?? undefined);
  return { shown, hidden: widgetsFor(me).filter((name) => !shown.includes(name)), arrange };
}

export default function WidgetBoard() {
  const { t, language } = useWords();
  const { shown, hidden, arrange } = useArrangement();
  const [isArranging, setArranging] = useState(false);
  const [said, setSaid] = useState('');
  const board = useRef<HTMLElement>(null);
  /** the button that was pressed: a widget that moves takes the focus along */
  const focus = useRef<string | null>(null);
  useEffect(() => {
    if (focus.current === null) return;
    board.current?.querySelector<HTMLElement>(focus.current)?.focus();
    focus.current = null;
  });
  const titleOf = (name: WidgetName): string => t(`widget.${name}`);
  const move = (name: WidgetName, by: 1 | -1): void => {
    const next = moved(shown, name, by);
    const place = next.indexOf(name);
    // At the edge the button is off: the other one of the pair takes the focus.
    const isLast = place === 0 || place === next.length - 1;
    const way = isLast ? (by === 1 ? 'forward' : 'back') : by === 1 ? 'back' : 'forward';
    focus.current = `[data-widget="${name}"] [data-way="${way}"]`;
    setSaid(t('widgets.at_place', { name: titleOf(name), place: String(place + 1), count: String(next.length) }));
    arrange(next);
  };
  const hide = (name: WidgetName): void => {
    focus.current = `[data-show="${name}"]`;
    setSaid(t('widgets.was_hidden', { name: titleOf(name) }));
    arrange(shown.filter((one) => one !== name));
  };
  const show = (name: WidgetName): void => {
    focus.current = `[data-widget="${name}"] [data-way="hide"]`;
    setSaid(t('widgets.was_shown', { name: titleOf(name) }));
    arrange([...shown, name]);
  };
  return (
    <section className="widgets" ref={board} aria-labelledby="widgets-title">
      <div className="home-card-head">
        <Title order={2} id="widgets-title">
          {t('widgets.title')}
        </Title>
        <div className="widgets-actions">
          {isArranging && (
            <Button variant="subtle" size="xs" onClick={() => arrange(null)}>
              {t('widgets.reset')}
            </Button>
          )}
          <Button
            variant="default"
            size="xs"
            aria-pressed={isArranging}
            leftSection={<Icon name={isArranging ? 'check' : 'sliders'} size={16} />}
            onClick={() => setArranging(!isArranging)}
          >
            {t(isArranging ? 'widgets.arranged' : 'widgets.arrange')}
          </Button>
        </div>
      </div>
      <p className="sr-only" role="status">
        {said}
      </p>
      {/* In another language everything is asked anew: names come with the numbers. */}
      <Cards key={language} shown={shown} titleOf={titleOf} arranging={isArranging ? { move, hide } : null} />
      {isArranging && (
        <Paper withBorder p="md" component="section" aria-labelledby="widgets-hidden">
          <Title order={3} id="widgets-hidden" mb="xs">
            {t('widgets.hidden')}
          </Title>
          {hidden.length === 0 && <Text c="dimmed">{t('widgets.hidden_none')}</Text>}
          <div className="widgets-hidden">
            {hidden.map((name) => (
              <Button
                key={name}
                variant="default"
                size="xs"
                data-show={name}
                aria-label={t('widgets.show', { name: titleOf(name) })}
                leftSection={<Icon name="plus" size={16} />}
                onClick={() => show(name)}
              >
                {titleOf(name)}
              </Button>
            ))}
          </div>
        </Paper>
      )}
    </section>
  );
}

interface Arranging {
  move: (name: WidgetName, by: 1 | -1) => void;
  hide: (name: WidgetName) => void;
}
interface CardsProps {
  shown: readonly WidgetName[];
  titleOf: (name: WidgetName) => string;
  arranging: Arranging | null;
}

function Cards({ shown, titleOf, arranging }: CardsProps) {
  const numbers = useWidgetNumbers();
  return (
    <ol className="widgets-grid">
      {shown.map((name, place) => (
        <Card
          key={name}
          name={name}
          title={titleOf(name)}
          numbers={numbers}
          arranging={arranging}
          isFirst={place === 0}
          isLast={place === shown.length - 1}
        />
      ))}
    </ol>
  );
}

interface CardProps {
  name: WidgetName;
  title: string;
  numbers: WidgetNumbers;
  arranging: Arranging | null;
  isFirst: boolean;
  isLast: boolean;
}

function Card({ name, title, numbers, arranging, isFirst, isLast }: CardProps) {
  const { ref, isNear } = useInView<HTMLLIElement>();
  return (
    <li ref={ref} className="widget" data-widget={name} data-wide={WIDE.includes(name) || undefined}>
      <div className="widget-head">
        <h3>{title}</h3>
        {arranging && (
          <ArrangeButtons name={name} title={title} arranging={arranging} isFirst={isFirst} isLast={isLast} />
        )}
      </div>
      {isNear ? <Content name={name} title={title} numbers={numbers} /> : <Skeleton h={132} />}
    </li>
  );
}

function ArrangeButtons({
  name,
  title,
  arranging,
  isFirst,
  isLast,
}: Omit<CardProps, 'numbers' | 'arranging'> & { arranging: Arranging }) {
  const { t } = useWords();
  const shared = { variant: 'default', className: 'control-square' } as const;
  return (
    <div className="widget-arrange">
      <ActionIcon
        {...shared}
        data-way="forward"
        disabled={isFirst}
        aria-label={t('widgets.forward', { name: title })}
        onClick={() => arranging.move(name, -1)}
      >
        <Icon name="chevron-left" size={16} />
      </ActionIcon>
      <ActionIcon
        {...shared}
        data-way="back"
        disabled={isLast}
        aria-label={t('widgets.back', { name: title })}
        onClick={() => arranging.move(name, 1)}
      >
        <Icon name="chevron-right" size={16} />
      </ActionIcon>
      <ActionIcon
        {...shared}
        data-way="hide"
        aria-label={t('widgets.hide', { name: title })}
        onClick={() => arranging.hide(name)}
      >
        <Icon name="eye-off" size={16} />
      </ActionIcon>
    </div>
  );
}

function Content({ name, title, numbers }: Pick<CardProps, 'name' | 'title' | 'numbers'>) {
  if (countedOf(name) !== null) return <Counted name={name as CountedName} title={title} numbers={numbers} />;
  if (name === 'integrations' || name === 'queues' || name === 'webhook_success')
    return (
      <Suspense fallback={<Skeleton h={132} aria-busy="true" />}>
        {name === 'integrations' ? <integrations.Page /> : <queues.Page of={name} />}
      </Suspense>
    );
  return <ListWidgetOf name={name} />;
}

function Counted({ name, title, numbers }: { name: CountedName; title: string; numbers: WidgetNumbers }) {
  const { t, language } = useWords();
  const { me } = useAdmin();
  const { of, want } = numbers;
  useEffect(() => want(name), [want, name]);
  const view = of(name);
  if (view === undefined) return <Skeleton h={132} aria-busy="true" />;
  if (view === null) return <Text c="dimmed">{t('widgets.failed')}</Text>;
  return (
    <>
      <CountedWidget view={view} title={title} />
      <p className="widget-foot figures">
        {t(view.more ? 'widgets.period_more' : 'widgets.period', {
          days: String(view.days),
          time: time(view.at, me.tenant.time_zone, language),
        })}
      </p>
    </>
  );
}
