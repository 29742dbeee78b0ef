/** What is shown a single time (a key, a secret): it closes by its button, not by a click beside it. Drawn by the pages that make one. */
import { Button, Code, CopyButton, Group, Modal, Stack, Text } from '@mantine/core';
import { Icon } from '../../ui/icon.tsx';
import { useWords } from '../admin-context.tsx';

interface Props {
  title: string;
  hint: string;
  /** as its button says it */
  copy: string;
  done: string;
  secret: string;
  /** what belongs to it and may be read later too */
  beside?: string;
  onClose: () => void;
}

function Value({ text }: { text: string }) {
  return (
    <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
      {text}
    </Code>
  );
}

export function ShownOnce({ title, hint, copy, done, secret, beside, onClose }: Props) {
  const { t } = useWords();
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
      title={title}
      centered
    >
      <Stack gap="md">
        <Text>{hint}</Text>
        {beside !== undefined && <Value text={beside} />}
        <Value text={secret} />
        <Group grow>
          <CopyButton value={secret}>
            {(clip) => (
              <Button
                variant="default"
                leftSection={<Icon name={clip.copied ? 'check' : 'copy'} size={16} />}
                onClick={clip.copy}
              >
                {clip.copied ? t('action.copied') : copy}
              </Button>
            )}
          </CopyButton>
          <Button onClick={onClose}>{done}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
