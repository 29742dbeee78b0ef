/** The operator's view of the master key: which one seals, what is left of older ones, and the button that seals it again. Drawn by the page. */
import { Button, Paper, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { SealedValuesView } from '../../../shared/contract/integrations.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { Icon } from '../../ui/icon.tsx';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';
import { LoadingBlock } from '../loading.tsx';

const SEALED = '/api/v1/sealed-values';
/** A request seals 500; more rounds than this mean that something else seals with the old key at the same time. */
const MAX_ROUNDS = 200;

export function MasterKeyCard() {
  const { t, language } = useWords();
  const { api } = useAdmin();
  const mayManage = useMay('manage_integrations');
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [unreadable, setUnreadable] = useState(0);
  const loaded = useAnswer<{ data: SealedValuesView }>(SEALED, (signal) => api.get(SEALED, {}, signal), { language });
  const view = loaded.body?.data ?? null;

  async function reseal(): Promise<void> {
    setBusy(true);
    setFault(null);
    let count = 0;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const answer = await api.post<{ data: { resealed: number; left: number; unreadable: number } }>(
        `${SEALED}/reseal`,
        {},
      );
      if (!answer.ok) {
        setFault(answer.fault);
        break;
      }
      const { resealed, left, unreadable: closed } = answer.body.data;
      count += resealed;
      setUnreadable(closed);
      if (resealed === 0 || left === 0) break;
    }
    setBusy(false);
    notifications.show({ message: t('master_key.done', { count }) });
    await loaded.reload();
  }

  return (
    <Paper withBorder component="section" className="connection" aria-labelledby="master-key">
      <Title order={2} id="master-key">
        {t('master_key.title')}
      </Title>
      <Text c="dimmed">{t('master_key.hint')}</Text>
      {loaded.fault && <FaultAlert fault={loaded.fault} onRetry={loaded.reload} />}
      {view === null && !loaded.fault && <LoadingBlock h={48} />}
      {view !== null && (
        <div>
          <Text>
            {view.key_version === null
              ? t('master_key.none')
              : t('master_key.version', { version: String(view.key_version) })}
          </Text>
          {view.key_version !== null && <Text>{t('master_key.left', { count: view.left })}</Text>}
        </div>
      )}
      {unreadable > 0 && <Text c="red">{t('master_key.unreadable', { count: unreadable })}</Text>}
      {fault && <FaultAlert fault={fault} />}
      {mayManage && view !== null && view.left > 0 && (
        <div className="connection-foot">
          <Button
            variant="default"
            loading={isBusy}
            leftSection={<Icon name="refresh" size={16} />}
            onClick={() => void reseal()}
          >
            {t('master_key.reseal')}
          </Button>
        </div>
      )}
    </Paper>
  );
}
