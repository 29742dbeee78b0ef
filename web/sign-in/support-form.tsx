/** The page behind the link that carries a session of the support to this host: takes it over and goes on. Drawn by account-app.tsx. */
import { useEffect, useState } from 'react';
import type { EnteredSupportResponse } from '../../shared/contract/security.ts';
import type { ApiClient, ApiFault } from '../ui/api-client.ts';
import type { AccountWords } from './account-words.ts';
import { Ended, Fault } from './link-parts.tsx';
import { Head } from './page-parts.tsx';

export function SupportForm({ api, words }: { api: ApiClient; words: AccountWords }) {
  const { t } = words;
  const [fault, setFault] = useState<ApiFault | 'gone' | null>(null);
  useEffect(() => {
    const token = location.hash.slice(1);
    // Used up with the first look: it shall not stand in the history.
    history.replaceState(null, '', location.pathname);
    void api.post<EnteredSupportResponse>('/api/auth/support/enter', { token }).then((answer) => {
      if (answer.ok) location.replace(answer.body.data.url);
      else setFault([404, 422].includes(answer.fault.status) ? 'gone' : answer.fault);
    });
  }, [api]);
  if (fault === 'gone')
    return (
      <Ended
        title={t('account.support_title')}
        text={t('account.support_gone')}
        link={{ href: '/admin', text: t('account.to_sign_in') }}
      />
    );
  return (
    <section className="card sign-in" aria-busy={fault === null}>
      <Head title={t('account.support_title')} />
      {fault === null ? <p>{t('account.support_loading')}</p> : <Fault words={words} fault={fault} />}
    </section>
  );
}
