/** Whose line an address is: one subscriber has one IPv4 address, or a whole IPv6 /64. What is counted per address is counted by this. */

const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

/** The four bytes, or null for what is no IPv4 address. */
function bytesOf(text: string): number[] | null {
  const match = IPV4.exec(text);
  const bytes = match?.slice(1).map(Number) ?? [];
  return bytes.length === 4 && bytes.every((byte) => byte <= 255) ? bytes : null;
}

/** The eight groups, or null for what is no IPv6 address. A zone (`%eth0`) is no part of it. */
function groupsOf(text: string): number[] | null {
  const [address = ''] = text.split('%');
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(address);
  const bytes = dotted === null ? null : bytesOf(dotted[2] ?? '');
  if (dotted !== null && bytes === null) return null;
  const [a = 0, b = 0, c = 0, d = 0] = bytes ?? [];
  const hex = dotted === null ? address : `${dotted[1]}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  const halves = hex.split('::');
  if (halves.length > 2) return null;
  const [before = [], after = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const given = [...before, ...after];
  if (given.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return null;
  const missing = 8 - given.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  return [...before, ...Array<string>(missing).fill('0'), ...after].map((group) => Number.parseInt(group, 16));
}

/**
 * `203.0.113.9` stays, `2001:db8:1:2:…` becomes `2001:db8:1:2::/64`, an IPv4 address written as IPv6 is that IPv4 address.
 * @param address as Cloudflare tells it; what is no address stays as it is (`local`, where there is no Cloudflare)
 */
export function networkOf(address: string): string {
  const groups = address.includes(':') ? groupsOf(address) : null;
  if (groups === null) return address;
  const [, , , , , mark = 0, high = 0, low = 0] = groups;
  if (mark === 0xffff && groups.slice(0, 5).every((group) => group === 0))
    return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}
