/** Hearing the recording of a call: pressing play asks for it, which is written down, and brings the address of the audio. Called by admin and portal. */
import { useState } from 'react';
import type { PlayView } from '../../shared/contract/recordings.ts';
import type { ApiClient, ApiFault } from './api-client.ts';
import { newKey } from './new-key.ts';

export interface Recording {
  /** null: nobody has pressed play yet */
  url: string | null;
  isBusy: boolean;
  fault: ApiFault | null;
  play: () => Promise<void>;
}

export function useRecording(api: ApiClient, callId: string): Recording {
  const [state, setState] = useState<Omit<Recording, 'play'>>({ url: null, isBusy: false, fault: null });
  return {
    ...state,
    async play() {
      setState({ url: null, isBusy: true, fault: null });
      const path = `/api/v1/recordings/${encodeURIComponent(callId)}/play`;
      const answer = await api.post<{ data: PlayView }>(path, {}, newKey());
      setState(
        answer.ok
          ? { url: answer.body.data.url, isBusy: false, fault: null }
          : { url: null, isBusy: false, fault: answer.fault },
      );
    },
  };
}
