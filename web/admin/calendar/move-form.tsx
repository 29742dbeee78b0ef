/** Moving without a mouse: day, person, the free times to choose from, or a time of one's own; conflicts offer alternatives. */
import { Alert, Button, Group, NativeSelect, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { CalendarAppointment, CalendarDay, OfferedSlot } from '../../../shared/contract/appointments.ts';
import type { SimpleAvailabilityRequest, SimpleAvailabilityResponse } from '../../../shared/contract/availability.ts';
import { dateOf, instantsOf, isWallDate, timeOf } from '../../../shared/time.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { DateField } from '../../ui/date-field.tsx';
import { shortWallDate } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { skeletonKeys } from '../../ui/skeleton-keys.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { readTime } from '../../ui/wall-text.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { TimeInput } from '../kit/time-fields.tsx';
import { FaultAlert } from '../page-parts.tsx';
import type { MoveOutcome, MoveInput, RefusedMove } from './use-appointment-commands.tsx';

/** Chips shown at most; a day of 15-minute steps has more than anybody reads. */
const MAX_CHIPS = 40;
const SKELETON_CHIPS = 8;

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
  const [reason, setReason] = useState('');
  const [outcome, setOutcome] = useState<MoveOutcome | null>(refused?.outcome ?? null);
  const [isBusy, setBusy] = useState(false);

  const wall = readTime(clock);
  const instant = isWallDate(date) && wall !== null ? instantsOf(date, wall, zone)[0] : undefined;
  const isUnchanged =
    instant !== undefined && instant === Date.parse(appointment.starts_at) && staffId === appointment.staff_id;

  async function send(startsAt: string, toStaff: string, confirm: boolean): Promise<void> {
    setBusy(true);
    const answer = await move({ startsAt, staffId: toStaff, reason: reason || t('move.reason_default'), confirm });
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
          appointment={appointment}
          branchId={day.branch.id}
          date={date}
          staffId={staffId}
          chosen={wall}
          onChoose={setClock}
        />
      )}
      <TimeInput
        label={t('move.other_time')}
        value={clock}
        error={isWallDate(date) && wall !== null && instant === undefined ? t('move.no_such_time') : undefined}
        onChange={(value) => setClock(value)}
      />
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
          <Button loading={isBusy} disabled={instant === undefined || isUnchanged} onClick={() => submit(false)}>
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
  const { t, language } = useWords();
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
            {offers.map((slot) => (
              <Button
                key={`${slot.starts_at}${slot.staff_id}`}
                size="xs"
                variant="default"
                disabled={isBusy}
                onClick={() => onTake(slot)}
              >
                {t('move.alternative', {
                  date: shortWallDate(slot.date, language),
                  time: slot.time,
                  staff: slot.staff_name,
                })}
              </Button>
            ))}
          </Stack>
        </Alert>
      );
    }
  }
}

interface FreeTimesProps {
  appointment: CalendarAppointment;
  branchId: string;
  date: string;
  staffId: string;
  /** null: what stands in the field is no time */
  chosen: string | null;
  onChoose: (time: string) => void;
}

function FreeTimes({ appointment, branchId, date, staffId, chosen, onChoose }: FreeTimesProps) {
  const { t, language } = useWords();
  const { api } = useAdmin();
  const loaded = useAnswer<SimpleAvailabilityResponse>(
    `${date}/${staffId}`,
    () =>
      api.post('/api/v2/availability/simple', {
        date,
        branch_id: branchId,
        service_id: appointment.service.id,
        staff_id: staffId,
      } satisfies SimpleAvailabilityRequest),
    { language },
  );
  // Not being able to suggest must not keep anybody from moving: the time field below stays.
  if (loaded.fault as ApiFault | null) return null;
  const times = [...new Set((loaded.body?.slots ?? []).map((slot) => slot.start))].slice(0, MAX_CHIPS);
  return (
    <div>
      <Text mb={6}>{t('move.free')}</Text>
      {loaded.body === null ? (
        <div className="free-times" role="status" aria-label={t('move.loading')}>
          {skeletonKeys(SKELETON_CHIPS).map((key) => (
            <Skeleton key={key} className="free-time" />
          ))}
        </div>
      ) : times.length === 0 ? (
        <Text c="dimmed">{t('move.none')}</Text>
      ) : (
        <fieldset className="free-times" aria-label={t('move.free')}>
          {times.map((slot) => (
            <button
              key={slot}
              type="button"
              className="free-time"
              aria-pressed={slot === chosen}
              onClick={() => onChoose(slot)}
            >
              {slot}
            </button>
          ))}
        </fieldset>
      )}
    </div>
  );
}
