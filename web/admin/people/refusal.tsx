/** Why something about a person was refused. Drawn on the user's page. */
import { Alert } from '@mantine/core';
import type { ApiFault } from '../../ui/api-client.ts';
import { translateIfKnown } from '../../ui/i18n.ts';
import { Icon } from '../../ui/icon.tsx';
import { useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';

/** What the rules about people refuse has a sentence of its own. */
export function Refusal({ fault }: { fault: ApiFault }) {
  const { catalogue } = useWords();
  const reasons = fault.details['reasons'];
  const reason = Array.isArray(reasons) ? String(reasons[0]) : '';
  const text = fault.code === 'POLICY_VIOLATION' ? translateIfKnown(catalogue, `users.reason.${reason}`) : undefined;
  if (text === undefined) return <FaultAlert fault={fault} />;
  return (
    <Alert color="red" icon={<Icon name="warning" />} role="alert">
      {text}
    </Alert>
  );
}
