/** The dialog before a way out is taken: what it does, why it is done, and what became of it. Called by the operator's page. */
import { Button, Group, List, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { MAX_REASON } from '../../../shared/operations-limits.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { newKey } from '../../ui/new-key.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';
import type { WayOut } from './ways-out.ts';

const LEAST_REASON = 3;
/** Long enough to be read: it may say what was found. */
const SHOWN_MS = 8_000;

interface WayOutDialogProps {
  /** null: closed */
  way: WayOut | null;
  onClose: () => void;
  onDone: () => void;
}

export function WayOutDialog({ way, onClose, onDone }: WayOutDialogProps) {
  const { t } = useWords();
  return (
    <Modal
      opened={way !== null}
      onClose={onClose}
      title={way && t(way.label)}
      closeButtonProps={{ 'aria-label': t('action.close') }}
      centered
    >
      {way && <Content key={way.label} way={way} onClose={onClose} onDone={onDone} />}
    </Modal>
  );
}

/** What a refusal names besides its sentence: the problems of a ledger that contradicts itself. */
const problemsOf = (fault: ApiFault | null): string[] => {
  const problems = fault?.details['problems'];
  return Array.isArray(problems) ? problems.filter((one) => typeof one === 'string') : [];
};

function Content({ way, onClose, onDone }: Omit<WayOutDialogProps, 'way'> & { way: WayOut }) {
  const words = useWords();
  const { t } = words;
  const { api } = useAdmin();
  const [said, setSaid] = useState({ reason: '', tenant: '', topup: '' });
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  // One per dialog: a second click does not act twice.
  const [key] = useState(newKey);
  const isReady =
    (way.needsNoReason === true || said.reason.trim().length >= LEAST_REASON) &&
    (way.asksForTopup !== true || (said.tenant.trim() !== '' && said.topup.trim() !== ''));

  async function submit(): Promise<void> {
    setBusy(true);
    setFault(null);
    const answer = await way.send(
      api,
      { reason: said.reason.trim(), tenant: said.tenant.trim(), topup: said.topup.trim() },
      key,
    );
    setBusy(false);
    if (!answer.ok) return setFault(answer.fault);
    const message = way.outcome?.(answer.body, words) ?? t('operations.done', { action: t(way.label) });
    notifications.show({ message, autoClose: SHOWN_MS });
    onDone();
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="md">
        <Text>{t(way.hint)}</Text>
        {way.asksForTopup && (
          <>
            <TextInput
              label={t('operations.field.tenant')}
              value={said.tenant}
              onChange={({ currentTarget: { value } }) => setSaid((before) => ({ ...before, tenant: value }))}
            />
            <TextInput
              label={t('operations.field.topup')}
              value={said.topup}
              onChange={({ currentTarget: { value } }) => setSaid((before) => ({ ...before, topup: value }))}
            />
          </>
        )}
        {!way.needsNoReason && (
          <Textarea
            label={t('operations.field.reason')}
            description={t('operations.field.reason_hint')}
            value={said.reason}
            maxLength={MAX_REASON}
            autosize
            minRows={2}
            data-autofocus
            onChange={({ currentTarget: { value } }) => setSaid((before) => ({ ...before, reason: value }))}
          />
        )}
        {fault && <FaultAlert fault={fault} />}
        {problemsOf(fault).length > 0 && (
          <List size="sm">
            {problemsOf(fault).map((problem) => (
              <List.Item key={problem}>{problem}</List.Item>
            ))}
          </List>
        )}
        <Group grow>
          <Button variant="default" onClick={onClose}>
            {t('action.back')}
          </Button>
          <Button type="submit" loading={isBusy} disabled={!isReady} {...(way.isDangerous && { color: 'red' })}>
            {t(way.label)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
