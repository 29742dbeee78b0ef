/** The steps of a composite service, as they follow each other. Drawn by its detail page. */
import type { ServiceView } from '../../../shared/contract/services.ts';
import { inLanguage } from '../../../shared/i18n/language.ts';
import { useWords } from '../admin-context.tsx';
import { lengthText } from './shared-parts.ts';

export function ServiceSteps({ row }: { row: ServiceView }) {
  const words = useWords();
  const { t, language } = words;
  return (
    <ol className="segments">
      {row.segments.map((step) => (
        <li key={step.id} data-kind={step.kind}>
          <span>{lengthText(step.duration_minutes, words)}</span>
          <span>
            {step.name ? inLanguage(step.name, language) : t(`appointment.segment.${step.kind}`)}
            {step.kind === 'passive' && ` · ${t('services.staff_free')}`}
          </span>
        </li>
      ))}
    </ol>
  );
}
