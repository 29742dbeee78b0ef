/** /admin/contracts: what the account agreed to, which version, who and when; what it is asked for, and what it is informed of. */
import { Alert, Anchor, Button, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useState } from 'react';
import type { ContractsView, LegalTextLink } from '../../../shared/contract/legal.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { dayAndTime, day } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { newKey } from '../../ui/new-key.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { Empty, FaultAlert } from '../page-parts.tsx';
import { Loading } from '../loading.tsx';

const CONTRACTS = '/api/v1/contracts';

export default function ContractsPage() {
  const { t, language } = useWords();
  const { api, me } = useAdmin();
  const maySee = useMay('view_contracts');
  const mayAccept = useMay('accept_contracts');
  const loaded = useAnswer<{ data: ContractsView }>(
    maySee ? CONTRACTS : null,
    (signal) => api.get(CONTRACTS, {}, signal),
    { language },
  );
  const [changed, setChanged] = useState<ContractsView | null>(null);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    document.title = `${t('contracts.title')} · ${me.brand.product_name}`;
  }, [t, me]);
  if (!maySee)
    return (
      <Paper withBorder>
        <Title order={1} className="sr-only">
          {t('contracts.title')}
        </Title>
        <Empty icon="receipt" title={t('contracts.title')} hint={t('contracts.forbidden')} />
      </Paper>
    );
  const view = changed ?? loaded.body?.data ?? null;
  if (view === null)
    return loaded.fault ? (
      <FaultAlert fault={loaded.fault} onRetry={loaded.reload} />
    ) : (
      <Loading>
        <Skeleton h={280} />
      </Loading>
    );

  async function accept(texts: readonly LegalTextLink[]): Promise<void> {
    setBusy(true);
    setFault(null);
    const answer = await api.post<{ data: ContractsView }>(
      CONTRACTS,
      { text_ids: texts.map(({ id }) => id) },
      newKey(),
    );
    setBusy(false);
    if (!answer.ok) return setFault(answer.fault);
    setChanged(answer.body.data);
    notifications.show({ message: t('contracts.accepted_now') });
  }

  const isNothing = view.accepted.length + view.open.length + view.notices.length === 0;
  return (
    <Stack gap="md">
      <Title order={1}>{t('contracts.title')}</Title>
      {isNothing && (
        <Paper withBorder>
          <Empty icon="receipt" title={t('contracts.title')} hint={t('contracts.nothing')} />
        </Paper>
      )}
      {view.open.length > 0 && (
        <Alert color="yellow" icon={<Icon name="warning" />} title={t('contracts.open_title')}>
          <Stack gap="sm" align="flex-start">
            <Text>{t('contracts.open_hint')}</Text>
            {view.open.map((one) => (
              <TextLink key={one.id} text={one} />
            ))}
            {mayAccept && (
              <Button loading={isBusy} onClick={() => void accept(view.open)}>
                {t('contracts.accept')}
              </Button>
            )}
          </Stack>
        </Alert>
      )}
      {fault && <FaultAlert fault={fault} />}
      {!isNothing && (
        <Paper withBorder p="md">
          <Stack gap="sm">
            <Title order={2}>{t('contracts.accepted_title')}</Title>
            <Accepted view={view} />
          </Stack>
        </Paper>
      )}
      {view.notices.length > 0 && (
        <Paper withBorder p="md">
          <Stack gap="sm">
            <Title order={2}>{t('contracts.notices_title')}</Title>
            {view.notices.map((one) => (
              <Group key={one.id} gap="sm">
                <TextLink text={one} />
                {one.kind === 'secrecy' && (
                  <>
                    <Text c="dimmed">{t('contracts.secrecy_hint')}</Text>
                    {mayAccept && (
                      <Button variant="default" size="xs" loading={isBusy} onClick={() => void accept([one])}>
                        {t('contracts.agree_too')}
                      </Button>
                    )}
                  </>
                )}
              </Group>
            ))}
          </Stack>
        </Paper>
      )}
    </Stack>
  );
}

/** Also drawn on a tenant's page. */
export function Accepted({ view }: { view: ContractsView }) {
  const { t, language } = useWords();
  const { me } = useAdmin();
  if (view.accepted.length === 0) return <Text c="dimmed">{t('contracts.accepted_none')}</Text>;
  return view.accepted.map(({ text, accepted_at, accepted_by }) => (
    <Stack key={text.id} gap={0}>
      <TextLink text={text} />
      <Text c="dimmed" size="sm">
        {t('contracts.accepted_line', {
          when: dayAndTime(accepted_at, me.tenant.time_zone, language),
          name: accepted_by ?? t('contracts.unknown'),
        })}
      </Text>
    </Stack>
  ));
}

function TextLink({ text }: { text: LegalTextLink }) {
  const { t, language } = useWords();
  const { me } = useAdmin();
  return (
    <span>
      <Anchor underline="always" href={text.href} target="_blank" rel="noreferrer">
        {t(`legal.kind.${text.kind}`)}
      </Anchor>{' '}
      {t('legal.version', {
        version: text.version,
        date: day(text.published_at, me.tenant.time_zone, language),
      })}
    </span>
  );
}
