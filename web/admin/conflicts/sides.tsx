/** Both sides of a conflict next to each other, and what is in the way. Drawn on its detail page. */
import { Anchor, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import type { ConflictAppointment, ConflictSide, ConflictView } from '../../../shared/contract/conflicts.ts';
import { dayAndTime, time } from '../../ui/format.ts';
import { useWords } from '../admin-context.tsx';
import { appointmentPath } from '../appointment-path.ts';

export function Sides({ row }: { row: ConflictView }) {
  const { t } = useWords();
  return (
    <SimpleGrid cols={{ base: 1, sm: row.in_the_way ? 3 : 2 }}>
      <Side title={t('conflicts.ours')} side={row.ours} zone={row.time_zone} appointment={row.ours} />
      <Side title={t('conflicts.theirs')} side={row.theirs} zone={row.time_zone} />
      {row.in_the_way && (
        <Side
          title={t('conflicts.in_the_way')}
          side={row.in_the_way}
          zone={row.time_zone}
          appointment={row.in_the_way}
        />
      )}
    </SimpleGrid>
  );
}

interface SideProps {
  title: string;
  side: ConflictSide | null;
  zone: string;
  /** of an appointment here: leads to it */
  appointment?: ConflictAppointment | null;
}

function Side({ title, side, zone, appointment = null }: SideProps) {
  const { t, language } = useWords();
  if (side === null)
    return (
      <Stack gap={2}>
        <Title order={3}>{title}</Title>
        <Text c="dimmed">{t('conflicts.nothing_here')}</Text>
      </Stack>
    );
  const hours = `${dayAndTime(side.starts_at, zone, language)}–${time(side.ends_at, zone, language)}`;
  return (
    <Stack gap={2}>
      <Title order={3}>{title}</Title>
      {appointment === null ? (
        <Text className="figures">{hours}</Text>
      ) : (
        <Anchor component={Link} to={appointmentPath({ ...appointment, time_zone: zone })} className="figures">
          {hours}
        </Anchor>
      )}
      <Text>{side.service_name ?? t('conflicts.unknown')}</Text>
      <Text>{side.staff_name ?? t('conflicts.unknown')}</Text>
    </Stack>
  );
}
