/** /admin/plans and what lies below it; one lazy part of the app. */
import { ResourcePages } from '../kit/resource-pages.tsx';
import { plansView } from './plans.view.ts';

export default function PlansPages() {
  return <ResourcePages view={plansView} />;
}
