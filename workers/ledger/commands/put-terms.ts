/** Puts the terms that charges and top-ups are decided by from now on. */
import { asInstant } from '../../../shared/clock.ts';
import { versionConflict } from '../../../shared/errors.ts';
import { err, ok } from '../../../shared/result.ts';
import { dateOf } from '../../../shared/time.ts';
import { makeEvent } from '../../events/catalogue.ts';
import { balanceView, type Book, GENESIS_HASH, NO_MONEY } from '../rules/post.ts';
import { termsProblems } from '../rules/terms.ts';
import { FRESH_THRESHOLDS } from '../rules/thresholds.ts';
import type * as Types from '../types.ts';
import { causeKey, invalid, ledgerCommand } from './parts.ts';

const isDay = (text: string): boolean => /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text);

/**
 * A new version of the terms; the first one opens the ledger.
 *
 * Refusals: VALIDATION_ERROR (terms; the currency of a ledger with entries, or while a top-up may still be paid), VERSION_CONFLICT.
 */
export const putTerms = ledgerCommand<Types.PutTerms, { version: number }>({
  name: 'putTerms',
  key: causeKey,
  decide(store, command, now) {
    const { billingFrom } = command;
    if (billingFrom !== undefined && !isDay(billingFrom)) return invalid('billing_from', 'YYYY-MM-DD');
    const problems = termsProblems(command.terms);
    if (Object.keys(problems).length > 0) return err({ code: 'VALIDATION_ERROR', errors: problems });
    const stored = store.book();
    const current = stored?.book.termsVersion ?? 0;
    if (command.expectedVersion !== undefined && command.expectedVersion !== current) {
      return err(versionConflict(command.expectedVersion, current));
    }
    if (stored && stored.book.currency !== command.terms.currency) {
      if (stored.book.seq > 0) return invalid('currency', 'a ledger with entries keeps its currency');
      if (store.hasOpenTopup()) return invalid('currency', 'a top-up in the other currency may still be paid');
    }
    const version = current + 1;
    const terms = store.addTerms(version, command.terms, now);
    const book: Book = stored
      ? {
          ...stored.book,
          currency: command.terms.currency,
          termsVersion: version,
          owes: { ...stored.book.owes, terms },
        }
      : {
          currency: command.terms.currency,
          termsVersion: version,
          accounts: NO_MONEY,
          seq: 0,
          headHash: GENESIS_HASH,
          epochLink: null,
          lastAt: asInstant(0),
          owes: { terms },
        };
    store.saveBook(book, stored?.thresholds ?? FRESH_THRESHOLDS);
    // A tenant that begins pays its base fee from that day on. One that was there before there were base fees waits for its next close.
    if (!stored) store.setBillingFrom(command.billingFrom ?? dateOf(now, command.terms.timeZone));
    return ok({
      value: { version },
      events: [
        makeEvent('ledger.terms_changed', { version, currency: command.terms.currency, terms: command.terms }),
        makeEvent('ledger.posted', { entries: [], balance: balanceView(book), usage: [] }, command.key),
      ],
    });
  },
});
