/** Every time somebody tried to reach the caller, the latest first. Drawn on the page of a call back. */
import { Text } from '@mantine/core';
import type { CallbackDetail, CallbackView } from '../../../shared/contract/calls.ts';
import { dayAndTime } from '../../ui/format.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { zoneOf } from './zone-of.ts';

/** A row as the list left it knows no attempts yet: the page reads the rest. */
const attemptsOf = (row: CallbackView): CallbackDetail['attempts'] => (row as Partial<CallbackDetail>).attempts ?? [];

export function Attempts({ row }: { row: CallbackView }) {
  const { t, language } = useWords();
  const { me } = useAdmin();
  const zone = zoneOf(row, me);
  const attempts = attemptsOf(row);
  if (attempts.length === 0) return <Text c="dimmed">{t('callbacks.attempts_none')}</Text>;
  return (
    <ul className="kit-plain callback-attempts">
      {attempts.map((one) => (
        <li key={one.id}>
          <strong>{t(`callbacks.outcome.${one.outcome}`)}</strong>
          <Text size="sm" c="dimmed" span>
            {` ${dayAndTime(one.at, zone, language)}${one.by?.name ? ` ${t('callbacks.by', { name: one.by.name })}` : ''}`}
          </Text>
          {one.note !== null && <Text className="pre-line">{one.note}</Text>}
        </li>
      ))}
    </ul>
  );
}
