/** `list-services`: what can be booked here, with duration and price. Called by dispatch.ts. */
import { bestMatches } from '../../../shared/person-names.ts';
import { listed, serviceLabel } from '../speech.ts';
import { offeredServices, type Service, textOf } from '../named-choices.ts';
import { answer, type BranchContext, type FunctionAnswer, type FunctionCall, sayIn } from './function-call.ts';

type Answer = FunctionAnswer<'list-services'>;

/** Answers are tokens the model pays for on every later turn. */
const MAX_LISTED = 12;
const MAX_SPOKEN = 5;

export async function listServices(call: FunctionCall, branchContext: BranchContext): Promise<Answer> {
  const here = offeredServices(branchContext.hours.snapshot).filter(
    (service) => service.body.branchIds.length === 0 || service.body.branchIds.includes(branchContext.branch.id),
  );
  const query = textOf(call.args, 'query', 'service', 'category');
  const shown = (query === undefined ? here : matching(here, query)).slice(0, MAX_LISTED);
  if (shown.length === 0) return answer(sayIn(call, 'services_none'), { services: [] });
  const names = shown.slice(0, MAX_SPOKEN).map((service) => serviceLabel(service, call.language));
  return answer(sayIn(call, 'services', { services: listed(names, call.language, 'and') }), {
    services: shown.map((service) => ({
      service_id: service.id,
      name: serviceLabel(service, call.language),
      duration_minutes: service.body.durationMinutes,
      price_cents: service.body.priceCents,
      currency: service.body.currency,
    })),
  });
}

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
