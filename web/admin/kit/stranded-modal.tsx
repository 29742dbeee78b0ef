/** The dialog about stranded appointments. Loaded by stranded-dialog.tsx. */
import { Modal } from '@mantine/core';
import { useWords } from '../admin-context.tsx';
import { StrandedContent, type StrandedProps } from './stranded.tsx';

/** @param props null: closed */
export default function StrandedModal({ props }: { props: StrandedProps | null }) {
  const { t } = useWords();
  return (
    <Modal
      opened={props !== null}
      onClose={() => props?.onBack()}
      title={props && t('strand.title', { count: props.stranding.appointments })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
      centered
    >
      {props && <StrandedContent {...props} />}
    </Modal>
  );
}
