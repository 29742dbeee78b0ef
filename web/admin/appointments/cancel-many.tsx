/** The form of cancelling chosen appointments. Loaded by the kit's bar when somebody presses the action. */
import { useWords } from '../admin-context.tsx';
import type { BulkFormProps } from '../kit/view.ts';
import { ManyForm } from './many-form.tsx';

export default function CancelMany({ count, onGo, onBack }: BulkFormProps) {
  const { t } = useWords();
  return (
    <ManyForm
      title={t('appointments.cancel.title', { count })}
      go={t('appointments.bulk.cancel')}
      isDangerous
      canGo
      onGo={onGo}
      onBack={onBack}
    />
  );
}
