/** What callers hear first and what the machine is told, filled with the facts of the business. Drawn on an agent's page. */
import { Badge, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { AgentPreview, AgentView } from '../../../shared/contract/agents.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';

export function AgentPreviewCard({ row }: { row: AgentView }) {
  const { t } = useWords();
  const { api } = useAdmin();
  const [preview, setPreview] = useState<AgentPreview | null>(null);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [tries, setTries] = useState(0);
  const { id, version } = row;
  // Read again after every edit, which the version tells.
  // biome-ignore lint/correctness/useExhaustiveDependencies: version and tries say that there is something new to read
  useEffect(() => {
    let isCurrent = true;
    void api.get<{ data: AgentPreview }>(`/api/v1/retell-agents/${encodeURIComponent(id)}/preview`).then((answer) => {
      if (!isCurrent) return;
      setFault(answer.ok ? null : answer.fault);
      if (answer.ok) setPreview(answer.body.data);
    });
    return () => {
      isCurrent = false;
    };
  }, [api, id, version, tries]);

  if (fault) return <FaultAlert fault={fault} onRetry={() => setTries((before) => before + 1)} />;
  if (preview === null)
    return (
      <div role="status" aria-label={t('agents.preview.loading')} aria-busy="true">
        <Skeleton h={120} />
      </div>
    );
  return (
    <Stack gap="md">
      <div>
        <Text fw={600}>{t('agents.preview.first_sentence')}</Text>
        <blockquote className="provisioning-quote">{preview.first_sentence}</blockquote>
      </div>
      <div>
        <Text fw={600}>{t('agents.preview.prompt')}</Text>
        <Text size="sm" c="dimmed">
          {t('agents.preview.prompt_hint')}
        </Text>
        <p className="provisioning-prompt">{preview.prompt}</p>
      </div>
      <div>
        <Text fw={600}>{t('agents.preview.tools')}</Text>
        <Group gap="xs" mt="xs">
          {preview.tools.map(({ name }) => (
            <Badge key={name} variant="default" tt="none">
              {name}
            </Badge>
          ))}
        </Group>
      </div>
    </Stack>
  );
}
