/** Ready conversations in German for the demo and the sandbox's call button: a booking that follows what AskProAI really answers. */
import type { CallMemory, CallScript, CallTurn } from './retell-call.ts';

interface BookingRequest {
  /** As the caller says it. */
  readonly service: string;
  /** Day and time in the caller's words. */
  readonly when: string;
  readonly name: string;
  readonly staff?: string;
}

/** Where calls to the demo tenants go: a number and an agent each, as the demo data has them. */
export const DEMO_LINES = {
  'salon-schoen': { to_number: '+493012345678', agent_id: 'agent_demo_salon', business: 'Salon Schön' },
  'physio-plus': { to_number: '+4312345678', agent_id: 'agent_demo_physio', business: 'Physio Plus' },
  'barber-zurich': { to_number: '+41441234567', agent_id: 'agent_demo_barber', business: 'Barber Zürich' },
} as const;
export type DemoLine = keyof typeof DEMO_LINES;

/**
 * A caller who wants one appointment: greeting, check-customer, check-availability, collect-appointment, book-appointment.
 * When the requested time is taken the caller accepts the first slot offered.
 */
export function bookingCall(
  line: { readonly to_number: string; readonly agent_id: string; readonly business?: string },
  request: BookingRequest,
  more: Partial<CallScript> = {},
): CallScript {
  return {
    to_number: line.to_number,
    agent_id: line.agent_id,
    from_number: '+4915112345678',
    duration_seconds: 92.5,
    summary: `${request.name} hat einen Termin für ${request.service} (${request.when}) vereinbart.`,
    sentiment: 'Positive',
    successful: true,
    custom_analysis_data: { appointment_booked: true, caller_name: request.name, reason: request.service },
    turns: bookingTurns(request, line.business ?? 'Salon'),
    ...more,
  };
}

/** The demo call of a line, by name. */
export function demoCall(line: DemoLine, more: Partial<CallScript> = {}): CallScript {
  const request: Readonly<Record<DemoLine, BookingRequest>> = {
    'salon-schoen': { service: 'Haarschnitt', when: 'übermorgen um halb drei', name: 'Erika Mustermann' },
    'physio-plus': { service: 'Krankengymnastik', when: 'nächsten Montag um zehn', name: 'Max Gruber' },
    'barber-zurich': { service: 'Haarschnitt', when: 'morgen nachmittag', name: 'Urs Keller' },
  };
  return bookingCall(DEMO_LINES[line], request[line], more);
}

function bookingTurns(request: BookingRequest, business: string): CallTurn[] {
  return [
    {
      agent: (memory) =>
        memory.dynamicVariables['greeting'] ??
        `${memory.dynamicVariables['company_name'] ?? business}, guten Tag! Hier spricht die KI-Assistenz. Was kann ich für Sie tun?`,
    },
    {
      user: `Guten Tag, hier ist ${request.name}. Ich hätte gern einen Termin für ${request.service}, ${request.when}${request.staff ? ` bei ${request.staff}` : ''}.`,
    },
    {
      function: 'check-customer',
      args: { call_id: '{{call_id}}', phone_number: '{{from_number}}', name: request.name },
    },
    {
      function: 'check-availability',
      args: {
        call_id: '{{call_id}}',
        service: request.service,
        when: request.when,
        ...(request.staff ? { staff: request.staff } : {}),
      },
    },
    { agent: (memory) => sentence(memory, 'check-availability') ?? 'Einen Moment, ich sehe nach.' },
    {
      user: (memory) =>
        memory.results['check-availability']?.['available'] === true
          ? 'Ja, das passt gut.'
          : 'Dann nehme ich den ersten Termin, den Sie haben.',
    },
    {
      function: 'collect-appointment',
      args: (memory) => ({
        call_id: memory.callId,
        service: request.service,
        customer_name: request.name,
        ...customerOf(memory),
        ...slotWords(memory, request),
      }),
    },
    {
      function: 'book-appointment',
      args: (memory) => ({
        call_id: memory.callId,
        service: request.service,
        customer_name: request.name,
        customer_notes: 'Bucht zum ersten Mal per Telefon.',
        ...customerOf(memory),
        ...slotWords(memory, request),
      }),
    },
    {
      agent: (memory) =>
        text(memory.results['book-appointment']?.['confirmation_message']) ??
        sentence(memory, 'book-appointment') ??
        'Vielen Dank für Ihren Anruf.',
    },
    { user: 'Perfekt, vielen Dank. Auf Wiederhören!' },
  ];
}

function customerOf(memory: CallMemory): Record<string, unknown> {
  const id = memory.results['check-customer']?.['customer_id'];
  return id === undefined || id === null ? {} : { customer_id: id };
}

/** The slot that was found, else the first one offered, else the caller's words again. */
function slotWords(memory: CallMemory, request: BookingRequest): Record<string, unknown> {
  const answer = memory.results['check-availability'] ?? {};
  const slot = answer['slot'];
  if (answer['available'] === true && typeof slot === 'object' && slot !== null) {
    const startsAt = (slot as Record<string, unknown>)['starts_at'];
    if (typeof startsAt === 'string') return { starts_at: startsAt };
  }
  const next = Array.isArray(answer['next_available_slots'])
    ? (answer['next_available_slots'][0] as Record<string, unknown> | undefined)
    : undefined;
  if (next && typeof next['starts_at'] === 'string') return { starts_at: next['starts_at'] };
  if (next && typeof next['date'] === 'string' && typeof next['time'] === 'string')
    return { date: next['date'], time: next['time'] };
  return { when: request.when };
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const sentence = (memory: CallMemory, name: string): string | null => text(memory.results[name]?.['message']);
