/** How each counted widget is drawn from its points. Drawn by widget-board.tsx. */
import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { WidgetView } from '../../../shared/contract/widgets.ts';
import type { CountedName } from '../../../shared/widget-names.ts';
import { clockDuration, decimal, shortWallDate } from '../../ui/format.ts';
import { translateIfKnown } from '../../ui/i18n.ts';
import { type Words, useWords } from '../admin-context.tsx';
import { Bars, ColumnChart, HourMap, LineChart } from './charts.tsx';

/** More bars than these say nothing more. */
const MOST_BARS = 8;
/** Monday first. */
const WEEK = [1, 2, 3, 4, 5, 6, 0];
/** Hours that are shown even if nobody calls. */
const USUAL_HOURS = { from: 8, to: 18 };

type Points = WidgetView['points'];
const at = (point: Points[number], column: number): number => point.values[column] ?? 0;
const sumOf = (points: Points, column: number): number => points.reduce((sum, point) => sum + at(point, column), 0);
const whole = (value: number, language: string): string => new Intl.NumberFormat(language).format(value);
const percentOf = (part: number, all: number, language: string): string =>
  `${all === 0 ? '–' : whole(Math.round((100 * part) / all), language)} %`;

interface DrawProps {
  points: Points;
  words: Words;
  title: string;
}

/** What is read beside a chart: its most telling number. */
function Telling({ value, hint }: { value: string; hint: string }) {
  return (
    <p className="widget-telling">
      <strong className="figures">{value}</strong> <span>{hint}</span>
    </p>
  );
}

/** One number a day or week, summed up. */
function Counts({ points, words, title, isColumns = false }: DrawProps & { isColumns?: boolean }) {
  const { t, language } = words;
  const total = t('widgets.sum', { value: whole(sumOf(points, 0), language) });
  const Chart = isColumns ? ColumnChart : LineChart;
  return (
    <>
      <Telling value={whole(sumOf(points, 0), language)} hint={t('widgets.in_total')} />
      <Chart
        points={points.map((point) => ({ label: shortWallDate(point.key, language), value: at(point, 0) }))}
        summary={t('widgets.chart', { name: title, summary: total })}
        say={(value) => whole(value, language)}
      />
    </>
  );
}

/** The first number as a share of the second. */
function Share({ points, words, title, isColumns = false }: DrawProps & { isColumns?: boolean }) {
  const { t, language } = words;
  const [part, all] = [sumOf(points, 0), sumOf(points, 1)];
  const share = percentOf(part, all, language);
  const Chart = isColumns ? ColumnChart : LineChart;
  return (
    <>
      <Telling
        value={share}
        hint={t('widgets.missed_of', { missed: whole(part, language), due: whole(all, language) })}
      />
      <Chart
        points={points.map((point) => ({
          label: shortWallDate(point.key, language),
          value: at(point, 1) === 0 ? null : (100 * at(point, 0)) / at(point, 1),
        }))}
        summary={t('widgets.chart', { name: title, summary: share })}
        say={(value) => `${whole(Math.round(value), language)} %`}
        {...(!isColumns && { top: 100 })}
      />
    </>
  );
}

/** The mean of the first number over the second. */
function Mean({ points, words, title }: DrawProps) {
  const { t, language } = words;
  const count = sumOf(points, 1);
  const mean = clockDuration(count === 0 ? 0 : sumOf(points, 0) / count);
  return (
    <>
      <Telling value={mean} hint={t('widgets.mean')} />
      <LineChart
        points={points.map((point) => ({
          label: shortWallDate(point.key, language),
          value: at(point, 1) === 0 ? null : at(point, 0) / at(point, 1),
        }))}
        summary={t('widgets.chart', { name: title, summary: t('widgets.average', { value: mean }) })}
        say={clockDuration}
      />
    </>
  );
}

/** Each property with its number and share. @param nameOf a key where the point has no name */
function Shares({ points, words, nameOf }: Omit<DrawProps, 'title'> & { nameOf: (key: string) => string }) {
  const { language } = words;
  const all = sumOf(points, 0);
  const shown = points.slice(0, MOST_BARS);
  return (
    <Bars
      of={Math.max(...shown.map((point) => at(point, 0)))}
      bars={shown.map((point) => ({
        key: point.key,
        label: point.name ?? nameOf(point.key),
        value: at(point, 0),
        text: `${whole(at(point, 0), language)} · ${percentOf(at(point, 0), all, language)}`,
      }))}
    />
  );
}

function Utilisation({ points, words }: DrawProps) {
  const { t, language } = words;
  const rate = (point: Points[number]): number => at(point, 0) / Math.max(at(point, 1), 1);
  const shown = [...points].sort((a, b) => rate(b) - rate(a)).slice(0, MOST_BARS);
  const hours = (minutes: number): string => decimal(minutes / 60, language, 1);
  return (
    <Bars
      of={1}
      bars={shown.map((point) => ({
        key: point.key,
        label: point.name ?? t('widgets.no_person'),
        value: rate(point),
        text: `${percentOf(at(point, 0), at(point, 1), language)} · ${t('widgets.of_minutes', { booked: hours(at(point, 0)), all: hours(at(point, 1)) })}`,
      }))}
    />
  );
}

function PeakHours({ points, words, title }: DrawProps) {
  const { t, language } = words;
  const values = new Map(points.map((point) => [point.key, at(point, 0)]));
  const used = points.map(({ key }) => Number(key.split('-')[1]));
  const from = Math.min(USUAL_HOURS.from, ...used);
  const to = Math.max(USUAL_HOURS.to, ...used);
  // 1970-01-04 was a Sunday.
  const name = (day: number): string =>
    new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(
      new Date(Date.UTC(1970, 0, 4 + day)),
    );
  return (
    <HourMap
      caption={title}
      days={WEEK.map((day) => ({ day, name: name(day) }))}
      hours={Array.from({ length: to - from + 1 }, (_, i) => from + i)}
      countAt={(day, hour) => values.get(`${day}-${hour}`) ?? 0}
      say={(day, hour, value) =>
        t('widgets.hour', { day, hour: String(hour), next: String(hour + 1), count: whole(value, language) })
      }
    />
  );
}

function Companies({ points, words }: DrawProps) {
  const { t, language } = words;
  const columns = ['appointments', 'branches', 'staff', 'services'] as const;
  return (
    <table className="widget-table">
      <thead>
        <tr>
          <td />
          {columns.map((column) => (
            <th key={column} scope="col">
              {t(`widget.companies.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {points.slice(0, MOST_BARS).map((point) => (
          <tr key={point.key}>
            <th scope="row">{point.name ?? t('widgets.nameless')}</th>
            {columns.map((column, i) => (
              <td key={column} className="figures">
                {whole(at(point, i), language)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const word =
  (prefix: string) =>
  ({ catalogue }: Words) =>
  (key: string): string =>
    translateIfKnown(catalogue, `${prefix}.${key}`) ?? key;
const shares =
  (nameOf: (words: Words) => (key: string) => string) =>
  ({ points, words }: DrawProps): ReactNode => <Shares points={points} words={words} nameOf={nameOf(words)} />;

const DRAWN: Readonly<Record<CountedName, (props: DrawProps) => ReactNode>> = {
  conversion: (props) => <Share {...props} />,
  call_outcomes: shares(word('widget.outcome')),
  peak_hours: (props) => <PeakHours {...props} />,
  staff_utilisation: (props) => <Utilisation {...props} />,
  booking_sources: shares(word('source')),
  top_services: shares(
    ({ t }) =>
      () =>
        t('widgets.no_service'),
  ),
  no_show_rate: (props) => <Share {...props} isColumns />,
  customers_new: (props) => <Counts {...props} />,
  company_overview: (props) => <Companies {...props} />,
  company_growth: (props) => <Counts {...props} isColumns />,
  sentiment: shares(word('sentiment')),
  call_length: (props) => <Mean {...props} />,
  changes: shares(word('widget.change')),
  messages: shares(word('messages.status')),
  calcom_sync: shares(word('widget.sync')),
};

/** Companies are shown as they are; of everything else there has to be something. */
const isEmpty = ({ name, points }: WidgetView): boolean =>
  name !== 'company_overview' && points.every(({ values }) => values.every((value) => value === 0));

export function CountedWidget({ view, title }: { view: WidgetView; title: string }) {
  const words = useWords();
  if (isEmpty(view)) return <Text c="dimmed">{words.t('widgets.nothing')}</Text>;
  return DRAWN[view.name]({ points: view.points, words, title });
}
