/** `list-services`: what can be booked here, with duration and price. Called by dispatch.ts. */
import type { ScheduleSnapshot } from '../../calendar/types.ts';
import { chainMinutes, isOfferedAt, termsOf } from '../../calendar/engine/terms.ts';
import { bestMatches } from '../../../shared/person-names.ts';
import type { Language } from '../../../shared/i18n/language.ts';
import { listed, phrase, sayMoney, serviceLabel } from '../speech.ts';
import { offeredServices, type Service, textOf } from '../named-choices.ts';
import { answer, type BranchContext, type FunctionAnswer, type FunctionCall, sayIn } from './function-call.ts';

type Answer = FunctionAnswer<'list-services'>;

/** Answers are tokens the model pays for on every later turn. */
const MAX_LISTED = 12;
const MAX_SPOKEN = 5;

/** Asked for up to so many by name, each is said with its price; of more the names alone are enough to listen to. */
const MAX_PRICED = 3;

export async function listServices(call: FunctionCall, branchContext: BranchContext): Promise<Answer> {
  const { snapshot } = branchContext.hours;
  const branchId = branchContext.branch.id;
  const here = offeredServices(snapshot)
    .filter(({ body }) => isOfferedAt(body, branchId))
    .map((service) => asOfferedAt(service, branchId, snapshot));
  const query = askedFor(textOf(call.args, 'query', 'service', 'category'));
  const found = query === undefined ? here : matching(here, query);
  const shown = found.slice(0, MAX_LISTED);
  if (shown.length === 0) return answer(sayIn(call, 'services_none'), { services: [], total: 0 });
  return answer(sentenceFor(call, found, query !== undefined), {
    total: found.length,
    services: shown.map((service) => ({
      service_id: service.id,
      name: serviceLabel(service, call.language),
      duration_minutes: minutesOf(service),
      // The model says what it reads: a price that nobody has confirmed does not reach it.
      price_cents: isPriced(service) ? service.body.priceCents : null,
      currency: service.body.currency,
    })),
  });
}

/** "Was kosten Strähnen?" asks for highlights; a question without a service asks for everything. */
function askedFor(query: string | undefined): string | undefined {
  const words = query
    ?.replace(/[?!.]/g, ' ')
    .replace(
      /(?<!\p{L})(?:was|wie ?viel|wieviel|kostet|kosten|preise?|der|die|das|den|ein|eine|einen|für|bei ihnen|bei euch|what|does|do|is|the|price|of|how|much|cost|a|an|for)(?!\p{L})/giu,
      ' ',
    )
    .replace(/\s+/g, ' ')
    .trim();
  return words === '' ? undefined : words;
}

function sentenceFor(call: FunctionCall, found: readonly Service[], isNamed: boolean): string {
  const { language } = call;
  if (isNamed && found.length <= MAX_PRICED) return `${found.map((service) => priced(call, service)).join('. ')}.`;
  const labels = distinctLabels(found, language);
  // Neutral names that are all the same tell nothing: what is left to choose between is the length.
  if (labels.length === 1 && found.length > 1) {
    const lengths = [...new Set(found.map(minutesOf))].sort((a, b) => a - b).slice(0, MAX_SPOKEN);
    const named = lengths.map((minutes) => phrase(language, 'minutes', { n: String(minutes) }));
    return sayIn(call, 'services_kinds', { services: listed(named, language, 'or') });
  }
  if (labels.length <= MAX_SPOKEN) return sayIn(call, 'services', { services: listed(labels, language, 'and') });
  return sayIn(call, 'services_some', {
    count: String(labels.length),
    services: listed(labels.slice(0, MAX_SPOKEN), language, 'and'),
  });
}

const distinctLabels = (services: readonly Service[], language: Language): string[] => [
  ...new Set(services.map((service) => serviceLabel(service, language))),
];

/** "Strähnen: 85 Euro, etwa 90 Minuten": from the lowest price where people differ. */
function priced(call: FunctionCall, service: Service): string {
  const { body } = service;
  const own = body.staff.length > 0 ? body.staff.map((one) => one.priceCents ?? body.priceCents) : [body.priceCents];
  const lowest = Math.min(...own);
  if (!isPriced(service))
    return sayIn(call, 'price_open', {
      service: serviceLabel(service, call.language),
      duration: phrase(call.language, 'minutes', { n: String(minutesOf(service)) }),
    });
  return sayIn(call, own.some((price) => price !== lowest) ? 'price_from' : 'price', {
    service: serviceLabel(service, call.language),
    price: sayMoney(lowest, body.currency, call.language),
    duration: phrase(call.language, 'minutes', { n: String(minutesOf(service)) }),
  });
}

/** The service as one branch offers it: with that branch's length and price, and the people who work there. */
function asOfferedAt(service: Service, branchId: string, { staff }: Pick<ScheduleSnapshot, 'staff'>): Service {
  const isHere = (id: string): boolean => staff.some((one) => one.id === id && one.body.branchIds.includes(branchId));
  return {
    ...service,
    body: {
      ...service.body,
      ...termsOf(service.body, branchId, null),
      staff: service.body.staff.filter(({ staffId }) => isHere(staffId)),
    },
  };
}

/** What was saved before the setting existed has a price. */
const isPriced = ({ body }: Service): boolean => body.priceKnown !== false;

const minutesOf = ({ body }: Service): number => chainMinutes(body) ?? body.durationMinutes;

function matching(services: readonly Service[], query: string): Service[] {
  const plain = query.toLocaleLowerCase('de');
  const contains = services.filter((service) =>
    [service.body.name.de, service.body.name.en ?? '', service.body.category ?? '', ...service.body.aliases].some(
      (name) => name.toLocaleLowerCase('de').includes(plain),
    ),
  );
  if (contains.length > 0) return contains;
  const match = bestMatches(
    query,
    services.map((service) => ({ id: service.id, names: [service.body.name.de, ...service.body.aliases] })),
  );
  return match.kind === 'any' ? [...services] : services.filter((service) => match.ids.includes(service.id));
}
