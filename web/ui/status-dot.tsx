/** The live light: says in colour, shape and words whether what you see is current. Called by both shells. */
import type { StreamState } from './sse.ts';
import './status-dot.css';

const LOOK: Readonly<Record<StreamState, 'live' | 'waiting' | 'lost'>> = {
  live: 'live',
  connecting: 'waiting',
  disconnected: 'lost',
  polling: 'waiting',
  signed_out: 'lost',
};

/** `label` is the state in words, `detail` (last seen) the tooltip. Announced politely when it changes. */
export function StatusDot({ state, label, detail }: { state: StreamState; label: string; detail?: string }) {
  return (
    <span className="status-dot" data-look={LOOK[state]} role="status" title={detail}>
      <span className="status-dot-light" aria-hidden="true" />
      <span className="status-dot-word">{label}</span>
    </span>
  );
}
