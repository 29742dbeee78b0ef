/** How a number is reached: codes to dial by provider, and whether a call has come through; and giving it back. Drawn on a number's page. */
import { ActionIcon, Alert, Button, CopyButton, NativeSelect, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useRefresh } from 'ra-core';
import { useEffect, useState } from 'react';
import type { NumberView } from '../../../shared/contract/numbers.ts';
import {
  dialled,
  FORWARDING_KINDS,
  FORWARDING_LINES,
  forwardingCodes,
  linesOf,
} from '../../../shared/forwarding-codes.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { dayAndTime } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { newKey } from '../../ui/new-key.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';
import './provisioning.css';

/** Somebody who has just dialled the code calls themselves: the page notices by itself. */
const LOOK_AGAIN_MS = 5_000;

export function Forwarding({ row }: { row: NumberView }) {
  const { t, language } = useWords();
  const { me } = useAdmin();
  const refresh = useRefresh();
  const lines = linesOf(row.country);
  const [line, setLine] = useState(lines[0] ?? 'mobile');
  const isExpected = row.number === null || row.first_call_at === null;
  useEffect(() => {
    if (!isExpected) return;
    const timer = setInterval(refresh, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isExpected, refresh]);

  if (row.number === null) return <Text aria-live="polite">{t('numbers.forwarding.waits')}</Text>;
  const codes = forwardingCodes(line, row.number, row.country);
  const kinds = FORWARDING_KINDS.filter((kind) => codes[kind] !== undefined);
  return (
    <Stack gap="md">
      {row.last_call_at === null ? (
        <Alert color="gray" icon={<Icon name="question" />} title={t('numbers.forwarding.open')}>
          {t('numbers.forwarding.open_hint')}
        </Alert>
      ) : (
        <Alert color="green" icon={<Icon name="check" />} title={t('numbers.forwarding.works')}>
          {t('numbers.forwarding.works_hint', { when: dayAndTime(row.last_call_at, me.tenant.time_zone, language) })}
        </Alert>
      )}
      <NativeSelect
        label={t('numbers.forwarding.line')}
        data={lines.map((value) => ({ value, label: t(`numbers.line.${value}`) }))}
        value={line}
        onChange={({ currentTarget: { value } }) => setLine(FORWARDING_LINES.find((one) => one === value) ?? line)}
        maw={360}
      />
      {kinds.length === 0 ? (
        <Text>{t('numbers.forwarding.by_router', { number: dialled(row.number, row.country) })}</Text>
      ) : (
        <ul className="provisioning-codes">
          {kinds.map((kind) => (
            <li key={kind} className="provisioning-code-row">
              <div>
                <p className="provisioning-code-name">{t(`numbers.code.${kind}`)}</p>
                <p className="provisioning-code">{codes[kind]}</p>
              </div>
              <CopyButton value={codes[kind] ?? ''}>
                {({ copied, copy }) => (
                  <ActionIcon
                    variant="default"
                    className="control-square"
                    aria-label={`${t(copied ? 'numbers.copied' : 'numbers.copy')}: ${t(`numbers.code.${kind}`)}`}
                    title={t(copied ? 'numbers.copied' : 'numbers.copy')}
                    onClick={copy}
                  >
                    <Icon name={copied ? 'check' : 'copy'} size={16} />
                  </ActionIcon>
                )}
              </CopyButton>
            </li>
          ))}
        </ul>
      )}
      <Text size="sm" c="dimmed">
        {t('numbers.forwarding.differs')}
      </Text>
    </Stack>
  );
}

/** Said twice, because callers reach nobody afterwards. */
export function Release({ row }: { row: NumberView }) {
  const { t } = useWords();
  const { api } = useAdmin();
  const refresh = useRefresh();
  const [isSure, setSure] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<ApiFault | null>(null);

  async function release(): Promise<void> {
    if (!isSure) return setSure(true);
    setBusy(true);
    setFault(null);
    const answer = await api.post(`/api/v1/phone-numbers/${encodeURIComponent(row.id)}/release`, {}, newKey());
    setBusy(false);
    setSure(false);
    refresh();
    if (!answer.ok) return setFault(answer.fault);
    notifications.show({ message: t('numbers.released') });
  }

  return (
    <Stack gap="md" align="flex-start">
      <Text>{t('numbers.release_hint')}</Text>
      <Button
        variant={isSure ? 'filled' : 'default'}
        {...(isSure ? { color: 'red' } : {})}
        leftSection={<Icon name="undo" size={16} />}
        loading={busy}
        onClick={() => void release()}
      >
        {t(isSure ? 'numbers.release_sure' : 'numbers.release')}
      </Button>
      {fault && <FaultAlert fault={fault} />}
    </Stack>
  );
}
