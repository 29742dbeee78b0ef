/** What the team has written about a customer: pinned notes first, and a form to write or change one. Drawn on the customer's page. */
import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  NativeSelect,
  Skeleton,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import type { CustomerNote } from '../../../shared/contract/customer-notes.ts';
import type { Customer } from '../../../shared/contract/customers.ts';
import { CUSTOMER_NOTE_TYPES } from '../../../shared/message-sets.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { dayAndTime } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { ShortForm, useShortForm } from '../kit/short-form.tsx';
import { FaultAlert, StatusBadge } from '../page-parts.tsx';

const ROWS = 25;
const LIST = '/api/v1/notes';
const pathOf = ({ id }: Pick<CustomerNote, 'id'>): string => `${LIST}/${encodeURIComponent(id)}`;

export function NotesCard({ row }: { row: Customer }) {
  const { t, language } = useWords();
  const { api } = useAdmin();
  const mayWrite = useMay('create_notes');
  /** the note that is being changed; `new`: one that is being written */
  const [open, setOpen] = useState<CustomerNote | 'new' | null>(null);
  const [removed, setRemoved] = useState<CustomerNote | null>(null);
  const [failed, setFailed] = useState<ApiFault | null>(null);
  const query = { customer_id: row.id, sort: '-pinned', limit: ROWS };
  const { body, fault, isLoading, reload } = useAnswer(
    `notes ${row.id}`,
    (signal) => api.get<{ data: CustomerNote[]; meta: { has_more: boolean } }>(LIST, query, signal),
    { language },
  );
  const saved = async (): Promise<void> => {
    setOpen(null);
    await reload();
  };
  async function run(work: () => ReturnType<typeof api.post<unknown>>): Promise<boolean> {
    setFailed(null);
    const answer = await work();
    if (!answer.ok) setFailed(answer.fault);
    else await reload();
    return answer.ok;
  }
  const notes = body?.data ?? [];
  return (
    <Stack gap="sm">
      {fault && <FaultAlert fault={fault} onRetry={reload} />}
      {failed && <FaultAlert fault={failed} />}
      {body === null && isLoading && <Skeleton h={48} />}
      {body !== null && notes.length === 0 && open === null && <Text c="dimmed">{t('notes.empty')}</Text>}
      <Stack component="ul" gap="md" p={0} m={0} className="plain-list">
        {notes.map((note) => (
          <li key={note.id}>
            {open !== null && open !== 'new' && open.id === note.id ? (
              <NoteForm customerId={row.id} note={note} onSaved={saved} onClose={() => setOpen(null)} />
            ) : (
              <Note
                note={note}
                onEdit={() => setOpen(note)}
                onPin={() => void run(() => api.patch(pathOf(note), { pinned: !note.pinned }))}
                onRemove={async () => {
                  if (await run(() => api.delete(pathOf(note)))) setRemoved(note);
                }}
              />
            )}
          </li>
        ))}
      </Stack>
      {removed !== null && (
        <Group role="status" justify="space-between">
          <Text>{t('notes.removed')}</Text>
          <Button
            variant="subtle"
            leftSection={<Icon name="undo" size={16} />}
            onClick={async () => {
              if (await run(() => api.post(`${pathOf(removed)}/restore`, {}))) setRemoved(null);
            }}
          >
            {t('notes.undo')}
          </Button>
        </Group>
      )}
      {mayWrite && open !== 'new' && (
        <div>
          <Button variant="default" leftSection={<Icon name="plus" size={16} />} onClick={() => setOpen('new')}>
            {t('notes.add')}
          </Button>
        </div>
      )}
      {open === 'new' && <NoteForm customerId={row.id} note={null} onSaved={saved} onClose={() => setOpen(null)} />}
    </Stack>
  );
}

interface NoteProps {
  note: CustomerNote;
  onEdit: () => void;
  onPin: () => void;
  onRemove: () => Promise<void>;
}

function Note({ note, onEdit, onPin, onRemove }: NoteProps) {
  const { t, language } = useWords();
  const { me } = useAdmin();
  const [mayEdit, mayRemove] = [useMay('edit_notes'), useMay('delete_notes')];
  const name = note.subject || t(`notes.type.${note.type}`);
  return (
    <Stack gap={4}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Group gap="xs">
          {note.subject !== '' && <Text fw={600}>{note.subject}</Text>}
          {note.pinned && <StatusBadge look={{ tone: 'primary', icon: 'star' }}>{t('notes.pinned')}</StatusBadge>}
          {note.type !== 'general' && (
            <StatusBadge look={{ tone: note.type === 'complaint' ? 'warning' : 'info', icon: 'chat' }}>
              {t(`notes.type.${note.type}`)}
            </StatusBadge>
          )}
        </Group>
        <Group gap={4} wrap="nowrap">
          {mayEdit && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t(note.pinned ? 'notes.unpin' : 'notes.pin', { name })}
              onClick={onPin}
            >
              <Icon name="star" size={16} />
            </ActionIcon>
          )}
          {mayEdit && (
            <ActionIcon variant="subtle" color="gray" aria-label={t('notes.edit', { name })} onClick={onEdit}>
              <Icon name="pen" size={16} />
            </ActionIcon>
          )}
          {mayRemove && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('notes.remove', { name })}
              onClick={() => void onRemove()}
            >
              <Icon name="bin" size={16} />
            </ActionIcon>
          )}
        </Group>
      </Group>
      <Text className="pre-line">{note.text}</Text>
      <Text size="sm" c="dimmed">
        {[
          note.author_name,
          dayAndTime(note.created_at, me.tenant.time_zone, language),
          note.visibility === 'management' ? t('notes.management') : null,
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
    </Stack>
  );
}

interface FormProps {
  customerId: string;
  note: CustomerNote | null;
  onSaved: () => Promise<void>;
  onClose: () => void;
}

function NoteForm({ customerId, note, onSaved, onClose }: FormProps) {
  const { t } = useWords();
  const { api } = useAdmin();
  const mayReadMedical = useMay('view_medical_notes');
  const form = useShortForm({
    subject: note?.subject ?? '',
    text: note?.text ?? '',
    type: note?.type ?? 'general',
    pinned: note?.pinned ?? false,
    visibility: note?.visibility ?? 'staff',
  });
  const { values, set } = form;

  const submit = (): void =>
    void form.send(
      (key) =>
        note === null
          ? api.post<unknown>(LIST, { ...values, customer_id: customerId }, key)
          : api.patch<unknown>(pathOf(note), values),
      onSaved,
    );

  return (
    <ShortForm
      form={form}
      label={t('notes.save')}
      isReady={values.text.trim() !== ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t('notes.subject')}
        maxLength={120}
        value={values.subject}
        onChange={(event) => set({ subject: event.currentTarget.value })}
      />
      <Textarea
        label={t('notes.text')}
        required
        autosize
        minRows={3}
        maxRows={12}
        maxLength={4000}
        value={values.text}
        onChange={(event) => set({ text: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('notes.type')}
        value={values.type}
        onChange={(event) => set({ type: event.currentTarget.value as CustomerNote['type'] })}
        data={CUSTOMER_NOTE_TYPES.filter((type) => type !== 'medical' || mayReadMedical).map((value) => ({
          value,
          label: t(`notes.type.${value}`),
        }))}
      />
      <Checkbox
        label={t('notes.pinned')}
        checked={values.pinned}
        onChange={(event) => set({ pinned: event.currentTarget.checked })}
      />
      <Checkbox
        label={t('notes.for_management')}
        checked={values.visibility === 'management'}
        onChange={(event) => set({ visibility: event.currentTarget.checked ? 'management' : 'staff' })}
      />
    </ShortForm>
  );
}
