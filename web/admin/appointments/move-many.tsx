/** The form of moving chosen appointments: by days and minutes, or to somebody else. Loaded by the kit's bar when somebody presses the action. */
import { Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../admin-context.tsx';
import { useChoices } from '../kit/references.tsx';
import type { BulkFormProps } from '../kit/view.ts';
import { staffReference } from '../setup/references.ts';
import { wholeNumber } from './whole-number.ts';
import { ManyForm } from './many-form.tsx';

const [MAX_DAYS, MAX_MINUTES] = [366, 1_440];

export default function MoveMany({ count, onGo, onBack }: BulkFormProps) {
  const { t } = useWords();
  const people = useChoices(staffReference);
  const [days, setDays] = useState('');
  const [minutes, setMinutes] = useState('');
  const [staff, setStaff] = useState('');
  const byDays = wholeNumber(days, MAX_DAYS);
  const byMinutes = wholeNumber(minutes, MAX_MINUTES);
  const isSaid = byDays !== null && byMinutes !== null && (byDays !== 0 || byMinutes !== 0 || staff !== '');
  return (
    <ManyForm
      title={t('appointments.move.title', { count })}
      go={t('appointments.bulk.move')}
      canGo={isSaid}
      onGo={(told) =>
        onGo({
          ...told,
          ...(byDays ? { days: byDays } : {}),
          ...(byMinutes ? { minutes: byMinutes } : {}),
          ...(staff === '' ? {} : { staff_id: staff }),
        })
      }
      onBack={onBack}
    >
      <Group gap="md" align="flex-start">
        <TextInput
          data-autofocus
          autoFocus
          w={120}
          label={t('appointments.move.days')}
          placeholder="+7"
          value={days}
          error={byDays === null && t('kit.whole_number')}
          onChange={(event) => setDays(event.currentTarget.value)}
        />
        <TextInput
          w={120}
          label={t('appointments.move.minutes')}
          placeholder="+30"
          value={minutes}
          error={byMinutes === null && t('kit.whole_number')}
          onChange={(event) => setMinutes(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('appointments.move.staff')}
          value={staff}
          onChange={(event) => setStaff(event.currentTarget.value)}
          data={[{ value: '', label: t('appointments.move.same_staff') }, ...people]}
        />
      </Group>
      <Text size="sm" c="dimmed">
        {t('appointments.move.hint')}
      </Text>
    </ManyForm>
  );
}
