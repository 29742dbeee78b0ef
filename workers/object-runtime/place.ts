/** The one helper that turns a tenant id into an object: in the EU where jurisdictions exist (not locally), because an object can't move. */

/** @param namespace CALENDAR, LEDGER, PRESENCE or RATE_GATE; @param eu false in development and tests */
export function objectFor<T extends Rpc.DurableObjectBranded>(
  namespace: DurableObjectNamespace<T>,
  name: string,
  eu: boolean,
): DurableObjectStub<T> {
  const place = eu ? namespace.jurisdiction('eu') : namespace;
  return place.get(place.idFromName(name));
}
