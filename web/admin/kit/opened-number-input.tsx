/** Mantine's field of a number as a part of its own, loaded by number-input.tsx. */
export { NumberInput as default } from '@mantine/core';
