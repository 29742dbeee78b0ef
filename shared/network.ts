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

/** An address as the 16 bytes of IPv6, an IPv4 address as its mapped form; null for what is none. */
function wideOf(address: string): number[] | null {
  const four = bytesOf(address);
  if (four !== null) return [...Array<number>(10).fill(0), 255, 255, ...four];
  return address.includes(':') ? (groupsOf(address)?.flatMap((group) => [group >> 8, group & 255]) ?? null) : null;
}

/** A block as it is compared; null for what is none: `203.0.113.0/24`, `2001:db8::/32`, or one address. */
function blockOf(text: string): { bytes: number[]; bits: number } | null {
  const match = /^([0-9a-fA-F:.]+)(?:\/(\d{1,3}))?$/.exec(text.trim());
  const bytes = match?.[1] === undefined ? null : wideOf(match[1]);
  if (match === null || bytes === null) return null;
  const isFour = !(match[1] ?? '').includes(':');
  const bits = match[2] === undefined ? 128 : Number(match[2]) + (isFour ? 96 : 0);
  return bits > 128 || (isFour && bits < 96) ? null : { bytes, bits };
}

/** Whether the text names an address or a block of addresses. */
export const isBlock = (text: string): boolean => blockOf(text) !== null;

/** Whether an address lies in one of the blocks; what is no address lies in none. */
export function isWithin(address: string, blocks: readonly string[]): boolean {
  const bytes = wideOf(address);
  if (bytes === null) return false;
  return blocks.some((text) => {
    const block = blockOf(text);
    return (
      block !== null &&
      bytes.every((byte, n) => {
        // Bits of this byte that count: all, some at its front, or none.
        const counted = Math.max(0, Math.min(8, block.bits - n * 8));
        return byte >> (8 - counted) === (block.bytes[n] ?? 0) >> (8 - counted);
      })
    );
  });
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
