/** The steps of a composite service, as they follow each other: a strip, and a line for each with who does it and what it takes. Drawn by its detail page. */
import type { ServiceView } from '../../../shared/contract/services.ts';
import { inLanguage } from '../../../shared/i18n/language.ts';
import { useWords } from '../admin-context.tsx';
import { useNames } from '../kit/references.tsx';
import { needText } from './need-text.ts';
import { staffReference } from './references.ts';
import { lengthText } from './shared-parts.ts';
import { StepBar } from './step-bar.tsx';
import { partsOfSteps } from './step-lines.ts';

export function ServiceSteps({ row }: { row: ServiceView }) {
  const words = useWords();
  const { t, language } = words;
  const names = useNames();
  return (
    <>
      <StepBar parts={partsOfSteps(row.segments)} />
      <ol className="segments">
        {row.segments.map((step, n) => {
          const more = [
            ...(n > 0 && step.gap_max_minutes > 0
              ? [
                  t('services.step_gap', {
                    min: lengthText(step.gap_min_minutes, words),
                    max: lengthText(step.gap_max_minutes, words),
                  }),
                ]
              : []),
            ...(step.staff_ids.length > 0
              ? [step.staff_ids.map((id) => names(staffReference, id) ?? '…').join(', ')]
              : []),
            ...step.resources.map((need) => needText(need, words, names)),
          ];
          return (
            <li key={step.id} data-kind={step.kind}>
              <span>{lengthText(step.duration_minutes, words)}</span>
              <span>
                {step.name ? inLanguage(step.name, language) : t(`appointment.segment.${step.kind}`)}
                {step.kind === 'passive' && ` · ${t('services.staff_free')}`}
                {more.length > 0 && <span className="step-notes">{more.join(' · ')}</span>}
              </span>
            </li>
          );
        })}
      </ol>
    </>
  );
}
