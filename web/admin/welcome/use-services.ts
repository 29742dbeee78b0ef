/** The business's services, as the wizard's steps need them. Called by the steps of services, staff and Cal.com. */
import type { ServiceView } from '../../../shared/contract/services.ts';
import { type Loaded, useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useWords } from '../admin-context.tsx';

export function useServices(): Loaded<{ data: ServiceView[] }> {
  const { language } = useWords();
  const { api } = useAdmin();
  return useAnswer('services', (signal) => api.get('/api/v1/services', { limit: 100 }, signal), { language });
}
