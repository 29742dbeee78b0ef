/** Pure: which addresses somebody may make us call. Called where a vendor's or collector's address is entered. */

/** Ports that relays take mail of clients on; 25 is for relays among themselves. */
const RELAY_PORTS: ReadonlySet<number> = new Set([465, 587, 2525]);
/** Names that mean something inside a network alone. */
const INSIDE = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|test|invalid|example|onion|arpa)$/;

/** A name with a top-level domain: no address in digits, no name of somebody's own network. */
export const isPublicHost = (host: string): boolean =>
  host.length <= 253 &&
  /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*\.[a-z](?:[a-z0-9-]*[a-z0-9])$/.test(
    host,
  ) &&
  !INSIDE.test(host);

/** https, a public name, the usual port, no password in it. */
export function isPublicAddress(text: string): boolean {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return false;
  }
  return (
    url.protocol === 'https:' &&
    url.port === '' &&
    url.username === '' &&
    url.password === '' &&
    url.search === '' &&
    url.hash === '' &&
    isPublicHost(url.hostname)
  );
}

/** The member that is wrong; null: neither. */
export const isPublicRelay = (host: string, port: number): 'host' | 'port' | null =>
  !isPublicHost(host) ? 'host' : RELAY_PORTS.has(port) ? null : 'port';
