/** A composite service on a strip: when its person works and when they are free, and the sum in words. Drawn by the service's page and form. */
import { useWords } from '../admin-context.tsx';
import { lengthText } from './shared-parts.ts';
import { type BarPart, lengthsOf } from './step-lines.ts';

export function StepBar({ parts }: { parts: readonly BarPart[] }) {
  const words = useWords();
  const { t } = words;
  const { total, free, wait } = lengthsOf(parts);
  return (
    <figure className="step-bar">
      <div aria-hidden="true">
        {parts.map(({ key, kind, minutes, gapMin }, n) => (
          <span key={key} className="step-part" style={{ flexGrow: minutes + (n === 0 ? 0 : gapMin) }}>
            {n > 0 && gapMin > 0 && <span data-kind="wait" style={{ flexGrow: gapMin }} />}
            {minutes > 0 && (
              <span data-kind={kind} style={{ flexGrow: minutes }}>
                {minutes}
              </span>
            )}
          </span>
        ))}
      </div>
      <figcaption className="figures">
        {t('services.steps_sum', { total: lengthText(total, words), free: lengthText(free, words) })}
        {wait > 0 && ` ${t('services.steps_wait', { wait: lengthText(wait, words) })}`}
      </figcaption>
    </figure>
  );
}
