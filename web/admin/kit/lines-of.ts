/** What somebody typed or pasted as a list: lines, commas and semicolons part it. Called by forms that take addresses, networks and numbers. */
export const linesOf = (text: string): string[] =>
  text
    .split(/[\n,;]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
