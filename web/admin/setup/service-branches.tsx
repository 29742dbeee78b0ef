/** A service in each branch: whether it is offered there, how long it takes, what it costs. Drawn by its detail page. */
import { Alert, Button, Group, Stack, Switch, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useDataProvider, useGetList, useRefresh } from 'ra-core';
import { useState } from 'react';
import type { BranchView } from '../../../shared/contract/branches.ts';
import type { ServiceView } from '../../../shared/contract/services.ts';
import { inLanguage } from '../../../shared/i18n/language.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { money } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { useMay, useWords } from '../admin-context.tsx';
import { type Agreement, faultOfError, type PanelDataProvider, RETRY } from '../data-provider.ts';
import { StrandedAlert, strandingOf } from '../kit/stranded.tsx';
import { UnsavedGuard } from '../kit/unsaved-guard.tsx';
import { FaultAlert } from '../page-parts.tsx';
import { type BranchLine, linesOf, termsBodyOf } from './branch-terms.ts';
import { lengthText } from './shared-parts.ts';
import { LoadingBlock } from '../loading.tsx';

/** More branches than a page of the API has, no business of ours has. */
const ALL = { pagination: { page: 1, perPage: 100 }, filter: { sort: 'name' } } as const;

export function ServiceBranches({ row }: { row: ServiceView }) {
  const { t } = useWords();
  const maySee = useMay('view_branches');
  const { data, error, refetch } = useGetList<BranchView>('branches', ALL, { ...RETRY, enabled: maySee });
  const fault = error ? faultOfError(error) : null;
  if (!maySee) return <Text c="dimmed">{t('branches.forbidden')}</Text>;
  if (fault && !data) return <FaultAlert fault={fault} onRetry={() => void refetch()} />;
  if (!data) return <LoadingBlock h={120} />;
  // Another version is another table: what somebody has typed over the older one is asked about by the guard.
  return <Table key={row.version} row={row} branches={data} />;
}

function Table({ row, branches }: { row: ServiceView; branches: readonly BranchView[] }) {
  const words = useWords();
  const { t, language } = words;
  const mayEdit = useMay('edit_services');
  const provider = useDataProvider<PanelDataProvider>();
  const refresh = useRefresh();
  const [stored] = useState(() => linesOf(row, branches, language));
  const [lines, setLines] = useState(stored);
  const [problems, setProblems] = useState<ReadonlyMap<string, 'minutes' | 'price'>>(new Map());
  const [isNowhere, setNowhere] = useState(false);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isDirty = JSON.stringify(lines) !== JSON.stringify(stored);
  const isComposite = row.segments.length > 0;
  const stranding = strandingOf(fault);
  const price = money(row.price_cents, row.currency, language);

  const set = (branchId: string, change: Partial<BranchLine>): void => {
    setLines((before) => before.map((line) => (line.branchId === branchId ? { ...line, ...change } : line)));
    setFault(null);
    setNowhere(false);
    setProblems(new Map());
  };

  async function save(agreement?: Agreement): Promise<void> {
    const made = termsBodyOf(lines, row);
    if (!('body' in made)) {
      setProblems(made.problems);
      setNowhere(made.isNowhere);
      return;
    }
    setBusy(true);
    try {
      await provider.update<ServiceView>('services', {
        id: row.id,
        data: made.body,
        previousData: row,
        meta: agreement,
      });
      notifications.show({ message: t('kit.saved', { name: inLanguage(row.name, language) }) });
      refresh();
    } catch (error) {
      setFault(faultOfError(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Stack gap="sm">
        <Text c="dimmed" size="sm">
          {t('services.branches_hint_table')}
        </Text>
        <table className="branch-terms">
          <caption className="sr-only">{t('services.section.branches')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('services.offered_at')}</th>
              <th scope="col">{t('services.duration')}</th>
              <th scope="col">{t('services.price')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.branchId}>
                <th scope="row">
                  <Switch
                    label={line.name}
                    checked={line.isOffered}
                    disabled={!mayEdit}
                    onChange={(event) => set(line.branchId, { isOffered: event.currentTarget.checked })}
                  />
                </th>
                <td>
                  {isComposite ? (
                    <Text size="sm">{t('services.length_of_steps')}</Text>
                  ) : (
                    <TextInput
                      aria-label={`${t('services.duration')}, ${line.name}`}
                      placeholder={lengthText(row.duration_minutes, words)}
                      inputMode="numeric"
                      autoComplete="off"
                      value={line.minutes}
                      disabled={!mayEdit || !line.isOffered}
                      error={problems.get(line.branchId) === 'minutes' && t('services.duration_problem')}
                      rightSection={<span className="kit-unit">{t('unit.minutes')}</span>}
                      rightSectionWidth="3.75rem"
                      rightSectionPointerEvents="none"
                      onChange={(event) => set(line.branchId, { minutes: event.currentTarget.value })}
                    />
                  )}
                </td>
                <td>
                  <TextInput
                    aria-label={`${t('services.price')}, ${line.name}`}
                    placeholder={price}
                    inputMode="decimal"
                    autoComplete="off"
                    value={line.price}
                    disabled={!mayEdit || !line.isOffered}
                    error={problems.get(line.branchId) === 'price' && t('kit.amount_problem')}
                    rightSection={<span className="kit-unit">{row.currency}</span>}
                    rightSectionWidth="3.75rem"
                    rightSectionPointerEvents="none"
                    onChange={(event) => set(line.branchId, { price: event.currentTarget.value })}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {isNowhere && (
          <Alert color="red" icon={<Icon name="warning" />} role="alert">
            {t('services.offered_nowhere')}
          </Alert>
        )}
        {stranding ? (
          <StrandedAlert
            stranding={stranding}
            confirm={t('strand.save')}
            isBusy={isBusy}
            onConfirm={() => void save({ confirmToken: stranding.confirm_token })}
            onBack={() => setFault(null)}
          />
        ) : (
          fault && <FaultAlert fault={fault} />
        )}
        {mayEdit && isDirty && !stranding && (
          <Group gap="xs">
            <Button type="submit" loading={isBusy}>
              {t('kit.save')}
            </Button>
            <Button
              variant="default"
              disabled={isBusy}
              onClick={() => {
                setLines(stored);
                setFault(null);
                setProblems(new Map());
                setNowhere(false);
              }}
            >
              {t('kit.discard')}
            </Button>
          </Group>
        )}
      </Stack>
      <UnsavedGuard isDirty={isDirty && !isBusy} />
    </form>
  );
}
