/** Who has a length or a price of their own for a service. Drawn by its detail page. */
import type { ServiceView } from '../../../shared/contract/services.ts';
import { money } from '../../ui/format.ts';
import { useWords } from '../admin-context.tsx';
import { useNames } from '../kit/references.tsx';
import { staffReference } from './references.ts';
import { lengthText } from './shared-parts.ts';
import { termsWith } from './staff-terms.ts';

export function ServiceStaff({ row }: { row: ServiceView }) {
  const words = useWords();
  const { t, language } = words;
  const names = useNames();
  return (
    <table className="branch-terms">
      <caption className="sr-only">{t('services.section.own_terms')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('services.person')}</th>
          <th scope="col">{t('services.duration')}</th>
          <th scope="col">{t('services.price')}</th>
        </tr>
      </thead>
      <tbody className="figures">
        {row.staff.map(({ staff_id: id }) => {
          const { minutes, cents, isOwn } = termsWith(row, id);
          return (
            isOwn && (
              <tr key={id}>
                <th scope="row">{names(staffReference, id) ?? '…'}</th>
                <td>{lengthText(minutes, words)}</td>
                <td>{money(cents, row.currency, language)}</td>
              </tr>
            )
          );
        })}
      </tbody>
    </table>
  );
}
