/** /admin/absence-requests and what lies below it: of staff their own, of who leads everybody's. */
import { useMemo } from 'react';
import { useAdmin, useMay } from '../admin-context.tsx';
import { ResourcePages } from '../kit/resource-pages.tsx';
import { absencesView } from './absences.view.ts';

export default function AbsencesPages() {
  const { me } = useAdmin();
  const mayEnter = useMay('create_exceptions') && me.role !== 'staff';
  const view = useMemo(() => absencesView(mayEnter), [mayEnter]);
  return <ResourcePages view={view} />;
}
