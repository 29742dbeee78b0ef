/** What may be decided about an open conflict, each choice with what follows from it; one click decides. Drawn on its detail page. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useRefresh } from 'ra-core';
import { useRef, useState } from 'react';
import type { ConflictResponse, ConflictView, ResolveConflictRequest } from '../../../shared/contract/conflicts.ts';
import type { ConflictKind, ConflictResolution } from '../../../shared/conflict-sets.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { newKey } from '../../ui/new-key.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import type { Key } from '../kit/view.ts';
import { FaultAlert } from '../page-parts.tsx';

interface Choice {
  label: Key;
  hint: Key;
}

const PUSH_AGAIN: Choice = { label: 'conflicts.do.push_again', hint: 'conflicts.hint.push_again' };
const DISMISS: Choice = { label: 'conflicts.do.dismiss', hint: 'conflicts.hint.dismiss' };
/** What each resolution means for a kind; the server says which of them are offered. */
const CHOICES: Readonly<Record<ConflictKind, Readonly<Partial<Record<ConflictResolution, Choice>>>>> = {
  booking: {
    take_theirs: { label: 'conflicts.do.enter_here', hint: 'conflicts.hint.enter_here' },
    keep_ours: { label: 'conflicts.do.cancel_there', hint: 'conflicts.hint.cancel_there' },
    dismiss: DISMISS,
  },
  move: {
    keep_ours: { label: 'conflicts.do.keep_time', hint: 'conflicts.hint.keep_time' },
    take_theirs: { label: 'conflicts.do.take_time', hint: 'conflicts.hint.take_time' },
  },
  host: {
    keep_ours: PUSH_AGAIN,
    take_theirs: { label: 'conflicts.do.take_person', hint: 'conflicts.hint.take_person' },
    dismiss: DISMISS,
  },
  push: { keep_ours: PUSH_AGAIN, dismiss: DISMISS },
};

export function Decision({ row }: { row: ConflictView }) {
  const { t } = useWords();
  const { api } = useAdmin();
  const refresh = useRefresh();
  const mayDecide = useMay('manage_calcom');
  const [busy, setBusy] = useState<ConflictResolution | null>(null);
  const [fault, setFault] = useState<ApiFault | null>(null);
  /** one of each choice: a repeated click decides once */
  const keys = useRef(new Map<ConflictResolution, string>());
  if (!mayDecide) return <Text c="dimmed">{t('conflicts.read_only')}</Text>;

  async function decide(resolution: ConflictResolution): Promise<void> {
    setBusy(resolution);
    setFault(null);
    const key = keys.current.get(resolution) ?? newKey();
    keys.current.set(resolution, key);
    const body: ResolveConflictRequest = { resolution };
    const answer = await api.post<ConflictResponse>(
      `/api/v1/conflicts/${encodeURIComponent(row.id)}/resolve`,
      body,
      key,
    );
    setBusy(null);
    // What was refused may go better later: the next click asks anew.
    keys.current.delete(resolution);
    if (!answer.ok) return setFault(answer.fault);
    notifications.show({ message: t('conflicts.done') });
    refresh();
  }

  return (
    <Stack gap="md">
      {row.resolutions.map((resolution, n) => {
        const choice = CHOICES[row.kind][resolution];
        if (choice === undefined) return null;
        return (
          <Group key={resolution} gap="sm" align="center">
            <Button
              variant={n === 0 ? 'filled' : 'default'}
              loading={busy === resolution}
              disabled={busy !== null && busy !== resolution}
              onClick={() => void decide(resolution)}
            >
              {t(choice.label)}
            </Button>
            <Text c="dimmed" style={{ flex: 1, minWidth: 220 }}>
              {t(choice.hint)}
            </Text>
          </Group>
        );
      })}
      {fault && <FaultAlert fault={fault} />}
    </Stack>
  );
}
