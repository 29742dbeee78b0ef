/** What the dry run says, what becomes of duplicates, and the button that begins the run. Drawn by the page of an import. */
import { Alert, Button, Group, NativeSelect, Paper, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { ImportView } from '../../../shared/contract/imports.ts';
import { ROW_CHOICES, type RowChoice, type RowOutcome } from '../../../shared/import-sets.ts';
import { Icon } from '../../ui/icon.tsx';
import { useMay, useWords } from '../admin-context.tsx';
import { OutcomeTabs } from './outcome-tabs.tsx';

interface CheckedStepProps {
  one: ImportView;
  isBusy: boolean;
  onColumns: () => void;
  onRun: (choices: { by_number: RowChoice; by_name: RowChoice }) => void;
}

export function CheckedStep({ one, isBusy, onColumns, onRun }: CheckedStepProps) {
  const { t } = useWords();
  const mayCreate = useMay('create_imports');
  const { counts } = one;
  const [byNumber, setByNumber] = useState<RowChoice>(one.by_number);
  const [byName, setByName] = useState<RowChoice>(one.by_name);
  const ofNumber = counts['duplicates_by_number'] ?? 0;
  const ofName = counts['duplicates_by_name'] ?? 0;
  const count: Record<RowOutcome, number> = {
    new: counts['new'] ?? 0,
    duplicate: ofNumber + ofName,
    refused: counts['refused'] ?? 0,
  };
  const choices = ROW_CHOICES.map((value) => ({ value, label: t(`imports.choice.${value}`) }));
  const left = counts['consents_left_out'] ?? 0;
  return (
    <Stack gap="md">
      <Figures
        figures={[
          [t('imports.rows'), counts['rows'] ?? 0],
          [t('imports.new'), count.new],
          [t('imports.duplicates'), count.duplicate],
          [t('imports.refused'), count.refused],
        ]}
      />
      <Paper withBorder p="md">
        <Stack gap="md">
          {left > 0 && <Alert color="yellow">{t('imports.consents_left_out', { count: left })}</Alert>}
          {mayCreate && count.duplicate > 0 && (
            <div className="imports-choices">
              {ofNumber > 0 && (
                <NativeSelect
                  label={t('imports.by_number', { count: ofNumber })}
                  data={choices}
                  value={byNumber}
                  onChange={({ currentTarget: { value } }) => setByNumber(value as RowChoice)}
                />
              )}
              {ofName > 0 && (
                <NativeSelect
                  label={t('imports.by_name', { count: ofName })}
                  data={choices}
                  value={byName}
                  onChange={({ currentTarget: { value } }) => setByName(value as RowChoice)}
                />
              )}
            </div>
          )}
          {mayCreate &&
            (count.new + count.duplicate === 0 ? (
              <Text c="dimmed">{t('imports.nothing_to_run')}</Text>
            ) : (
              <Group gap="sm">
                <Button loading={isBusy} onClick={() => onRun({ by_number: byNumber, by_name: byName })}>
                  {t('imports.run')}
                </Button>
                <Button variant="default" onClick={onColumns}>
                  {t('imports.change_columns')}
                </Button>
              </Group>
            ))}
          {mayCreate && count.new + count.duplicate === 0 && (
            <Group>
              <Button variant="default" onClick={onColumns}>
                {t('imports.change_columns')}
              </Button>
            </Group>
          )}
          {count.refused > 0 && <RefusedLink id={one.id} />}
        </Stack>
      </Paper>
      <OutcomeTabs
        one={one}
        label={t('imports.rows')}
        words={{ new: t('imports.new'), duplicate: t('imports.duplicates'), refused: t('imports.refused') }}
        count={count}
        order={['duplicate', 'refused', 'new']}
        mayChoose={mayCreate}
      />
    </Stack>
  );
}

/** Figures of a step beside each other. */
export function Figures({ figures }: { figures: readonly (readonly [string, number])[] }) {
  const { language } = useWords();
  const shown = new Intl.NumberFormat(language);
  return (
    <dl className="imports-figures">
      {figures.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="figures">{shown.format(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The refused rows as a file, to be mended and sent again. */
export function RefusedLink({ id }: { id: string }) {
  const { t } = useWords();
  return (
    <div>
      <Button
        component="a"
        href={`/api/v1/imports/${encodeURIComponent(id)}/refused`}
        download
        variant="default"
        leftSection={<Icon name="download" size={16} />}
      >
        {t('imports.download')}
      </Button>
    </div>
  );
}
