/** One call as it goes on: read whole, read again when something changed, its words as they are spoken. Called by the call's page and the running call's card. */
import { useGetOne } from 'ra-core';
import { useEffect, useMemo, useState } from 'react';
import type { CallDetail, CallResponse } from '../../../shared/contract/calls.ts';
import { CALLS } from '../../../shared/page-data.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { firstAnswers } from '../../ui/page-data.ts';
import { useLiveEvents } from '../admin-context.tsx';
import { faultOfError, RETRY } from '../data-provider.ts';
import { type Turn, withLines } from './timeline.ts';

export interface WholeCall {
  call: CallDetail | undefined;
  /** what was said so far */
  turns: readonly Turn[];
  fault: ApiFault | null;
  reload: () => void;
}

const NOTHING: readonly Turn[] = [];
/** A running call is looked at again: it may have ended between the page and its stream, and a provider may send no lines. */
const LOOK_AGAIN_MS = 3_000;

/** @param isOn false: nothing is read (it was deleted just now) */
export function useCall(id: string, isOn = true): WholeCall {
  // What came along with the page is drawn at once.
  const [initialData] = useState(() => (firstAnswers().peek(`${CALLS}/${id}`)?.body as CallResponse | undefined)?.data);
  // `meta` keeps the key apart from the rows that lists leave in ra-core's cache: those have no transcript.
  const { data, error, refetch } = useGetOne<CallDetail>(
    'calls',
    { id, meta: { whole: true } },
    {
      ...RETRY,
      enabled: isOn,
      refetchInterval: ({ state }) => (state.data?.status === 'ongoing' ? LOOK_AGAIN_MS : false),
      ...(initialData?.id === id && { initialData }),
    },
  );
  const [spoken, setSpoken] = useState<readonly Turn[]>(NOTHING);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another call begins anew
  useEffect(() => setSpoken(NOTHING), [id]);
  const stored = data?.transcript ?? NOTHING;
  useLiveEvents((change) => {
    if (change.about === 'lines' && change.lines && change.ids.includes(id)) {
      const { lines } = change;
      setSpoken((before) => withLines(before.length > stored.length ? before : stored, lines));
    }
    const isIts = change.about === 'calls' && (change.ids.length === 0 || change.ids.includes(id));
    if (isOn && (isIts || change.about === 'everything')) void refetch();
  });
  const isOver = data !== undefined && data.status !== 'ongoing';
  return useMemo(
    () => ({
      call: data,
      // What the provider sends at the end is the better copy.
      turns: isOver || stored.length > spoken.length ? stored : spoken,
      fault: error ? faultOfError(error) : null,
      reload: () => void refetch(),
    }),
    [data, isOver, stored, spoken, error, refetch],
  );
}
