/** Where defects are told besides: a Sentry-compatible address, entered and never shown again. Drawn under the list of defects. */
import { Button, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { ForwardingView } from '../../../shared/contract/watch.ts';
import type { ApiAnswer, ApiFault } from '../../ui/api-client.ts';
import { shortInstant } from '../../ui/format.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { Fact, FaultAlert } from '../page-parts.tsx';
import { SecretInput } from '../kit/secret-input.tsx';

const PATH = '/api/v1/defect-forwarding';

export function ForwardingCard() {
  const { t, language } = useWords();
  const { api, me } = useAdmin();
  const mayManage = useMay('manage_defects');
  const loaded = useAnswer<{ data: ForwardingView }>(PATH, (signal) => api.get(PATH, {}, signal), { language });
  const [dsn, setDsn] = useState('');
  const [busy, setBusy] = useState<'save' | 'test' | 'end' | null>(null);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const set = loaded.body?.data ?? null;

  async function act(name: 'save' | 'test' | 'end', send: () => Promise<ApiAnswer<unknown>>): Promise<void> {
    setBusy(name);
    setFault(null);
    const answer = await send();
    setBusy(null);
    if (!answer.ok) {
      setFault(answer.fault);
      return;
    }
    setDsn('');
    await loaded.reload();
  }

  const at = (instant: string): string => shortInstant(instant, me.tenant.time_zone, language, Date.now());
  const problem = fault?.errors?.['dsn'] === undefined ? null : t('op.forward.problem');
  return (
    <Paper withBorder component="section" p="md" aria-labelledby="defect-forwarding">
      <Stack gap="sm" align="flex-start">
        <Title order={2} id="defect-forwarding">
          {t('op.forward.title')}
        </Title>
        <Text c="dimmed">{t('op.forward.hint')}</Text>
        {loaded.fault && <FaultAlert fault={loaded.fault} onRetry={loaded.reload} />}
        {set === null && !loaded.fault && (
          <Skeleton h={60} role="status" aria-label={t('kit.loading')} aria-busy="true" />
        )}
        {set?.is_set && (
          <dl className="facts">
            <Fact label={t('op.forward.to')} isWide>
              {t('op.forward.place', { host: set.host ?? '–', project: set.project ?? '–' })}
            </Fact>
            <Fact label={t('op.forward.last')} isWide>
              {set.last === null
                ? t('op.forward.never')
                : set.last.ok
                  ? t('op.forward.went', { when: at(set.last.at) })
                  : t('op.forward.failed', {
                      when: at(set.last.at),
                      why: t(`connections.fault.${set.last.fault ?? 'refused'}`),
                    })}
            </Fact>
          </dl>
        )}
        {set?.is_set === false && <Text>{t('op.forward.none')}</Text>}
        {set !== null && mayManage && (
          <form
            className="operations-forward"
            onSubmit={(event) => {
              event.preventDefault();
              void act('save', () => api.put(PATH, { dsn: dsn.trim() }, set.version));
            }}
          >
            <Stack gap="sm">
              <SecretInput
                label={t('op.forward.dsn')}
                description={t('op.forward.dsn_hint')}
                autoComplete="off"
                value={dsn}
                error={problem}
                onChange={({ currentTarget: { value } }) => setDsn(value)}
              />
              <Group gap="sm">
                <Button type="submit" variant="default" loading={busy === 'save'} disabled={dsn.trim() === ''}>
                  {t(set.is_set ? 'op.forward.replace' : 'op.forward.save')}
                </Button>
                {set.is_set && (
                  <>
                    <Button
                      variant="default"
                      loading={busy === 'test'}
                      onClick={() => void act('test', () => api.post(`${PATH}/test`, {}))}
                    >
                      {t('op.forward.test')}
                    </Button>
                    <Button
                      variant="default"
                      color="red"
                      loading={busy === 'end'}
                      onClick={() => void act('end', () => api.delete(PATH))}
                    >
                      {t('op.forward.end')}
                    </Button>
                  </>
                )}
              </Group>
            </Stack>
          </form>
        )}
        {fault && problem === null && <FaultAlert fault={fault} />}
      </Stack>
    </Paper>
  );
}
