/** What the pages behind links of mails and those of sign-up share: why it did not work, waiting, the end. */
import { type ReactNode, useEffect, useState } from 'react';
import type { ApiClient, ApiFault } from '../ui/api-client.ts';
import { faultText, type FaultWords, signInFaultText } from '../ui/fault-text.ts';
import type { Translate } from '../ui/i18n.ts';
import { FaultNotice, Head } from './page-parts.tsx';

type Counted = (values: { count: number }) => string;
interface LinkWords {
  catalogue: FaultWords;
  t: Translate<{ 'action.retry': string; 'sign_in.locked_seconds': Counted; 'sign_in.locked_minutes': Counted }>;
}

/** Nothing where nothing went wrong. */
export function Fault({ words: { catalogue, t }, fault }: { words: LinkWords; fault: ApiFault | null }) {
  if (fault === null) return null;
  const text = fault.status === 429 ? signInFaultText(catalogue, fault, t) : faultText(catalogue, fault);
  return <FaultNotice catalogue={catalogue} fault={fault} text={text} />;
}

/** Before the page knows what it is about, or where it could not learn it. */
export const Waiting = ({
  words,
  title,
  text,
  fault,
}: {
  words: LinkWords;
  title: string;
  text: string;
  fault: ApiFault | null;
}) => (
  <section className="card sign-in" aria-busy={fault === null}>
    <Head title={title} />
    {fault === null ? (
      <p>{text}</p>
    ) : (
      <>
        <Fault words={words} fault={fault} />
        <button type="button" className="button button-plain button-wide" onClick={() => location.reload()}>
          {words.t('action.retry')}
        </button>
      </>
    )}
  </section>
);

/** Where a page ends: what happened, and the way on. */
export const Ended = ({
  title,
  text,
  link,
  children,
}: {
  title: string;
  text: string;
  link?: { href: string; text: string };
  children?: ReactNode;
}) => (
  <section className="card sign-in" role="status">
    <Head title={title} />
    <p>{text}</p>
    {link !== undefined && (
      <a className="button button-wide" href={link.href}>
        {link.text}
      </a>
    )}
    {children}
  </section>
);

/** The address a link proves: shown, and read by password managers. */
export const ProvenAddress = ({ label, email }: { label: string; email: string }) => (
  <div className="field">
    <label htmlFor="email">{label}</label>
    <input id="email" type="email" autoComplete="username" value={email} readOnly />
  </div>
);

/** Behind the # it never left the browser. */
const secretHere = (): string => location.hash.slice(1);

/** What the link of this page is; looking uses nothing up. @param path the route that shows it */
export function useLink<L>(api: ApiClient, path: string) {
  const [token] = useState(secretHere);
  const [link, setLink] = useState<L | 'gone' | null>(null);
  const [fault, setFault] = useState<ApiFault | null>(null);
  useEffect(() => {
    void api.post<{ data: L }>(path, { token }).then((answer) => {
      if (answer.ok) setLink(answer.body.data);
      else if (answer.fault.status === 404 || answer.fault.status === 422) setLink('gone');
      else setFault(answer.fault);
    });
  }, [api, path, token]);
  return { token, link, fault, onGone: () => setLink('gone') };
}
