/** Says what is needed of rooms and equipment: "Kabine 1 oder Kabine 2", "2 von Stuhl". Called by the service's view and its steps. */
import type { ServiceView } from '../../../shared/contract/services.ts';
import type { Words } from '../admin-context.tsx';
import type { Names } from '../kit/view.ts';
import { resourceReference } from './references.ts';

export function needText({ any_of, units }: ServiceView['resources'][number], { t }: Words, names: Names): string {
  const one = any_of.map((id) => names(resourceReference, id) ?? '…').join(` ${t('services.need_or')} `);
  return units === 1 ? one : t('services.need_units_of', { units, of: one });
}
