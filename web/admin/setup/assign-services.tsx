/** Services that a person does not do yet, to be chosen: all at once, or some. Drawn below those they do, on their page. */
import { Button, Checkbox, Group, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useDataProvider, useGetOne } from 'ra-core';
import { useCallback, useEffect, useState } from 'react';
import type { BulkResponse } from '../../../shared/contract/resource-list.ts';
import type { ServiceView } from '../../../shared/contract/services.ts';
import type { StaffView } from '../../../shared/contract/staff.ts';
import { inLanguage } from '../../../shared/i18n/language.ts';
import { type ApiFault, faultOf } from '../../ui/api-client.ts';
import { newKey } from '../../ui/new-key.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { faultOfError, RETRY } from '../data-provider.ts';
import { readAll } from '../kit/references.tsx';
import { FaultAlert } from '../page-parts.tsx';
import { personName } from './references.ts';

/** Items of one bulk request (`MAX_BULK` of the contract). */
const MOST = 50;

/** @param id of the person */
export function AssignServices({ id, onDone }: { id: string; onDone: () => void }) {
  const { t, language } = useWords();
  const { api } = useAdmin();
  const provider = useDataProvider();
  const { data: person } = useGetOne<StaffView>('staff', { id }, RETRY);
  const [services, setServices] = useState<readonly ServiceView[] | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isOpen, setOpen] = useState<boolean | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<ApiFault | null>(null);

  const load = useCallback(async (): Promise<void> => {
    try {
      setServices(await readAll<ServiceView>(provider, 'services', { active: 'true' }));
      setFault(null);
    } catch (error) {
      const read = faultOfError(error);
      if (read === null) throw error;
      setFault(read);
    }
  }, [provider]);
  useEffect(() => {
    void load();
  }, [load]);
  if (fault !== null && services === null) return <FaultAlert fault={fault} onRetry={load} />;
  if (services === null || person === undefined) return null;
  const isDone = (one: ServiceView): boolean => one.staff.some(({ staff_id }) => staff_id === id);
  const isAtTheirs = (one: ServiceView): boolean =>
    one.branch_ids.length === 0 || one.branch_ids.some((branch) => person.branch_ids.includes(branch));
  const others = services.filter((one) => !isDone(one) && isAtTheirs(one));
  if (others.length === 0) return null;
  // Who does nothing yet is about to be given something.
  if (!(isOpen ?? !services.some(isDone)))
    return (
      <Group p="xs">
        <Button variant="subtle" onClick={() => setOpen(true)}>
          {t('staff.assign')}
        </Button>
      </Group>
    );

  async function assign(wanted: readonly ServiceView[]): Promise<void> {
    setBusy(true);
    setFault(null);
    const items = wanted.slice(0, MOST).map((one) => ({
      id: one.id,
      expected_version: one.version,
      staff: [...one.staff, { staff_id: id }],
    }));
    const answer = await api.post<BulkResponse>('/api/v1/services/bulk', { items }, newKey());
    if (!answer.ok) {
      setBusy(false);
      return setFault(answer.fault);
    }
    const refused = answer.body.results.find(({ error }) => error !== null);
    await load();
    setBusy(false);
    setChosen(new Set());
    onDone();
    if (refused?.error)
      return setFault(faultOf({ status: refused.status, headers: new Headers() }, refused.error, answer.requestId));
    if (person) notifications.show({ message: t('staff.assigned', { name: personName(person), count: items.length }) });
  }

  return (
    <Stack gap="sm" p="md">
      {fault && <FaultAlert fault={fault} />}
      <div className="kit-boxes">
        {others.map((one) => (
          <Checkbox
            key={one.id}
            label={inLanguage(one.name, language)}
            checked={chosen.has(one.id)}
            onChange={(event) => {
              const next = new Set(chosen);
              if (event.currentTarget.checked) next.add(one.id);
              else next.delete(one.id);
              setChosen(next);
            }}
          />
        ))}
      </div>
      <Group>
        {chosen.size > 0 ? (
          <Button loading={isBusy} onClick={() => void assign(others.filter((one) => chosen.has(one.id)))}>
            {t('staff.assign_chosen', { count: chosen.size })}
          </Button>
        ) : (
          <Button variant="default" loading={isBusy} onClick={() => void assign(others)}>
            {t('staff.assign_all')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
