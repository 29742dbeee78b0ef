/** Closed sets of phone agents and their numbers: states, what an agent may do, trades, our own list of voices. Read by tables, contract, rules and pages. */
/**
 * `drifted`: what stands at Retell is not what it should be, by a change there or by one of ours; `removing`: a person deleted it, and what
 * stands of it at Retell goes first.
 */
export const AGENT_STATES = ['draft', 'provisioning', 'live', 'drifted', 'failed', 'removing'] as const;
export type AgentState = (typeof AGENT_STATES)[number];

/** What an agent may do beside telling services, hours and free times, and noting call backs. */
export const AGENT_ABILITIES = ['book', 'move', 'cancel', 'list'] as const;
export type AgentAbility = (typeof AGENT_ABILITIES)[number];

export const AGENT_TRADES = [
  'hair_salon',
  'barber',
  'physiotherapy',
  'cosmetics',
  'nails',
  'massage_wellness',
  'dental_practice',
  'podiatry',
  'tattoo_piercing',
  'car_workshop',
  'trades_plumber_electrician',
  'tutoring_music',
  'dog_grooming',
  'photo_studio',
  'vet',
  'optician_hearing',
  'tax_consulting',
  'other',
] as const;
export type AgentTrade = (typeof AGENT_TRADES)[number];

/** Our own list; how each is called at Retell: workers/provisioning/rules/voices.ts. */
export const AGENT_VOICE_NAMES = ['clara', 'jonas', 'mila', 'adrian'] as const;
export type AgentVoiceName = (typeof AGENT_VOICE_NAMES)[number];

/** Longest wording of the first sentence, characters: it is heard before the caller may speak. */
export const MAX_FIRST_SENTENCE = 300;

/** Why provisioning stands still; told on the agent's page. */
export const PROVISION_FAULTS = [
  'no_key',
  'key_refused',
  'payment_required',
  'vendor_down',
  'refused',
  'voice_unknown',
  'number_taken_elsewhere',
  'number_password_unreadable',
  'facts_missing',
  'announcing',
] as const;
export type ProvisionFault = (typeof PROVISION_FAULTS)[number];

/** Which of the things at Retell. */
export const REMOTE_PARTS = ['model', 'agent', 'number'] as const;
export type RemotePart = (typeof REMOTE_PARTS)[number];
/** Of which there may be a second one. */
export const TWIN_KINDS = ['model', 'agent'] as const;
export type TwinKind = (typeof TWIN_KINDS)[number];

/** `waiting`: ordered, the pool is empty; `assigned`: ours, not at Retell yet; `live`: calls reach its agent. */
export const NUMBER_STATES = ['waiting', 'assigned', 'live', 'failed', 'released'] as const;
export type NumberState = (typeof NUMBER_STATES)[number];

export const POOL_STATES = ['free', 'claimed', 'removed'] as const;
export type PoolState = (typeof POOL_STATES)[number];
export const SIP_TRANSPORTS = ['TCP', 'UDP', 'TLS'] as const;
