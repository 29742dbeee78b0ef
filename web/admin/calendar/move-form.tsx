/** Moving without a mouse: day, person, the free times to choose from, or a time of one's own; conflicts offer alternatives. */
import { Alert, Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { CalendarAppointment, CalendarDay, OfferedSlot } from '../../../shared/contract/appointments.ts';
import { dateOf, instantsOf, isWallDate, timeOf } from '../../../shared/time.ts';
import { DateField } from '../../ui/date-field.tsx';
import { shortWallDate } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { readTime } from '../../ui/wall-text.ts';
import { useWords } from '../admin-context.tsx';
import { TimeInput } from '../kit/time-fields.tsx';
import { FaultAlert } from '../page-parts.tsx';
import { FreeTimes, SlotOffers } from './free-times.tsx';
import type { MoveOutcome, MoveInput, RefusedMove } from './use-appointment-commands.tsx';

interface MoveFormProps {
  appointment: CalendarAppointment;
  day: CalendarDay;
  refused: RefusedMove | null;
  move: (input: MoveInput) => Promise<MoveOutcome>;
  onDone: () => void;
  onBack: () => void;
}

export function MoveForm({ appointment, day, refused, move, onDone, onBack }: MoveFormProps) {
  const words = useWords();
  const { t, language } = words;
  const zone = day.time_zone;
  const requestedStart = Date.parse(refused?.input.startsAt ?? appointment.starts_at);
  const [date, setDate] = useState(dateOf(requestedStart, zone));
  const [clock, setClock] = useState(timeOf(requestedStart, zone));
  const [staffId, setStaffId] = useState(refused?.input.staffId ?? appointment.staff_id);
  const ownMinutes = (Date.parse(appointment.ends_at) - Date.parse(appointment.starts_at)) / 60_000;
  const [length, setLength] = useState(String(refused?.input.minutes ?? ownMinutes));
  const [reason, setReason] = useState('');
  const [outcome, setOutcome] = useState<MoveOutcome | null>(refused?.outcome ?? null);
  const [isBusy, setBusy] = useState(false);

  const wall = readTime(clock);
  const instant = isWallDate(date) && wall !== null ? instantsOf(date, wall, zone)[0] : undefined;
  // What several steps are made of has the length of its steps.
  const hasLength = appointment.segments.length <= 1;
  const minutes = /^\d{1,4}$/.test(length.trim()) && Number(length) > 0 ? Number(length) : null;
  const isOtherLength = hasLength && minutes !== null && minutes !== ownMinutes;
  const isUnchanged =
    instant !== undefined &&
    instant === Date.parse(appointment.starts_at) &&
    staffId === appointment.staff_id &&
    !isOtherLength;

  async function send(startsAt: string, toStaff: string, confirm: boolean): Promise<void> {
    setBusy(true);
    const answer = await move({
      startsAt,
      staffId: toStaff,
      reason: reason || t('move.reason_default'),
      ...(isOtherLength && { minutes }),
      confirm,
    });
    setBusy(false);
    if (answer.kind === 'moved') onDone();
    else setOutcome(answer);
  }
  const submit = (confirm: boolean): void => {
    if (instant !== undefined) void send(new Date(instant).toISOString(), staffId, confirm);
  };

  return (
    <Stack gap="md">
      <Text fw={600} component="h2">
        {t('move.title')}
      </Text>
      <Answer
        outcome={outcome}
        isElsewhere={(slot) =>
          Date.parse(slot.starts_at) !== Date.parse(appointment.starts_at) || slot.staff_id !== appointment.staff_id
        }
        isBusy={isBusy}
        onTake={(slot) => void send(slot.starts_at, slot.staff_id, false)}
      />
      <Group grow align="flex-start">
        <DateField
          words={words}
          label={t('move.date')}
          value={date}
          today={dateOf(Date.now(), zone)}
          onChange={(day) => {
            setDate(day);
            setOutcome(null);
          }}
        />
        <NativeSelect
          label={t('move.staff')}
          value={staffId}
          data={day.staff.map((s) => ({ value: s.id, label: s.name }))}
          onChange={(event) => {
            setStaffId(event.currentTarget.value);
            setOutcome(null);
          }}
        />
      </Group>
      {isWallDate(date) && (
        <FreeTimes
          asked={{
            services: [{ id: appointment.service.id, minutes: isOtherLength ? minutes : undefined }],
            branchId: day.branch.id,
            date,
            staffId,
          }}
          chosen={wall}
          onChoose={(slot) => setClock(slot.start)}
        />
      )}
      <TimeInput
        label={t('move.other_time')}
        value={clock}
        error={isWallDate(date) && wall !== null && instant === undefined ? t('move.no_such_time') : undefined}
        onChange={(value) => setClock(value)}
      />
      {hasLength && (
        <TextInput
          label={t('booking.duration')}
          inputMode="numeric"
          maxLength={4}
          error={minutes === null ? t('booking.length_wrong') : undefined}
          value={length}
          onChange={(event) => setLength(event.currentTarget.value)}
        />
      )}
      <TextInput
        label={t('move.reason')}
        value={reason}
        maxLength={500}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Group grow>
        <Button variant="default" onClick={onBack}>
          {t('action.back')}
        </Button>
        {outcome?.kind === 'policy' ? (
          <Button color="red" loading={isBusy} onClick={() => submit(true)}>
            {t('policy.move_anyway')}
          </Button>
        ) : (
          <Button
            loading={isBusy}
            disabled={instant === undefined || isUnchanged || minutes === null}
            onClick={() => submit(false)}
          >
            {t('move.submit')}
          </Button>
        )}
      </Group>
      {instant !== undefined && !isUnchanged && (
        <Text c="dimmed" role="status">
          {t('move.submit_to', { date: shortWallDate(date, language), time: wall ?? clock })}
        </Text>
      )}
    </Stack>
  );
}

interface AnswerProps {
  outcome: MoveOutcome | null;
  /** false for the place the appointment has now: no alternative to itself */
  isElsewhere: (slot: OfferedSlot) => boolean;
  isBusy: boolean;
  onTake: (slot: OfferedSlot) => void;
}

function Answer({ outcome, isElsewhere, isBusy, onTake }: AnswerProps) {
  const { t } = useWords();
  if (outcome === null) return null;
  switch (outcome.kind) {
    case 'moved':
      return null;
    case 'fault':
      return <FaultAlert fault={outcome.fault} />;
    case 'policy':
      return (
        <Alert color="yellow" icon={<Icon name="warning" />} title={t('policy.move_title')} role="alert">
          <Text>{t('policy.move_warn')}</Text>
        </Alert>
      );
    case 'conflict': {
      const offers = outcome.alternatives.filter(isElsewhere);
      return (
        <Alert color="yellow" icon={<Icon name="warning" />} title={t('move.conflict_title')} role="alert">
          <Stack gap="xs" align="flex-start">
            <Text>{offers.length > 0 ? t('move.conflict_hint') : t('move.conflict_none')}</Text>
            <SlotOffers offers={offers} isBusy={isBusy} onTake={onTake} />
          </Stack>
        </Alert>
      );
    }
  }
}
