/** A week at a glance: a strip and the times of each day. Drawn by the week's card on detail pages. */
import { Text } from '@mantine/core';
import { useWords } from '../admin-context.tsx';
import { useNames } from '../kit/references.tsx';
import type { Names } from '../kit/view.ts';
import { branchReference } from './references.ts';
import { type DayTimes, dayText, stripsOf, WEEKDAYS, type Week } from './week.ts';

/** @param off what a day without times is called */
export function WeekView({ week, off }: { week: Week; off: string }) {
  const { t } = useWords();
  const names = useNames();
  const strips = stripsOf(week);
  return (
    <table className="kit-week">
      <tbody>
        {WEEKDAYS.map((weekday) => {
          const text = dayText(week[weekday]);
          return (
            <tr key={weekday} data-off={text === '' || undefined}>
              <th scope="row">{t(`weekday.${weekday}`)}</th>
              <td className="kit-strip-cell">
                <Strip parts={strips[weekday]} />
              </td>
              <td className="figures">
                {text === '' ? off : text.replaceAll(' ', ', ')}
                {placesOf(week[weekday], names).map((place) => (
                  <Text key={place} c="dimmed" size="sm" className="kit-line">
                    {place}
                  </Text>
                ))}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** The branches that a day's times are at, where they are not at all of them. */
const placesOf = (entries: readonly DayTimes[], names: Names): string[] =>
  entries.flatMap(({ branchId }) => (branchId === null ? [] : (names(branchReference, branchId) ?? [])));

/** Decoration: the times stand beside it in figures. */
export function Strip({ parts }: { parts: readonly { left: number; width: number }[] }) {
  return (
    <span className="kit-strip" aria-hidden="true">
      {parts.map((part) => (
        <span key={part.left} style={{ left: `${part.left * 100}%`, width: `${part.width * 100}%` }} />
      ))}
    </span>
  );
}
