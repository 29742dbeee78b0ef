/** The weekly hours on the page of a person, a branch or a room, with the way to their form. Named by the views. */
import { Button, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useDataProvider, useGetOne } from 'ra-core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { HoursView } from '../../../shared/contract/hours.ts';
import type { BulkResponse } from '../../../shared/contract/resource-list.ts';
import type { StaffView } from '../../../shared/contract/staff.ts';
import { type ApiFault, faultOf } from '../../ui/api-client.ts';
import { Icon } from '../../ui/icon.tsx';
import { newKey } from '../../ui/new-key.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { faultOfError, RETRY } from '../data-provider.ts';
import { readAll, useChoices } from '../kit/references.tsx';
import { FaultAlert } from '../page-parts.tsx';
import { branchReference, personName } from './references.ts';
import { useHours } from './use-week.ts';
import { asBegun, isOf, limitedRows, minutesOfWeek, type Owner, weekOf } from './week.ts';
import { weekPath } from './week-path.ts';
import { WeekView } from './week-view.tsx';
import { LoadingBlock } from '../loading.tsx';

export const StaffWeek = ({ row }: { row: { id: string } }) => <WeekCard member="staff_id" id={row.id} />;
export const BranchWeek = ({ row }: { row: { id: string } }) => <WeekCard member="branch_id" id={row.id} />;
export const ResourceWeek = ({ row }: { row: { id: string } }) => <WeekCard member="resource_id" id={row.id} />;

function WeekCard(owner: Owner) {
  const { t } = useWords();
  const mayView = useMay('view_working_hours');
  return mayView ? <Hours {...owner} /> : <Text c="dimmed">{t('hours.forbidden')}</Text>;
}

function Hours({ member, id }: Owner) {
  const { t, language } = useWords();
  const mayEdit = useMay('edit_working_hours');
  const { rows, fault, reload } = useHours(member, id);
  if (fault && rows === null) return <FaultAlert fault={fault} onRetry={async () => void (await reload())} />;
  if (rows === null) return <LoadingBlock h={200} />;
  const owner = { member, id };
  const own = rows.filter((row) => isOf(row, owner));
  const week = weekOf(own, owner);
  const minutes = minutesOfWeek(week);
  const limited = limitedRows(own).length;
  return (
    <Stack gap="sm">
      {own.length === 0 ? (
        <Text c="dimmed">{t(member === 'resource_id' ? 'hours.always' : 'hours.none')}</Text>
      ) : (
        <WeekView week={week} off={t(member === 'branch_id' ? 'calendar.closed' : 'hours.closed')} />
      )}
      <div className="kit-card-foot">
        <Text c="dimmed" size="sm" className="figures">
          {minutes > 0 &&
            t('hours.total', { hours: (minutes / 60).toLocaleString(language, { maximumFractionDigits: 1 }) })}
          {limited > 0 && ` · ${t('hours.limited')}: ${limited}`}
        </Text>
        {mayEdit && member === 'staff_id' && own.length === 0 && <AsBranch id={id} onDone={reload} />}
        {mayEdit && (
          <Button component={Link} to={weekPath(owner)} variant="default" leftSection={<Icon name="pen" size={16} />}>
            {t('hours.edit_week')}
          </Button>
        )}
      </div>
    </Stack>
  );
}

/** Begins the week of somebody without hours with what their branch is open; a button for each branch they work at. */
function AsBranch({ id, onDone }: { id: string; onDone: () => Promise<unknown> }) {
  const { t } = useWords();
  const { api } = useAdmin();
  const provider = useDataProvider();
  const { data: person } = useGetOne<StaffView>('staff', { id }, RETRY);
  const branches = useChoices(branchReference);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [busy, setBusy] = useState<string | null>(null);

  async function take(branchId: string): Promise<void> {
    setBusy(branchId);
    setFault(null);
    try {
      setFault(await begin(branchId));
    } catch (error) {
      const read = faultOfError(error);
      if (read === null) throw error;
      setFault(read);
    } finally {
      setBusy(null);
    }
    await onDone();
  }
  async function begin(branchId: string): Promise<ApiFault | null> {
    const branch: Owner = { member: 'branch_id', id: branchId };
    const rows = await readAll<HoursView>(provider, 'working-hours', { branch_id: branchId });
    const items = asBegun(
      weekOf(
        rows.filter((row) => isOf(row, branch)),
        branch,
      ),
      { member: 'staff_id', id },
    );
    if (items.length === 0) return null;
    const answer = await api.post<BulkResponse>('/api/v1/working-hours/bulk', { items }, newKey());
    if (!answer.ok) return answer.fault;
    const refused = answer.body.results.find(({ error }) => error !== null);
    if (refused?.error)
      return faultOf({ status: refused.status, headers: new Headers() }, refused.error, answer.requestId);
    if (person) notifications.show({ message: t('hours.saved', { name: personName(person) }) });
    return null;
  }

  return (
    <>
      {fault && <FaultAlert fault={fault} />}
      {branches
        .filter(({ value }) => person?.branch_ids.some((id) => id === value))
        .map(({ value, label }) => (
          <Button
            key={value}
            leftSection={<Icon name="copy" size={16} />}
            loading={busy === value}
            disabled={busy !== null}
            onClick={() => void take(value)}
          >
            {t('hours.as_branch', { name: label })}
          </Button>
        ))}
    </>
  );
}
