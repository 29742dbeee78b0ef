/** Parts that all pages of the panel share: failures, empty states, badges, the crash net, ids to copy. */
import { ActionIcon, Alert, Badge, Button, Code, CopyButton, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { ApiFault } from '../ui/api-client.ts';
import type { StatusLook } from '../ui/appointment-status.ts';
import { CrashNet } from '../ui/crash-net.tsx';
import { faultText, isFinal, requestNumber } from '../ui/fault-text.ts';
import { type Catalogue, translateIfKnown } from '../ui/i18n.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { useWords } from './admin-context.tsx';
import { TONE_COLOR } from './theme.ts';

/** A failure: what happened, what to do, the request number to quote to support. */
export function FaultAlert({ fault, onRetry }: { fault: ApiFault; onRetry?: () => void | Promise<void> }) {
  const { t, catalogue } = useWords();
  const number = requestNumber(catalogue, fault);
  return (
    <Alert
      color="red"
      icon={<Icon name="warning" />}
      title={t(isFinal(fault) ? 'error.final_title' : 'error.title')}
      role="alert"
    >
      <Stack gap="xs" align="flex-start">
        <Text>{faultText(catalogue, fault)}</Text>
        {number !== null && <Text size="sm">{number}</Text>}
        {onRetry && !isFinal(fault) && (
          <Button
            variant="default"
            size="xs"
            leftSection={<Icon name="refresh" size={16} />}
            onClick={() => void onRetry()}
          >
            {t('action.retry')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

type Reasons = ((reason: string) => string) | undefined;

/** The sentence that a noun has for what its rules refuse; undefined: the general one says it. @param reasons its key, by the reason */
export function reasonText(catalogue: Catalogue, fault: ApiFault, reasons: Reasons): string | undefined {
  const named = fault.details['reasons'];
  if (reasons === undefined || fault.code !== 'POLICY_VIOLATION' || !Array.isArray(named)) return undefined;
  return translateIfKnown(catalogue, reasons(String(named[0])));
}

/** A failure, or the sentence that the noun has for it. */
export function RefusalAlert({ fault, reasons }: { fault: ApiFault; reasons: Reasons }) {
  const { catalogue } = useWords();
  const text = reasonText(catalogue, fault, reasons);
  if (text === undefined) return <FaultAlert fault={fault} />;
  return (
    <Alert color="red" icon={<Icon name="warning" />} role="alert">
      {text}
    </Alert>
  );
}

export function FaultPage({ fault, onRetry }: { fault: ApiFault; onRetry: () => void | Promise<void> }) {
  return (
    <main className="alone">
      <FaultAlert fault={fault} onRetry={onRetry} />
    </main>
  );
}

interface EmptyProps {
  icon: IconName;
  title: string;
  hint: string;
  children?: ReactNode;
}

/** Says what is (not) here and what to do next. */
export function Empty({ icon, title, hint, children }: EmptyProps) {
  return (
    <Stack align="center" gap="xs" py={56} px="md" ta="center">
      <Text c="dimmed" lh={1}>
        <Icon name={icon} size={36} />
      </Text>
      <Text fw={600}>{title}</Text>
      <Text c="dimmed" maw={420}>
        {hint}
      </Text>
      {children}
    </Stack>
  );
}

export function NotFoundPage() {
  const { t } = useWords();
  return (
    <Paper withBorder>
      <Title order={1} className="sr-only">
        {t('page.not_found')}
      </Title>
      <Empty icon="question" title={t('page.not_found')} hint={t('page.not_found_hint')}>
        <Button component={Link} to="/admin">
          {t('page.home')}
        </Button>
      </Empty>
    </Paper>
  );
}

/** State as colour, icon and word. */
export function StatusBadge({ look, children }: { look: StatusLook; children: ReactNode }) {
  return (
    <Badge
      variant="light"
      color={TONE_COLOR[look.tone]}
      radius="sm"
      tt="none"
      fw={400}
      size="md"
      leftSection={<Icon name={look.icon} size={13} />}
    >
      {children}
    </Badge>
  );
}

/** A label and its value, stacked; used in columns of facts. */
export function Fact({ label, children, isWide = false }: { label: string; children: ReactNode; isWide?: boolean }) {
  return (
    <div className={isWide ? 'fact fact-wide' : 'fact'}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A titled card of a detail page. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper withBorder p="md" component="section">
      <Title order={2} mb="sm">
        {title}
      </Title>
      {children}
    </Paper>
  );
}

export function CopyableId({ id }: { id: string }) {
  const { t } = useWords();
  return (
    <Group gap={4} wrap="nowrap">
      <Code className="id">{id}</Code>
      <CopyButton value={id}>
        {({ copied, copy }) => (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={t('action.copy_id')}
            title={copied ? t('action.copied') : t('action.copy_id')}
            onClick={copy}
          >
            <Icon name={copied ? 'check' : 'copy'} size={14} />
          </ActionIcon>
        )}
      </CopyButton>
    </Group>
  );
}

/** A page that breaks while rendering leaves a sentence and a way on. */
export const Crash = ({ children }: { children: ReactNode }) => <CrashNet broken={<Broken />}>{children}</CrashNet>;

function Broken() {
  const { t } = useWords();
  return (
    <Paper withBorder m="md">
      <Empty icon="warning" title={t('page.broken')} hint={t('page.broken_hint')}>
        <Button onClick={() => location.reload()}>{t('page.reload')}</Button>
      </Empty>
    </Paper>
  );
}
