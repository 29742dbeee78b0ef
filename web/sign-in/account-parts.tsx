/** What the pages behind links of mails share: head, fault, end. */
import type { ReactNode } from 'react';
import type { ApiFault } from '../ui/api-client.ts';
import { faultText, requestNumber } from '../ui/fault-text.ts';
import { Icon } from '../ui/icon.tsx';
import type { AppTexts } from '../ui/use-app-texts.ts';
import type { AccountCatalogue } from './account-words.ts';

export type AccountWords = AppTexts<AccountCatalogue>;

export const AccountHead = ({ title, hint }: { title: string; hint?: ReactNode }) => (
  <div className="sign-in-head">
    <span className="brand-mark" aria-hidden="true">
      <Icon name="phone" />
    </span>
    <div>
      <h1>{title}</h1>
      {hint !== undefined && <p className="small">{hint}</p>}
    </div>
  </div>
);

function textOf({ catalogue, t }: AccountWords, fault: ApiFault): string {
  if (fault.status !== 429) return faultText(catalogue, fault);
  const seconds = Math.max(1, Math.ceil(fault.retryAfterSeconds ?? 60));
  return seconds < 90
    ? t('account.locked_seconds', { count: seconds })
    : t('account.locked_minutes', { count: Math.ceil(seconds / 60) });
}

/** Why it did not work, with a number only where it is our failure. */
export function Fault({ words, fault }: { words: AccountWords; fault: ApiFault | null }) {
  if (fault === null) return null;
  const number = fault.status >= 500 ? requestNumber(words.catalogue, fault) : null;
  return (
    <div className="notice notice-danger" role="alert">
      <Icon name="warning" size={20} />
      <div>
        <p>{textOf(words, fault)}</p>
        {number !== null && <p className="small">{number}</p>}
      </div>
    </div>
  );
}

/** Where a page ends: what happened, and the way on. */
export const Ended = ({ title, text, link }: { title: string; text: string; link: { href: string; text: string } }) => (
  <section className="card sign-in" role="status">
    <AccountHead title={title} />
    <p>{text}</p>
    <a className="button button-wide" href={link.href}>
      {link.text}
    </a>
  </section>
);
