/** Says at the top of both shells that the account is past due or suspended, why, and where to pay. */
import type { TenantStatus } from '../../shared/tenant-status.ts';
import { accountReason, type ReasonKey } from './account-reason.ts';
import { Icon } from './icon.tsx';
import './offline-bar.css';

type Key = 'account.past_due' | 'account.suspended' | 'account.pay' | ReasonKey;

interface AccountBarProps {
  t: (key: Key) => string;
  tenant: { status: TenantStatus; status_reason?: string | null | undefined };
  /** null: this reader does not pay here */
  payAt: string | null;
}

export function AccountBar({ t, tenant, payAt }: AccountBarProps) {
  const { status } = tenant;
  if (status !== 'past_due' && status !== 'suspended') return null;
  const reason = accountReason(tenant.status_reason, t);
  return (
    <div role="status" className="offline-bar">
      <Icon name="warning" size={16} />
      <span>
        {t(`account.${status}`)}
        {reason !== null && ` ${reason}`}
      </span>
      {payAt !== null && <a href={payAt}>{t('account.pay')}</a>}
    </div>
  );
}
