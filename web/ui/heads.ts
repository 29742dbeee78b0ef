/** Positions of the tenant's objects (`ledger:1.42,calendar:1.7`): merging keeps the furthest of each. Called by the API client. */

interface Position {
  epoch: number;
  sequence: number;
}

const PART = /^([a-z_]{1,32}):(\d{1,15})\.(\d{1,15})$/;

function parse(text: string): Map<string, Position> {
  const found = new Map<string, Position>();
  for (const part of text.split(',')) {
    const match = PART.exec(part.trim());
    if (match?.[1]) found.set(match[1], { epoch: Number(match[2]), sequence: Number(match[3]) });
  }
  return found;
}

const isBehind = (a: Position, b: Position): boolean =>
  a.epoch !== b.epoch ? a.epoch < b.epoch : a.sequence < b.sequence;

/** The furthest position of every object named in either; unreadable parts are dropped. */
export function mergeHeads(known: string, answered: string): string {
  const merged = parse(known);
  for (const [name, position] of parse(answered)) {
    const before = merged.get(name);
    if (!before || isBehind(before, position)) merged.set(name, position);
  }
  return [...merged].map(([name, p]) => `${name}:${p.epoch}.${p.sequence}`).join(',');
}
