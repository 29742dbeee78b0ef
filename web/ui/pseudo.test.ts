import { expect, it } from 'vitest';
import { adminDe } from '../../shared/i18n/compiled/admin.de.ts';
import { calendarDe } from '../../shared/i18n/compiled/calendar.de.ts';
import { createTranslate, translateIfKnown } from './i18n.ts';
import { bracketed } from './pseudo.ts';

it('brackets every text, with values and without, also those found by a key made from data', () => {
  const catalogue = bracketed({ ...adminDe, ...calendarDe });
  const t = createTranslate(catalogue);
  expect(t('nav.calls')).toBe('⟦Anrufe⟧');
  expect(t('calendar.summary', { count: 2 })).toBe('⟦2 Termine⟧');
  expect(translateIfKnown(catalogue, 'error.NOT_FOUND')).toMatch(/^⟦.+⟧$/);
  for (const message of Object.values(catalogue)) if (typeof message === 'string') expect(message).toMatch(/^⟦.*⟧$/);
});
