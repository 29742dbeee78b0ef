/** The card "Requests": absences that somebody waits for an answer to, each with its buttons. Drawn on the home page and over the absences. */
import { Anchor, Paper, Stack, Text, Title } from '@mantine/core';
import { useGetList } from 'ra-core';
import { Link } from 'react-router';
import type { AbsenceRequestView } from '../../../shared/contract/absences.ts';
import { useMay, useWords } from '../admin-context.tsx';
import { faultOfError, RETRY } from '../data-provider.ts';
import { References, useNames } from '../kit/references.tsx';
import '../kit/kit.css';
import { FaultAlert, StatusBadge } from '../page-parts.tsx';
import { exceptionLook, exceptionTime, exceptionWhen } from '../setup/exception-words.ts';
import { staffReference } from '../setup/references.ts';
import './absences.css';
import { AbsenceSteps } from './steps.tsx';

/** More are on the page of requests. */
const SHOWN = 5;
const REFERENCES = [staffReference];

export default function OpenRequests() {
  const mayDecide = useMay('edit_absence_requests');
  return mayDecide ? (
    <References of={REFERENCES}>
      <Card />
    </References>
  ) : null;
}

function Card() {
  const words = useWords();
  const { t } = words;
  const names = useNames();
  const list = useGetList<AbsenceRequestView>(
    'absence-requests',
    { filter: { status: 'open' }, pagination: { page: 1, perPage: SHOWN } },
    RETRY,
  );
  const fault = list.error ? faultOfError(list.error) : null;
  // Nobody waits: nothing to see.
  if (!fault && (list.data ?? []).length === 0) return null;
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="open-requests">
      <Title order={2} id="open-requests" mb="sm">
        {t('absences.card')}
      </Title>
      {fault && <FaultAlert fault={fault} onRetry={() => void list.refetch()} />}
      <ul className="absence-list">
        {(list.data ?? []).map((row) => {
          const { look, word } = exceptionLook(row);
          return (
            <li key={row.id}>
              <Stack gap={4}>
                <Anchor component={Link} to={`/admin/absence-requests/${encodeURIComponent(row.id)}`} fw={600}>
                  {names(staffReference, row.staff_id) ?? '…'}
                </Anchor>
                <Text size="sm" className="figures">
                  {exceptionWhen(row, words)} · {exceptionTime(row, words)}
                </Text>
                {row.note !== null && <Text size="sm">{row.note}</Text>}
              </Stack>
              <StatusBadge look={look}>{t(word)}</StatusBadge>
              <AbsenceSteps row={row} onDone={() => void list.refetch()} />
            </li>
          );
        })}
      </ul>
      {list.pageInfo?.hasNextPage && (
        <Anchor component={Link} to="/admin/absence-requests">
          {t('absences.all')}
        </Anchor>
      )}
    </Paper>
  );
}
