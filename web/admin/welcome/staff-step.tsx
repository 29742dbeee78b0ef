/** Who takes appointments: names, and which services each does. Hours begin as the branch's. */
import { ActionIcon, Button, Checkbox, Switch, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { StaffView } from '../../../shared/contract/staff.ts';
import { inLanguage } from '../../../shared/i18n/language.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { Icon } from '../../ui/icon.tsx';
import { newKey } from '../../ui/new-key.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';
import { SaveNext } from './save-next.tsx';
import type { StepProps } from './step-props.ts';
import { LoadingBlock } from '../loading.tsx';
import { useServices } from './use-services.ts';

interface Draft {
  /** tells rows apart while they are edited */
  key: string;
  first_name: string;
  last_name: string;
  /** null: every service */
  services: readonly string[] | null;
}
const newDraft = (): Draft => ({ key: newKey(), first_name: '', last_name: '', services: null });
const MAX_PEOPLE = 20;

export function StaffStep({ branch, onDone }: StepProps) {
  const { t, language } = useWords();
  const { api } = useAdmin();
  const services = useServices();
  const staff = useAnswer<{ data: StaffView[] }>(
    'staff',
    (signal) => api.get('/api/v1/staff', { limit: 100 }, signal),
    { language },
  );
  const [people, setPeople] = useState<readonly Draft[]>([newDraft()]);
  const [isChecked, setChecked] = useState(false);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  const failed = services.fault ?? staff.fault;
  if (failed)
    return (
      <FaultAlert fault={failed} onRetry={async () => void (await Promise.all([services.reload(), staff.reload()]))} />
    );
  if (services.body === null || staff.body === null) return <LoadingBlock h={240} />;
  const offered = services.body.data;
  const known = staff.body.data;
  const set = (n: number, change: Partial<Draft>): void =>
    setPeople((before) => before.map((one, i) => (i === n ? { ...one, ...change } : one)));

  async function save(): Promise<void> {
    setChecked(true);
    if (people.some((one) => one.first_name.trim() === '')) return;
    setBusy(true);
    setFault(null);
    const answer = await api.post(
      '/api/v1/onboarding/people',
      {
        branch_id: branch?.id,
        people: people.map(({ first_name, last_name, services: some }) => ({
          first_name,
          last_name,
          ...(some === null ? {} : { service_ids: some }),
        })),
      },
      newKey(),
    );
    setBusy(false);
    if (!answer.ok) return setFault(answer.fault);
    await onDone();
  }

  return (
    <>
      {known.length > 0 && (
        <Text>{t('welcome.have_staff', { names: known.map((one) => one.first_name).join(', ') })}</Text>
      )}
      {people.map((person, n) => (
        <div key={person.key} className="welcome-person">
          <div className="welcome-name">
            <TextInput
              label={t('welcome.first_name')}
              autoComplete="off"
              value={person.first_name}
              error={isChecked && person.first_name.trim() === '' && t('welcome.name_missing')}
              onChange={(event) => set(n, { first_name: event.currentTarget.value })}
            />
            <TextInput
              label={t('welcome.last_name')}
              autoComplete="off"
              value={person.last_name}
              onChange={(event) => set(n, { last_name: event.currentTarget.value })}
            />
            {people.length > 1 && (
              <ActionIcon
                variant="subtle"
                color="gray"
                className="control-square"
                aria-label={`${t('welcome.remove_person')} ${n + 1}`}
                onClick={() => setPeople((before) => before.toSpliced(n, 1))}
              >
                <Icon name="cross" size={16} />
              </ActionIcon>
            )}
          </div>
          {offered.length > 0 && (
            <Switch
              label={t('welcome.does_all')}
              checked={person.services === null}
              onChange={(event) => set(n, { services: event.currentTarget.checked ? null : [] })}
            />
          )}
          {person.services !== null && (
            <Checkbox.Group
              aria-label={t('welcome.step.services')}
              value={[...person.services]}
              onChange={(chosen) => set(n, { services: chosen })}
            >
              <div className="kit-boxes">
                {offered.map((service) => (
                  <Checkbox key={service.id} value={service.id} label={inLanguage(service.name, language)} />
                ))}
              </div>
            </Checkbox.Group>
          )}
        </div>
      ))}
      {people.length < MAX_PEOPLE && (
        <div>
          <Button
            variant="subtle"
            leftSection={<Icon name="plus" size={16} />}
            onClick={() => setPeople((before) => [...before, newDraft()])}
          >
            {t('welcome.add_person')}
          </Button>
        </div>
      )}
      {fault && <FaultAlert fault={fault} />}
      <SaveNext isBusy={isBusy} onSave={save} />
    </>
  );
}
