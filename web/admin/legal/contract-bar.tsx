/** Asks the owner once after signing in where newer contract texts wait for agreement: a line that blocks nothing. Drawn by the shell. */
import { useEffect, useState } from 'react';
import { Link, useLocation } from 'react-router';
import type { ContractsView } from '../../../shared/contract/legal.ts';
import { Icon } from '../../ui/icon.tsx';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';

/** Which versions this person put off on this device. */
const PUT_OFF = 'askpro_contracts_later';
/** The page comes first. */
const WAIT_MS = 1_500;

const kept = (): string | null => {
  try {
    return localStorage.getItem(PUT_OFF);
  } catch {
    return null;
  }
};

export function ContractBar() {
  const { t } = useWords();
  const { api, me } = useAdmin();
  const { pathname } = useLocation();
  const isAsked = useMay('accept_contracts') && me.tenant.type !== 'platform';
  const [open, setOpen] = useState<string | null>(null);
  useEffect(() => {
    if (!isAsked) return;
    const timer = setTimeout(() => {
      void api.get<{ data: ContractsView }>('/api/v1/contracts').then((answer) => {
        if (!answer.ok || answer.body.data.open.length === 0) return;
        const versions = answer.body.data.open.map(({ id }) => id).join(' ');
        if (kept() !== versions) setOpen(versions);
      });
    }, WAIT_MS);
    return () => clearTimeout(timer);
  }, [api, isAsked]);
  if (open === null || pathname === '/admin/contracts') return null;
  const later = (): void => {
    try {
      localStorage.setItem(PUT_OFF, open);
    } catch {
      // Without a store it is asked again at the next sign-in.
    }
    setOpen(null);
  };
  return (
    <div role="status" className="offline-bar">
      <Icon name="warning" size={16} />
      <span>{t('contracts.bar')}</span>
      <Link to="/admin/contracts" onClick={() => setOpen(null)}>
        {t('contracts.bar_read')}
      </Link>
      <button type="button" className="bar-button" onClick={later}>
        {t('contracts.bar_later')}
      </button>
    </div>
  );
}
