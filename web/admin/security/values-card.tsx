/** Old and new values of an entry of the activity log, field by field. Drawn on its page. */
import { Table, Text } from '@mantine/core';
import type { ActivityDetailView } from '../../../shared/contract/activity.ts';
import { useWords } from '../admin-context.tsx';

/** A value as it is stored: texts as they are, everything else as JSON. */
const shown = (value: unknown): string =>
  value === undefined || value === null ? '–' : typeof value === 'string' ? value : JSON.stringify(value);

/** What a D1 command kept beside the row, and what an object kept within it, by field. */
function pairsOf({ before, after, changes }: ActivityDetailView): [field: string, before: unknown, after: unknown][] {
  const kept = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return [
    ...Object.entries(changes ?? {}).map(([field, [from, to]]): [string, unknown, unknown] => [field, from, to]),
    ...kept.map((field): [string, unknown, unknown] => [field, before?.[field], after?.[field]]),
  ];
}

export function ValuesCard({ row }: { row: ActivityDetailView }) {
  const { t } = useWords();
  const pairs = pairsOf(row);
  if (pairs.length === 0)
    return (
      <>
        {row.fields.length > 0 && <Text>{`${t('activity.fields')}: ${row.fields.join(', ')}`}</Text>}
        <Text c="dimmed">{t('activity.no_values')}</Text>
      </>
    );
  return (
    <Table.ScrollContainer minWidth={0}>
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('activity.field')}</Table.Th>
            <Table.Th>{t('activity.before')}</Table.Th>
            <Table.Th>{t('activity.after')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {pairs.map(([field, before, after]) => (
            <Table.Tr key={field}>
              <Table.Td>{field}</Table.Td>
              <Table.Td className="wrap-anywhere">{shown(before)}</Table.Td>
              <Table.Td className="wrap-anywhere">{shown(after)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
