/** The pages of the activity log below /admin/activity; one lazy part of the app. */
import { ResourcePages } from '../kit/resource-pages.tsx';
import { activityView } from './activity.view.ts';

export default function ActivityPages() {
  return <ResourcePages view={activityView} />;
}
