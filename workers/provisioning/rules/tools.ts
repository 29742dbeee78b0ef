/** Pure: the functions of ours that an agent may call, as Retell is told of them. Which it gets, its abilities say. Read by wanted.ts. */
import type { AgentAbility } from '../../../shared/agent-sets.ts';

/** Own budget of a function: a caller hears silence meanwhile; the answer itself takes well under a second. */
const TIMEOUT_MS = 8_000;

interface Argument {
  type: 'string' | 'boolean' | 'integer';
  description: string;
}

const text = (description: string): Argument => ({ type: 'string', description });

const WHEN = { when: text('Day and time in the words of the caller, nothing worked out') };
const NAME = { customer_name: text('Name of the caller as they said it, never one that a tool told you') };
const SERVICE = { service: text('The service in the words of the caller') };
const STAFF = { staff: text('Who should do it, by first name; leave out if nobody in particular') };
const PARTY = { party_size: { type: 'integer', description: 'For how many people' } as const };
const PHONE = { phone_number: text('A number that the caller said') };
const CONFIRM = { confirm: { type: 'boolean', description: 'true only after the caller has said yes' } as const };
const CURRENT = { current_when: text('Day and time of the appointment that they have, in their words') };

interface Tool {
  /** path below /api/retell */
  path: string;
  description: string;
  arguments: Readonly<Record<string, Argument>>;
  required?: readonly string[];
  /** one of them is enough; none: every agent has it */
  for: readonly AgentAbility[];
}

const OWN_APPOINTMENTS: readonly AgentAbility[] = ['move', 'cancel', 'list'];

/** Of agents that record. */
const NO_RECORDING: Tool = {
  path: 'no-recording',
  description: 'The caller does not want to be recorded. Use it at once.',
  arguments: {},
  for: [],
};

const TOOLS: readonly Tool[] = [
  {
    path: 'check-customer',
    description: 'Who is calling. Use it once a name or a number was said.',
    arguments: { ...PHONE, ...NAME },
    for: [],
  },
  {
    path: 'list-services',
    description: 'What is offered, with prices and lengths. Use it when the caller asks for services or prices.',
    arguments: SERVICE,
    for: [],
  },
  {
    path: 'opening-hours',
    description: 'When the business is open, where it is, how to get there and how far it drives to customers.',
    arguments: WHEN,
    for: [],
  },
  {
    path: 'check-availability',
    description: 'Whether a time is free, else the next free ones.',
    arguments: { ...SERVICE, ...WHEN, ...STAFF, ...PARTY, ...NAME },
    for: [],
  },
  {
    path: 'request-callback',
    description: 'Notes that somebody rings the caller back. Always possible.',
    arguments: { reason: text('What it is about, in the words of the caller'), ...WHEN, ...PHONE, ...NAME },
    for: [],
  },
  {
    path: 'collect-appointment',
    description: 'Reserves what is known of a wish and answers the next question to ask.',
    arguments: { ...SERVICE, ...WHEN, ...STAFF, ...PARTY, ...PHONE, ...NAME, ...CONFIRM },
    for: ['book'],
  },
  {
    path: 'book-appointment',
    description: 'Books, after the caller has said yes to what was read back.',
    arguments: {
      ...SERVICE,
      starts_at: text('starts_at of the slot that a tool answered'),
      ...WHEN,
      ...STAFF,
      ...PARTY,
      ...PHONE,
      ...NAME,
      ...CONFIRM,
    },
    for: ['book'],
  },
  {
    path: 'list-appointments',
    description: 'Reads out the appointments of the caller. Asks for proof where it needs some.',
    arguments: { ...NAME, ...CURRENT },
    for: ['list'],
  },
  {
    path: 'reschedule-appointment',
    description: 'Moves an appointment of the caller.',
    arguments: {
      ...NAME,
      ...CURRENT,
      when: text('The new day and time in the words of the caller'),
      ...STAFF,
      ...CONFIRM,
    },
    for: ['move'],
  },
  {
    path: 'cancel-appointment',
    description: 'Cancels an appointment of the caller.',
    arguments: { ...NAME, ...CURRENT, ...CONFIRM },
    for: ['cancel'],
  },
  {
    path: 'send-code',
    description: 'Sends a code by SMS with which the caller proves who they are. Ask before you use it.',
    arguments: { ...PHONE, ...NAME },
    for: OWN_APPOINTMENTS,
  },
  {
    path: 'check-code',
    description: 'Checks the code that the caller reads out.',
    arguments: { code: text('The six digits'), ...NAME },
    required: ['code'],
    for: OWN_APPOINTMENTS,
  },
];

/** Retell wants letters, digits, underscores: the path says which function it is. */
const toolName = (path: string): string => path.replaceAll('-', '_');

/** What Retell is told of our functions and its own two tools. @param base where the world reaches us */
export function toolsOf(
  agent: { abilities: readonly AgentAbility[]; transferNumber: string | null; records: boolean },
  base: string,
): Record<string, unknown>[] {
  const custom = [...TOOLS, ...(agent.records ? [NO_RECORDING] : [])].filter(
    (tool) => tool.for.length === 0 || tool.for.some((one) => agent.abilities.includes(one)),
  );
  return [
    ...custom.map((tool) => ({
      type: 'custom',
      name: toolName(tool.path),
      description: tool.description,
      url: `${base}/api/retell/${tool.path}`,
      method: 'POST',
      args_at_root: false,
      timeout_ms: TIMEOUT_MS,
      // A repeated call is ours to recognise, and the caller waits meanwhile.
      max_retry: 0,
      speak_during_execution: false,
      speak_after_execution: true,
      parameters: { type: 'object', properties: tool.arguments, required: [...(tool.required ?? [])] },
    })),
    { type: 'end_call', name: 'end_call', description: 'Ends the call after the caller has said goodbye.' },
    ...(agent.transferNumber === null
      ? []
      : [
          {
            type: 'transfer_call',
            name: 'transfer_call',
            description: 'Puts the caller through to a person, when they ask for one or are upset.',
            transfer_destination: { type: 'predefined', number: agent.transferNumber },
            transfer_option: { type: 'cold_transfer' },
          },
        ]),
  ];
}
