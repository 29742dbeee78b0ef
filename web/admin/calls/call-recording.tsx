/** What became of a call's recording: played on request, or why there is none. Drawn on the call's page. */
import { Button, Group, Stack, Text } from '@mantine/core';
import type { CallDetail } from '../../../shared/contract/calls.ts';
import { Icon } from '../../ui/icon.tsx';
import { useRecording } from '../../ui/use-recording.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { FaultAlert, Section } from '../page-parts.tsx';

export function CallRecording({ call }: { call: CallDetail }) {
  const { t } = useWords();
  const { recording } = call;
  if (recording === null) return null;
  return (
    <Section title={t('call.recording')}>
      {recording.state === 'kept' ? (
        <Player id={call.id} />
      ) : (
        <Text c="dimmed">
          {t(
            recording.state === 'waiting'
              ? 'call.recording.waiting'
              : recording.state === 'failed'
                ? 'call.recording.failed'
                : `call.recording.not_kept.${recording.reason === 'refused' ? 'refused' : recording.reason === 'not_announced' || recording.reason === 'no_transcript' ? 'not_announced' : 'off'}`,
          )}
        </Text>
      )}
    </Section>
  );
}

function Player({ id }: { id: string }) {
  const { t } = useWords();
  const { api } = useAdmin();
  const { url, isBusy, fault, play } = useRecording(api, id);
  return (
    <Stack gap="sm">
      {url === null ? (
        <Group>
          <Button
            variant="default"
            leftSection={<Icon name="chevron-right" size={16} />}
            loading={isBusy}
            onClick={() => void play()}
          >
            {t('call.recording.play')}
          </Button>
        </Group>
      ) : (
        // biome-ignore lint/a11y/useMediaCaption: the transcript stands beside it
        <audio className="call-audio" controls autoPlay src={url} aria-label={t('call.recording')} />
      )}
      <Text size="sm" c="dimmed">
        {t('call.recording.logged')}
      </Text>
      {fault && <FaultAlert fault={fault} onRetry={() => void play()} />}
    </Stack>
  );
}
