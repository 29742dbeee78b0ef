/** A week at a glance: a strip and the times of each day. Drawn by the week's card on detail pages. */
import { useWords } from '../admin-context.tsx';
import { dayText, stripsOf, WEEKDAYS, type Week } from './week.ts';

export function WeekView({ week }: { week: Week }) {
  const { t } = useWords();
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
              <td className="figures">{text === '' ? t('hours.closed') : text.replaceAll(' ', ', ')}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

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
