/** The weekly hours on the page of a person, a branch or a room, with the way to their form. Named by the views. */
import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import { Icon } from '../../ui/icon.tsx';
import { useMay, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';
import { useHours } from './use-week.ts';
import { isOf, limitedRows, minutesOfWeek, type Owner, weekOf } from './week.ts';
import { weekPath } from './week-path.ts';
import { WeekView } from './week-view.tsx';

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
  if (rows === null) return <Skeleton h={200} aria-label={t('kit.loading')} />;
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
        {mayEdit && (
          <Button component={Link} to={weekPath(owner)} variant="default" leftSection={<Icon name="pen" size={16} />}>
            {t('hours.edit_week')}
          </Button>
        )}
      </div>
    </Stack>
  );
}
