/** The widget "Integrations": how each vendor answered last. Drawn by widget-board.tsx in a chunk of its own. */
import { Anchor, Skeleton } from '@mantine/core';
import { Link } from 'react-router';
import type { IntegrationView } from '../../../shared/contract/integrations.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { INTEGRATIONS, STATE_LOOKS } from '../connections/vendor-fields.ts';
import { FaultAlert, StatusBadge } from '../page-parts.tsx';

export default function WidgetIntegrations() {
  const { t, language } = useWords();
  const { api } = useAdmin();
  const { body, fault, reload } = useAnswer<{ data: IntegrationView[] }>(
    INTEGRATIONS,
    (signal) => api.get(INTEGRATIONS, {}, signal),
    { language },
  );
  if (body === null)
    return fault === null ? <Skeleton h={180} aria-busy="true" /> : <FaultAlert fault={fault} onRetry={reload} />;
  return (
    <ul className="widget-rows">
      {body.data.map(({ vendor, state }) => (
        <li key={vendor} className="widget-state">
          <Anchor component={Link} to="/admin/connections" c="inherit">
            {t(`connections.vendor.${vendor}`)}
          </Anchor>
          <StatusBadge look={STATE_LOOKS[state]}>{t(`connections.state.${state}`)}</StatusBadge>
        </li>
      ))}
    </ul>
  );
}
