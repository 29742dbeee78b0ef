/** What each column is: guessed or remembered, and changed here. Drawn by the page of an import. */
import { Alert, Button, NativeSelect, Paper, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { CheckImport, ImportView } from '../../../shared/contract/imports.ts';
import { IMPORT_FIELDS, type ImportField, REPEATED_FIELDS } from '../../../shared/import-sets.ts';
import { useAdmin, useWords } from '../admin-context.tsx';

interface ColumnsStepProps {
  one: ImportView;
  isBusy: boolean;
  onCheck: (mapping: Pick<CheckImport, 'fields' | 'branch_id'>) => void;
}

const NAMING: readonly ImportField[] = ['first_name', 'last_name', 'name', 'phone', 'email'];

export function ColumnsStep({ one, isBusy, onCheck }: ColumnsStepProps) {
  const { t } = useWords();
  const { me } = useAdmin();
  const [fields, setFields] = useState(() => one.columns.map(({ field }) => field));
  const [branch, setBranch] = useState(one.branch_id ?? '');
  const [isJudged, setJudged] = useState(false);
  const doubled = [
    ...new Set(
      fields.filter(
        (field, i): field is ImportField =>
          field !== null && !REPEATED_FIELDS.has(field) && fields.indexOf(field) !== i,
      ),
    ),
  ];
  const namesNobody = !fields.some((field) => field !== null && NAMING.includes(field));
  const hasConsent = fields.some((field) => field?.startsWith('consent_'));
  const lacksConsent = hasConsent && (!fields.includes('consent_at') || !fields.includes('consent_source'));
  const check = (): void => {
    setJudged(true);
    if (doubled.length > 0 || namesNobody) return;
    onCheck({ fields, branch_id: (branch === '' ? null : branch) as CheckImport['branch_id'] });
  };
  // Headers may repeat; columns stay where they are.
  const columns = one.columns.map((column, at) => ({ ...column, at }));
  const options = [
    { value: '', label: t('imports.left_out') },
    ...IMPORT_FIELDS.map((value) => ({ value, label: t(`imports.field.${value}`) })),
  ];
  return (
    <Paper withBorder p="md">
      <Stack gap="md">
        <Text c="dimmed">{t('imports.columns_hint')}</Text>
        <ul className="kit-plain imports-columns">
          {columns.map(({ header, samples, at }) => (
            <li key={at}>
              <div>
                <strong className="imports-name">{header === '' ? `${t('imports.column')} ${at + 1}` : header}</strong>
                <Text size="sm" c="dimmed" className="imports-samples">
                  {samples.filter((sample) => sample !== '').join(' · ')}
                </Text>
              </div>
              <NativeSelect
                aria-label={t('imports.becomes_of', { name: header === '' ? String(at + 1) : header })}
                data={options}
                value={fields[at] ?? ''}
                onChange={({ currentTarget: { value } }) =>
                  setFields((before) =>
                    before.map((field, i) =>
                      at === i ? ((value === '' ? null : value) as ImportField | null) : field,
                    ),
                  )
                }
              />
            </li>
          ))}
        </ul>
        {me.branches.length > 1 && (
          <NativeSelect
            label={t('imports.branch')}
            description={t('imports.branch_hint')}
            className="imports-branch"
            data={[
              { value: '', label: t('imports.branch_main') },
              ...me.branches.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={branch}
            onChange={({ currentTarget: { value } }) => setBranch(value)}
          />
        )}
        {lacksConsent && <Alert color="yellow">{t('imports.consent_hint')}</Alert>}
        {isJudged && namesNobody && (
          <Alert color="red" role="alert">
            {t('imports.needs_name')}
          </Alert>
        )}
        {isJudged && doubled.length > 0 && (
          <Alert color="red" role="alert">
            {t('imports.doubled', { fields: doubled.map((field) => t(`imports.field.${field}`)).join(', ') })}
          </Alert>
        )}
        <div>
          <Button loading={isBusy} onClick={check}>
            {t('imports.check')}
          </Button>
        </div>
      </Stack>
    </Paper>
  );
}
