/** The figures above a list, with the instant at which they were counted. Drawn by the index page for the names of the view. */
import type { FiguresResponse } from '../../../shared/contract/figures.ts';
import type { FigureName } from '../../../shared/figure-names.ts';
import { time } from '../../ui/format.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { figureText } from './figure-text.ts';
import { useAdmin, useLiveEvents, useWords } from '../admin-context.tsx';

const PATH = '/api/v1/figures';

export function ListFigures({ names }: { names: readonly FigureName[] }) {
  const { t, language } = useWords();
  const { api, me } = useAdmin();
  const wanted = names.join(',');
  const asked = useAnswer<FiguresResponse>(wanted, (signal) => api.get(PATH, { names: wanted }, signal), { language });
  useLiveEvents((change) => {
    if (change.about === 'everything') void asked.reload();
  });
  const figures = asked.body?.data;
  // What can't be counted now is left out: the list is what one came for.
  if (asked.fault !== null && figures === undefined) return null;
  const at = figures?.[0]?.at;
  return (
    <dl
      className="kit-figures"
      aria-busy={figures === undefined}
      title={at && t('kit.figures_at', { time: time(at, me.tenant.time_zone, language) })}
    >
      {names.map((name) => {
        const figure = figures?.find((one) => one.name === name);
        if (figures !== undefined && figure === undefined) return null;
        return (
          <div key={name} className="kit-figure">
            <dt>{t(`figure.${name}`)}</dt>
            <dd className="figures">{figure === undefined ? '\u00a0' : figureText(figure, language)}</dd>
          </div>
        );
      })}
    </dl>
  );
}
