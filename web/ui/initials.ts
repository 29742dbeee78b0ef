/** Pure: "MK" of "Mara König", for the round marks of people. Called by shells and the calendar's column heads. */
export const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .slice(0, 2)
    .join('')
    .toUpperCase();
