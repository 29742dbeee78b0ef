/** Of a calendar: whom its events make busy, what it is called, and whether titles are kept. Drawn by the page of an import. */
import { Button, Checkbox, NativeSelect, Paper, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { CheckImport, ImportView } from '../../../shared/contract/imports.ts';
import type { StaffView } from '../../../shared/contract/staff.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';
import { personName } from '../setup/references.ts';

interface PersonStepProps {
  one: ImportView;
  isBusy: boolean;
  onCheck: (choice: object) => void;
}

const STAFF = '/api/v1/staff';
const MAX_PEOPLE = 100;
const MAX_SOURCE = 120;

export function PersonStep({ one, isBusy, onCheck }: PersonStepProps) {
  const { t, language } = useWords();
  const { api, me } = useAdmin();
  const [asked] = useSearchParams();
  const people = useAnswer<{ data: StaffView[] }>(STAFF, (signal) => api.get(STAFF, { limit: MAX_PEOPLE }, signal), {
    language,
  });
  const [staff, setStaff] = useState(one.staff_id ?? asked.get('staff') ?? '');
  const [source, setSource] = useState((one.source ?? one.file_name.replace(/\.\w+$/, '')).slice(0, MAX_SOURCE));
  const [branch, setBranch] = useState('');
  const [titles, setTitles] = useState(one.titles);
  const [isJudged, setJudged] = useState(false);
  const check = (): void => {
    setJudged(true);
    if (staff === '') return;
    const choice: Partial<CheckImport> = {
      staff_id: staff as NonNullable<CheckImport['staff_id']>,
      source: source.trim() === '' ? null : source.trim(),
      branch_id: (branch === '' ? null : branch) as CheckImport['branch_id'],
      titles,
    };
    onCheck(choice);
  };
  return (
    <Paper withBorder p="md">
      <Stack gap="md" className="imports-person">
        <Text c="dimmed">{t('imports.person_hint', { count: one.counts['events'] ?? 0 })}</Text>
        {people.fault && <FaultAlert fault={people.fault} onRetry={people.reload} />}
        <NativeSelect
          label={t('imports.person')}
          error={isJudged && staff === '' ? t('imports.person_needed') : undefined}
          data={[
            { value: '', label: t('imports.person_choose') },
            ...(people.body?.data ?? []).map((one) => ({ value: one.id as string, label: personName(one) })),
          ]}
          value={staff}
          onChange={({ currentTarget: { value } }) => setStaff(value)}
        />
        <TextInput
          label={t('imports.source')}
          description={t('imports.source_hint')}
          maxLength={MAX_SOURCE}
          value={source}
          onChange={({ currentTarget: { value } }) => setSource(value)}
        />
        {me.branches.length > 1 && (
          <NativeSelect
            label={t('imports.zone_of')}
            description={t('imports.zone_hint')}
            data={[
              { value: '', label: t('imports.zone_own') },
              ...me.branches.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={branch}
            onChange={({ currentTarget: { value } }) => setBranch(value)}
          />
        )}
        <Checkbox
          label={t('imports.titles')}
          description={t('imports.titles_hint')}
          checked={titles}
          onChange={({ currentTarget: { checked } }) => setTitles(checked)}
        />
        <div>
          <Button loading={isBusy} onClick={check}>
            {t('imports.check')}
          </Button>
        </div>
      </Stack>
    </Paper>
  );
}
