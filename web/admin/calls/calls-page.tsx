/** /admin/calls: all calls, newest first, live, by the questions people ask of them; what is asked lives in the address. */
import { useThrottledCallback } from '@mantine/hooks';
import { useRefresh } from 'ra-core';
import { useLiveEvents, useMay } from '../admin-context.tsx';
import { Forbidden } from '../kit/forbidden.tsx';
import { IndexPage } from '../kit/index-page.tsx';
import '../kit/kit.css';
import './calls.css';
import { callsView } from './calls.view.ts';

/** The first change is read at once, those within this time after it together. */
const GATHER_MS = 500;

export default function CallsPage() {
  const maySee = useMay(callsView.permissions.view);
  return maySee ? <LiveCalls /> : <Forbidden view={callsView} />;
}

function LiveCalls() {
  const refresh = useRefresh();
  const read = useThrottledCallback(refresh, GATHER_MS);
  useLiveEvents((change) => {
    if (change.about !== 'calls' && change.about !== 'everything') return;
    read();
  });
  return (
    <div className="calls-list">
      <IndexPage view={callsView} />
    </div>
  );
}
