/** For how long a company keeps recordings of calls: shown and changed where its agents' recording is switched on. Drawn by agent-recording.tsx. */
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { CompanyView } from '../../../shared/contract/companies.ts';
import { RETENTION } from '../../../shared/retention.ts';
import type { ApiAnswer, ApiFault } from '../../ui/api-client.ts';
import { newKey } from '../../ui/new-key.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';

const { least, most } = RETENTION.recording_days;
const pathOf = (id: string): string => `/api/v1/companies/${encodeURIComponent(id)}`;

/** @param branchId the agent's branch: its company says how long */
export function RecordingDays({ branchId }: { branchId: string }) {
  const { language } = useWords();
  const { api } = useAdmin();
  const maySee = useMay('view_companies');
  const path = maySee ? `/api/v1/branches/${encodeURIComponent(branchId)}` : null;
  const { body, fault, reload } = useAnswer<{ data: CompanyView | null }>(
    path,
    async (signal): Promise<ApiAnswer<{ data: CompanyView | null }>> => {
      const branch = await api.get<{ data: { company_id: string | null } }>(path ?? '', {}, signal);
      if (!branch.ok) return branch;
      const { company_id: id } = branch.body.data;
      return id === null ? { ...branch, body: { data: null } } : api.get(pathOf(id), {}, signal);
    },
    { language },
  );
  if (fault) return <FaultAlert fault={fault} onRetry={reload} />;
  return body?.data && <Days key={body.data.version} company={body.data} onSaved={reload} />;
}

function Days({ company, onSaved }: { company: CompanyView; onSaved: () => Promise<void> }) {
  const { t } = useWords();
  const { api } = useAdmin();
  const mayEdit = useMay('edit_companies');
  const [typed, setTyped] = useState(String(company.recording_days));
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const days = /^\d{1,4}$/.test(typed.trim()) ? Number(typed) : null;
  const isWithin = days !== null && days >= least && days <= most;
  if (!mayEdit)
    return <Text>{t('agents.recording.days_of', { company: company.name, days: company.recording_days })}</Text>;

  async function save(): Promise<void> {
    setBusy(true);
    setFault(null);
    const answer = await api.patch(pathOf(company.id), { recording_days: days }, newKey(), company.version);
    setBusy(false);
    if (!answer.ok) return setFault(answer.fault);
    notifications.show({ message: t('agents.recording.days_saved') });
    await onSaved();
  }
  const isRefused = fault?.errors['recording_days'] !== undefined;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isWithin) void save();
      }}
    >
      <Stack gap="sm" align="flex-start">
        <Group gap="sm" align="flex-end">
          <TextInput
            label={t('agents.recording.days')}
            description={t('agents.recording.days_hint', { company: company.name, least, most })}
            value={typed}
            inputMode="numeric"
            onChange={(event) => setTyped(event.currentTarget.value)}
            error={!isWithin || isRefused ? t('agents.recording.days_problem', { least, most }) : null}
          />
          <Button
            type="submit"
            variant="default"
            loading={isBusy}
            disabled={!isWithin || days === company.recording_days}
          >
            {t('kit.save')}
          </Button>
        </Group>
        {fault && !isRefused && <FaultAlert fault={fault} />}
      </Stack>
    </form>
  );
}
