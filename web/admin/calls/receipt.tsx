/** The receipt of a call: items that sum to the price, what was charged, and for those who may see it what it cost us. */
import { Alert, Group, Table, Text } from '@mantine/core';
import type { CallDetail, CallReceipt } from '../../../shared/contract/calls.ts';
import { clockDuration, decimal, microMoney, money } from '../../ui/format.ts';
import { translateIfKnown } from '../../ui/i18n.ts';
import { Icon } from '../../ui/icon.tsx';
import { useWords, type Words } from '../admin-context.tsx';
import { CopyableId, Section } from '../page-parts.tsx';

/** True when the items add up to the price exactly. */
export const sums = (receipt: Pick<CallReceipt, 'lines' | 'price_micros'>): boolean =>
  receipt.lines.reduce((sum, line) => sum + line.amount_micros, 0) === receipt.price_micros;

export function Receipt({ call }: { call: CallDetail }) {
  const { t, language, catalogue } = useWords();
  const receipt = call.receipt;
  if (!receipt || (receipt.lines.length === 0 && receipt.held_cents === 0 && receipt.charged_cents === 0)) {
    return (
      <Section title={t('receipt.title')}>
        <Text c="dimmed">{t('receipt.none')}</Text>
      </Section>
    );
  }
  const exact = (micros: number): string => microMoney(micros, receipt.currency, language);
  const isFractional = receipt.price_micros % 10_000 !== 0;
  const rule = receipt.rule && (translateIfKnown(catalogue, `receipt.rule.${receipt.rule}`) ?? receipt.rule);
  return (
    <Section title={t('receipt.title')}>
      {receipt.lines.length > 0 && (
        <Table className="receipt" withRowBorders={false} verticalSpacing={4} horizontalSpacing={0}>
          <Table.Caption className="sr-only">{t('receipt.lines')}</Table.Caption>
          <Table.Thead className="sr-only">
            <Table.Tr>
              <Table.Th>{t('receipt.item')}</Table.Th>
              <Table.Th>{t('receipt.amount')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {receipt.lines.map((line) => (
              <Table.Tr key={`${line.code}${line.entry_id ?? ''}${line.quantity}`}>
                <Table.Td>
                  {translateIfKnown(catalogue, `receipt.line.${line.code}`) ?? line.label ?? line.code}
                  <Text size="sm" c="dimmed">
                    {quantityOf(line, t, language)}
                    {line.unit_price_micros === 0 ? ` · ${t('receipt.free')}` : ` × ${exact(line.unit_price_micros)}`}
                  </Text>
                </Table.Td>
                <Table.Td className="figure">{exact(line.amount_micros)}</Table.Td>
              </Table.Tr>
            ))}
            <Table.Tr className="receipt-sum">
              <Table.Td>{t('receipt.sum')}</Table.Td>
              <Table.Td className="figure" data-testid="receipt-price">
                {exact(receipt.price_micros)}
              </Table.Td>
            </Table.Tr>
          </Table.Tbody>
        </Table>
      )}
      {!sums(receipt) && (
        <Alert color="red" icon={<Icon name="warning" />} my="xs">
          {t('receipt.mismatch')}
        </Alert>
      )}
      <Line label={t('receipt.charged')} value={money(receipt.charged_cents, receipt.currency, language)} isStrong />
      {receipt.held_cents > 0 && (
        <Line label={t('receipt.held')} value={money(receipt.held_cents, receipt.currency, language)} />
      )}
      {isFractional && (
        <Text size="sm" c="dimmed" mt={4}>
          {t('receipt.charged_hint')}
        </Text>
      )}
      {receipt.provider_cost && <ProviderCost cost={receipt.provider_cost} />}
      {rule && <Line label={t('receipt.rule')} value={rule} />}
      <Text size="sm" c="dimmed" mt={4}>
        {t('receipt.net')}
      </Text>
      {receipt.entry_ids.length > 0 && (
        <details className="entries">
          <summary>
            {t('receipt.entries')} ({receipt.entry_ids.length})
          </summary>
          {receipt.entry_ids.map((id) => (
            <CopyableId key={id} id={id} />
          ))}
        </details>
      )}
    </Section>
  );
}

function ProviderCost({ cost }: { cost: NonNullable<CallReceipt['provider_cost']> }) {
  const { t, language } = useWords();
  const exact = (micros: number): string => microMoney(micros, cost.currency, language);
  return (
    <div className="provider-cost">
      <Line label={t('receipt.cost')} value={exact(cost.total_micros)} />
      {cost.lines.map((line) => (
        <Line key={line.product} label={line.product} value={exact(line.amount_micros)} isMinor />
      ))}
      {cost.margin_micros !== null && cost.margin_micros !== undefined && (
        <Line label={t('receipt.margin')} value={exact(cost.margin_micros)} />
      )}
    </div>
  );
}

interface LineProps {
  label: string;
  value: string;
  isStrong?: boolean;
  isMinor?: boolean;
}

function Line({ label, value, isStrong = false, isMinor = false }: LineProps) {
  const weight = isStrong ? 600 : 400;
  return (
    <Group justify="space-between" wrap="nowrap" gap="md" py={2} pl={isMinor ? 'md' : 0}>
      <Text fw={weight} c={isMinor ? 'dimmed' : 'inherit'}>
        {label}
      </Text>
      <Text fw={weight} c={isMinor ? 'dimmed' : 'inherit'} className="figure">
        {value}
      </Text>
    </Group>
  );
}

/** Minutes as a clock shows them, everything else as a number with its unit: "1:32 Min.", "2 Termine". */
function quantityOf(line: CallReceipt['lines'][number], t: Words['t'], language: string): string {
  const quantity = Number(line.quantity);
  const shown = line.unit === 'minute' ? clockDuration(quantity * SECONDS_A_MINUTE) : decimal(quantity, language, 4);
  return `${shown} ${unitOf(line, t)}`;
}

const SECONDS_A_MINUTE = 60;

/** The unit beside a quantity: "2 Termine". A unit of a later version is shown by its own name. */
function unitOf({ unit, quantity }: CallReceipt['lines'][number], t: Words['t']): string {
  switch (unit) {
    case 'call':
    case 'appointment':
      return t(`receipt.unit.${unit}`, { count: Number(quantity) });
    case 'minute':
    case 'piece':
      return t(`receipt.unit.${unit}`);
    default:
      return unit;
  }
}
