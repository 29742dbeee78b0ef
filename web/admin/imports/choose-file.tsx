/** A file is chosen and sent: to a new import, or to one that has none that could be read. Drawn by the pages of imports. */
import { Button, Stack, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import type { CreateImport, ImportView } from '../../../shared/contract/imports.ts';
import { MAX_IMPORT_BYTES } from '../../../shared/import-sets.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { Icon } from '../../ui/icon.tsx';
import { newKey } from '../../ui/new-key.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';

/** Ends of names and types by the kind of import. */
export const ACCEPTED = {
  customers: '.csv,.txt,.tsv,text/csv',
  busy_times: '.ics,.ical,.ifb,text/calendar',
} as const;

interface ChooseFileProps {
  /** what begins, or the import that a file is sent to once more */
  begin: Omit<CreateImport, 'file_name'> | { id: string };
  accept: string;
  /** what kind of file is chosen */
  kind: ImportView['kind'];
  onSent: (sent: ImportView) => void;
}

export function ChooseFile({ begin, accept, kind, onSent }: ChooseFileProps) {
  const { t } = useWords();
  const { api } = useAdmin();
  const [isSending, setSending] = useState(false);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isTooLarge, setTooLarge] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const send = async (file: File): Promise<void> => {
    setFault(null);
    setTooLarge(file.size > MAX_IMPORT_BYTES);
    if (file.size > MAX_IMPORT_BYTES) return;
    setSending(true);
    const made =
      'id' in begin
        ? ({ ok: true, body: { data: { id: begin.id } } } as const)
        : await api.post<{ data: ImportView }>(
            '/api/v1/imports',
            { ...begin, file_name: file.name.slice(-200) },
            newKey(),
          );
    const sent = made.ok
      ? await api.upload<{ data: ImportView }>(`/api/v1/imports/${encodeURIComponent(made.body.data.id)}/file`, file)
      : made;
    setSending(false);
    if (sent.ok) onSent(sent.body.data);
    else setFault(sent.fault);
  };
  return (
    <Stack gap="sm" align="flex-start">
      {fault && <FaultAlert fault={fault} />}
      {isTooLarge && (
        <Text c="red" role="alert">
          {t('imports.too_large')}
        </Text>
      )}
      <input
        ref={input}
        type="file"
        className="sr-only"
        tabIndex={-1}
        aria-hidden="true"
        accept={accept}
        {...{ [kind === 'busy_times' ? 'data-imports-calendar' : 'data-imports-file']: '' }}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) void send(file);
        }}
      />
      <Button loading={isSending} leftSection={<Icon name="upload" size={16} />} onClick={() => input.current?.click()}>
        {t(
          'id' in begin ? 'imports.choose_other' : kind === 'busy_times' ? 'imports.choose_calendar' : 'imports.choose',
        )}
      </Button>
      {isSending && <Text role="status">{t('imports.sending')}</Text>}
    </Stack>
  );
}
