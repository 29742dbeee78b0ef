/** What the team has written on an appointment, newest first, and a field to write more. Called by the drawer. */
import { Button, Checkbox, Group, Skeleton, Stack, Text, Textarea } from '@mantine/core';
import { MAX_NOTES } from '../../../shared/calendar-limits.ts';
import type {
  AddAppointmentNoteRequest,
  AddAppointmentNoteResponse,
  AppointmentNoteView,
  AppointmentResponse,
} from '../../../shared/contract/appointments.ts';
import { dayAndTime } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useLiveEvents, useMay, useWords } from '../admin-context.tsx';
import { useShortForm } from '../kit/short-form.tsx';
import { FaultAlert } from '../page-parts.tsx';

/** Nothing for who may not view notes. `zone` of the branch. */
export function AppointmentNotes({ appointmentId, zone }: { appointmentId: string; zone: string }) {
  const { t, language } = useWords();
  const { api } = useAdmin();
  const mayView = useMay('view_notes');
  const mayWrite = useMay('create_notes');
  const path = `/api/v1/appointments/${encodeURIComponent(appointmentId)}`;
  const { body, fault, isLoading, reload } = useAnswer(
    mayView ? path : null,
    (signal) => api.get<AppointmentResponse>(path, {}, signal),
    { language },
  );
  useLiveEvents((change) => {
    if (change.about === 'everything' || change.ids.includes(appointmentId)) void reload();
  });
  if (!mayView) return null;
  const notes = body?.data.staff_notes ?? [];
  return (
    <Stack component="section" gap="sm" aria-label={t('staff_notes.title')}>
      <Text fw={600}>{t('staff_notes.title')}</Text>
      {fault && <FaultAlert fault={fault} onRetry={reload} />}
      {body === null && isLoading && <Skeleton h={48} />}
      {body !== null && notes.length === 0 && <Text c="dimmed">{t('staff_notes.empty')}</Text>}
      {notes.length > 0 && (
        <Stack component="ul" gap="sm" p={0} m={0} className="plain-list">
          {notes.map((note) => (
            <Note key={note.id} note={note} zone={zone} />
          ))}
        </Stack>
      )}
      {mayWrite && <NoteForm path={`${path}/notes`} onAdded={reload} />}
    </Stack>
  );
}

function Note({ note, zone }: { note: AppointmentNoteView; zone: string }) {
  const { t, language } = useWords();
  return (
    <li>
      <Text className="pre-line" {...(note.text === null ? { c: 'dimmed' } : {})}>
        {note.text ?? t('staff_notes.erased')}
      </Text>
      <Text size="sm" c="dimmed">
        {note.author_name ?? t('staff_notes.no_name')} · {dayAndTime(note.at, zone, language)}
        {note.visibility === 'management' && ` · ${t('staff_notes.management')}`}
      </Text>
    </li>
  );
}

const EMPTY: AddAppointmentNoteRequest = { text: '', visibility: 'staff' };

function NoteForm({ path, onAdded }: { path: string; onAdded: () => Promise<void> }) {
  const { t } = useWords();
  const { api } = useAdmin();
  const { values, set, fault, isBusy, send } = useShortForm(EMPTY);
  const submit = (): void =>
    void send(
      (key) => api.post<AddAppointmentNoteResponse>(path, values, key),
      () => {
        set(EMPTY);
        return onAdded();
      },
    );

  return (
    <Stack gap="xs">
      <Textarea
        label={t('staff_notes.text')}
        value={values.text}
        maxLength={MAX_NOTES}
        autosize
        minRows={2}
        maxRows={8}
        onChange={(event) => set({ text: event.currentTarget.value })}
      />
      {fault && <FaultAlert fault={fault} />}
      <Group justify="space-between">
        <Checkbox
          label={t('staff_notes.for_management')}
          checked={values.visibility === 'management'}
          onChange={(event) => set({ visibility: event.currentTarget.checked ? 'management' : 'staff' })}
        />
        <Button
          variant="default"
          leftSection={<Icon name="check" size={16} />}
          loading={isBusy}
          disabled={values.text.trim() === ''}
          onClick={submit}
        >
          {t('staff_notes.add')}
        </Button>
      </Group>
    </Stack>
  );
}
