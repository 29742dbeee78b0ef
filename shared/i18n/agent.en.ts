/** What the prompt of the phone agent is told in English. */
import type { AgentTextKey } from './agent.de.ts';

export const agentEn: Record<AgentTextKey, string> = {
  emergency_rule:
    'An emergency comes first: if somebody has collapsed, does not react, does not breathe, has turned blue, bleeds heavily, has swallowed pills or cleaner, has chest pain with arm or sweat, signs of a stroke, a seizure, is choking, has fallen and does not move, if there is fire, a smell of gas, an intruder, or somebody does not want to live any more, say at once: “Please hang up and dial 112.” Then book nothing.',
};
