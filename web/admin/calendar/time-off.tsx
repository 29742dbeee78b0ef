/**
 * A stretch that was drawn in somebody's column: they are away then, or work then beyond their hours. What would lose its place is named and
 * asked about. Drawn by the calendar page.
 */
import '../kit/kit.css';
import { Button, Group, Modal, NativeSelect, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useRef, useState } from 'react';
import { ABSENCE_KINDS } from '../../../shared/absence-sets.ts';
import type { ExceptionRequest, ExceptionView } from '../../../shared/contract/hours.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { faultText } from '../../ui/fault-text.ts';
import { fullWallDate } from '../../ui/format.ts';
import { newKey } from '../../ui/new-key.ts';
import { readTime } from '../../ui/wall-text.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { type Agreement, agreed } from '../data-provider.ts';
import { StrandedAlert, strandingOf } from '../kit/stranded.tsx';
import { SpanInput } from '../kit/time-fields.tsx';
import { FaultAlert } from '../page-parts.tsx';
import { showUndo } from '../undo-notice.tsx';
import { UNDO_MS } from './deferred.ts';

const EXCEPTIONS = '/api/v1/exceptions';
/** What is drawn by hand; closures and holidays are the branch's. */
const KINDS = [...ABSENCE_KINDS, 'extra_shift'] as const;

/** A stretch of somebody's day, on the branch's clock. */
export interface Drawn {
  staffId: string;
  name: string;
  branchId: string;
  date: string;
  from: string;
  to: string;
}

interface TimeOffProps {
  drawn: Drawn;
  /** null: may not book */
  onBook: (() => void) | null;
  onClose: () => void;
  /** entered, or taken back: the day is read anew */
  onChanged: () => void;
}

export default function TimeOff({ drawn, onBook, onClose, onChanged }: TimeOffProps) {
  const { t, language, catalogue } = useWords();
  const { api } = useAdmin();
  const [kind, setKind] = useState<(typeof KINDS)[number]>('absence');
  const [span, setSpan] = useState({ from: drawn.from, to: drawn.to });
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  const key = useRef(newKey());
  const [from, to] = [readTime(span.from), readTime(span.to)];
  const isRight = from !== null && to !== null && from < to;

  async function enter(agreement?: Agreement): Promise<void> {
    if (!isRight) return;
    setBusy(true);
    const answer = await api.post<{ data: ExceptionView }>(
      EXCEPTIONS,
      {
        staff_id: drawn.staffId,
        // Away is away everywhere; a shift is worked somewhere.
        ...(kind === 'extra_shift' && { branch_id: drawn.branchId }),
        kind,
        from_date: drawn.date,
        to_date: drawn.date,
        from_time: from,
        to_time: to,
        ...agreed(agreement),
      } satisfies ExceptionRequest & ReturnType<typeof agreed>,
      key.current,
    );
    setBusy(false);
    if (!answer.ok) {
      if (answer.fault.status !== 0) key.current = newKey();
      setFault(answer.fault);
      return;
    }
    onChanged();
    onClose();
    showUndo({
      message: t('off.done', { name: drawn.name, kind: t(`off.kind.${kind}`), from: from ?? '', to: to ?? '' }),
      undo: t('action.undo'),
      onUndo: () => void takeBack(answer.body.data.id),
      forMs: UNDO_MS,
    });
  }

  async function takeBack(id: string): Promise<void> {
    const answer = await api.delete(`${EXCEPTIONS}/${encodeURIComponent(id)}`);
    onChanged();
    notifications.show(
      answer.ok
        ? { message: t('off.undone', { name: drawn.name }) }
        : { color: 'red', message: faultText(catalogue, answer.fault), autoClose: 10_000 },
    );
  }

  const stranding = strandingOf(fault);
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${drawn.name}, ${fullWallDate(drawn.date, language)}`}
      closeButtonProps={{ 'aria-label': t('action.close') }}
      centered
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void enter();
        }}
      >
        <Stack gap="md">
          <NativeSelect
            data-autofocus
            label={t('off.kind')}
            value={kind}
            data={KINDS.map((one) => ({ value: one, label: t(`off.kind.${one}`) }))}
            onChange={(event) => {
              setFault(null);
              setKind(KINDS.find((one) => one === event.currentTarget.value) ?? 'absence');
            }}
          />
          <SpanInput label={t('off.when')} span={span} onChange={setSpan} />
          {stranding !== null ? (
            <StrandedAlert
              stranding={stranding}
              confirm={t('strand.save')}
              isBusy={isBusy}
              onBack={() => setFault(null)}
              onConfirm={() => void enter({ confirmToken: stranding.confirm_token })}
            />
          ) : (
            <>
              {fault && <FaultAlert fault={fault} />}
              <Group grow>
                {onBook && (
                  <Button variant="default" onClick={onBook}>
                    {t('booking.submit')}
                  </Button>
                )}
                <Button type="submit" loading={isBusy} disabled={!isRight}>
                  {t('off.enter')}
                </Button>
              </Group>
              {kind === 'extra_shift' && <Text c="dimmed">{t('off.shift_hint')}</Text>}
            </>
          )}
        </Stack>
      </form>
    </Modal>
  );
}
