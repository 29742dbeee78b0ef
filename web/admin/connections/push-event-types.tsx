/**
 * Event types at Cal.com made of the services: first what would be made and changed, then, on request, made, with the outcome of each. Drawn by
 * the card of Cal.com and by the wizard's step.
 */
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { PushEventTypesResponse, PushedType } from '../../../shared/contract/calcom.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { Icon } from '../../ui/icon.tsx';
import { newKey } from '../../ui/new-key.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';

const PUSH = '/api/v2/calcom/push-event-types';
/** Requests of one push: each writes some thirty types. More are a defect of somebody. */
const MAX_REQUESTS = 40;

interface Props {
  /** null: every company of the business */
  companyId: string | null;
  /** what was matched here has changed */
  onPushed?: () => unknown;
}

/** What was told so far; of a push in several requests all of them together. */
type Told = Pick<PushEventTypesResponse, 'results' | 'stopped' | 'people_matched' | 'dry_run'>;

export function PushEventTypes({ companyId, onPushed }: Props) {
  const { t } = useWords();
  const { api } = useAdmin();
  const [told, setTold] = useState<Told | null>(null);
  const [busy, setBusy] = useState<'look' | 'push' | null>(null);
  const [fault, setFault] = useState<ApiFault | null>(null);

  async function ask(isDry: boolean): Promise<void> {
    setBusy(isDry ? 'look' : 'push');
    setFault(null);
    let all: Told = { dry_run: isDry, stopped: false, results: [], people_matched: 0 };
    let after: string | null = null;
    for (let i = 0; i < MAX_REQUESTS; i++) {
      const body: object = {
        ...(companyId === null ? {} : { company_id: companyId }),
        ...(after === null ? {} : { after }),
        dry_run: isDry,
      };
      const answer = await api.post<PushEventTypesResponse>(PUSH, body, newKey());
      if (!answer.ok) {
        setFault(answer.fault);
        break;
      }
      const part: PushEventTypesResponse = answer.body;
      all = {
        dry_run: isDry,
        stopped: part.stopped,
        results: [...all.results, ...part.results],
        people_matched: all.people_matched + part.people_matched,
      };
      setTold(all);
      after = part.next;
      if (after === null) break;
    }
    setBusy(null);
    if (!isDry) await onPushed?.();
  }

  const count = (action: PushedType['action']): number =>
    told?.results.filter((one) => one.action === action).length ?? 0;
  const counts = { created: count('created'), updated: count('updated'), failed: count('failed') };
  const same = count('unchanged');
  const isWork = told?.dry_run === true && (counts.created > 0 || counts.updated > 0 || told.people_matched > 0);
  return (
    <Stack gap="sm" align="stretch">
      <Text size="sm" c="dimmed">
        {t('connections.types_hint')}
      </Text>
      <Group gap="sm">
        <Button
          variant="default"
          loading={busy === 'look'}
          disabled={busy === 'push'}
          leftSection={<Icon name="eye" size={16} />}
          onClick={() => void ask(true)}
        >
          {t('connections.types_look')}
        </Button>
        {isWork && (
          <Button loading={busy === 'push'} onClick={() => void ask(false)}>
            {t('connections.types_push')}
          </Button>
        )}
      </Group>
      {fault && <FaultAlert fault={fault} />}
      {told && (
        <div role="status">
          <Text fw={600}>
            {t(told.dry_run ? 'connections.types_would' : 'connections.types_done', {
              created: String(counts.created),
              updated: String(counts.updated),
              failed: String(counts.failed),
            })}
          </Text>
          {told.people_matched > 0 && (
            <Text size="sm">{t('connections.types_people', { n: String(told.people_matched) })}</Text>
          )}
          {same > 0 && <Text size="sm">{t('connections.types_same', { n: String(same) })}</Text>}
          {told.results.length === 0 && <Text size="sm">{t('connections.types_none')}</Text>}
        </div>
      )}
      {told?.stopped && (
        <Alert color="yellow" icon={<Icon name="warning" />} role="alert">
          {t('connections.types_stopped')}
        </Alert>
      )}
      {told && told.results.length > same && (
        <ul className="pushed-types">
          {told.results.filter(isTold).map((one) => (
            <Row key={`${one.service_id} ${one.staff_id ?? ''}`} one={one} isDry={told.dry_run} />
          ))}
        </ul>
      )}
    </Stack>
  );
}

/** What is as it shall be is counted and not listed. */
type Listed = PushedType & { action: Exclude<PushedType['action'], 'unchanged'> };
const isTold = (one: PushedType): one is Listed => one.action !== 'unchanged';

const LOOKS = {
  created: { icon: 'plus', colour: 'green' },
  updated: { icon: 'refresh', colour: 'blue' },
  failed: { icon: 'warning', colour: 'red' },
} as const;

function Row({ one, isDry }: { one: Listed; isDry: boolean }) {
  const { t } = useWords();
  const { icon, colour } = LOOKS[one.action];
  const fields = one.fields.map((name) => t(`connections.types_field.${name}`)).join(', ');
  const words =
    one.action === 'failed'
      ? t(`connections.types_fault.${one.fault ?? 'refused'}`)
      : t(`connections.types_${isDry ? 'would' : 'did'}.${one.action}`, { fields });
  return (
    <li>
      <Text span c={colour} aria-hidden>
        <Icon name={icon} size={16} />
      </Text>
      <div>
        <Text span fw={600}>
          {one.title}
        </Text>
        <Text size="sm" c={one.action === 'failed' ? 'red' : 'dimmed'}>
          {words}
        </Text>
        {one.said !== null && (
          <Text size="sm" c="dimmed">
            {t('connections.said', { said: one.said })}
          </Text>
        )}
      </div>
    </li>
  );
}
