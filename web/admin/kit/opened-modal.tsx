/** Mantine's dialog as a part of its own, loaded by modal.tsx. */
export { Modal as default } from '@mantine/core';
