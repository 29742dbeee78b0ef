/** A legal text as visitors read it: the same tree as the public page, drawn by React, which escapes every text. */
import { Anchor, List, Text } from '@mantine/core';
import { Fragment, type ReactNode } from 'react';
import { type Block, type Inline, readMarkdown } from '../../../shared/markdown.ts';

const keyed = (parts: readonly Inline[]): ReactNode =>
  parts.map((part, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other name, and keep no state
    <Fragment key={at}>{inline(part)}</Fragment>
  ));

function inline(part: Inline): ReactNode {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'break':
      return <br />;
    case 'strong':
      return <strong>{keyed(part.parts)}</strong>;
    case 'emphasis':
      return <em>{keyed(part.parts)}</em>;
    case 'link':
      return (
        <Anchor href={part.href} target="_blank" rel="noopener noreferrer">
          {keyed(part.parts)}
        </Anchor>
      );
  }
}

export function Markdown({ text }: { text: string }) {
  return readMarkdown(text).map((block, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a text have no other name, and keep no state
    <Fragment key={at}>{drawn(block, at === 0)}</Fragment>
  ));
}

function drawn(block: Block, isFirst: boolean): ReactNode {
  switch (block.kind) {
    case 'heading':
      // The page around it has the headings above.
      return (
        <Text fw={600} mt={isFirst ? 0 : 'md'} mb="xs" role="heading" aria-level={block.level + 1}>
          {keyed(block.parts)}
        </Text>
      );
    case 'paragraph':
      return <Text mb="sm">{keyed(block.parts)}</Text>;
    case 'list':
      return (
        <List type={block.ordered ? 'ordered' : 'unordered'} start={block.start} mb="sm" pl="md">
          {block.items.map((item, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: items of a list in a text have no other name
            <List.Item key={n}>{keyed(item)}</List.Item>
          ))}
        </List>
      );
  }
}
