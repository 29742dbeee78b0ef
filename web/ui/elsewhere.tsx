/** The page of who works from outside the account's networks: why, and the way out. Drawn by both apps in place of every page. */
import type { ApiClient, ApiFault } from './api-client.ts';
import { Icon } from './icon.tsx';
import './offline-bar.css';

interface ElsewhereProps {
  t: ((key: 'elsewhere.title' | 'sign_out') => string) &
    ((key: 'elsewhere.text', values: { address: string }) => string);
  api: ApiClient;
  fault: ApiFault;
}

export function Elsewhere({ t, api, fault }: ElsewhereProps) {
  const leave = async (): Promise<void> => {
    await api.post('/api/auth/sign-out', {});
    location.reload();
  };
  return (
    <main className="alone elsewhere">
      <Icon name="warning" size={32} />
      <h1>{t('elsewhere.title')}</h1>
      <p>{t('elsewhere.text', { address: String(fault.details['address'] ?? '') })}</p>
      <button type="button" className="bar-button" onClick={() => void leave()}>
        {t('sign_out')}
      </button>
    </main>
  );
}
