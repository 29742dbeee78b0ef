/** What a tenant agreed to: which version, who and when. Drawn on a tenant's page. */
import { Skeleton, Stack } from '@mantine/core';
import type { ContractsView } from '../../../shared/contract/legal.ts';
import type { TenantView } from '../../../shared/contract/tenants.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { Accepted } from '../legal/contracts-page.tsx';
import { FaultAlert } from '../page-parts.tsx';

export function ContractsCard({ row }: { row: TenantView }) {
  const { language } = useWords();
  const { api } = useAdmin();
  const path = `/api/v1/tenants/${encodeURIComponent(row.id)}/contracts`;
  const loaded = useAnswer<{ data: ContractsView }>(path, (signal) => api.get(path, {}, signal), { language });
  if (loaded.fault) return <FaultAlert fault={loaded.fault} onRetry={loaded.reload} />;
  if (loaded.body === null) return <Skeleton h={48} />;
  return (
    <Stack gap="sm">
      <Accepted view={loaded.body.data} />
    </Stack>
  );
}
