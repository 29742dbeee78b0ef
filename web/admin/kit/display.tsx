/** Draws one value as its declaration says. Called by the kit's tables, facts and sections. */
import { Anchor } from '@mantine/core';
import { Fragment } from 'react';
import { Link } from 'react-router';
import { dayAndTime, money, shortInstant } from '../../ui/format.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { CopyableId, StatusBadge } from '../page-parts.tsx';
import { useNames } from './references.tsx';
import type { Display } from './view.ts';

/** What stands where there is nothing. */
const NOTHING = '–';

/** @param isPlain in a row that is a link itself: numbers and addresses are text there */
export function DisplayValue<R>({ show, row, isPlain = false }: { show: Display<R>; row: R; isPlain?: boolean }) {
  const words = useWords();
  const names = useNames();
  switch (show.kind) {
    case 'text': {
      const text = show.of(row, words, names);
      return text !== null && isPlain ? <OneLine text={text} /> : (text ?? NOTHING);
    }
    case 'references':
      return <ReferenceNames show={show} ids={show.of(row)} isPlain={isPlain} />;
    case 'colour': {
      const colour = show.of(row);
      return colour === null ? NOTHING : <span className="kit-swatch" style={{ background: colour }} />;
    }
    case 'long_text': {
      const text = show.of(row);
      return text === null ? NOTHING : <span className="kit-clamp">{text}</span>;
    }
    case 'instant': {
      const at = show.of(row);
      return at === null ? NOTHING : <Instant at={at} {...(show.zone && { zone: show.zone(row) })} />;
    }
    case 'badge': {
      const badge = show.of(row);
      return badge && <StatusBadge look={badge.look}>{words.t(badge.word)}</StatusBadge>;
    }
    case 'phone': {
      const lines = show.of(row);
      if (lines.length === 0) return NOTHING;
      if (isPlain) return <span className="kit-line figures">{lines[0]}</span>;
      return lines.map((line) => (
        <Anchor key={line} href={`tel:${line.replace(/ /g, '')}`} className="kit-line kit-reach figures">
          {line}
        </Anchor>
      ));
    }
    case 'email': {
      const address = show.of(row);
      if (address === null) return NOTHING;
      if (isPlain) return <span className="kit-line">{address}</span>;
      return (
        <Anchor href={`mailto:${address}`} className="kit-line kit-reach">
          {address}
        </Anchor>
      );
    }
    case 'money': {
      const amount = show.of(row);
      return amount === null ? NOTHING : money(amount.cents, amount.currency, words.language);
    }
    case 'id':
      return <CopyableId id={show.of(row)} />;
  }
}

/** Letters that a column of a table always has room for. */
const SHORT = 12;
/** The same with figures in them: a date without its time says something else. */
const SHORT_FIGURES = 24;

/** A text in a row of a table: rows have one height, so what is too long ends in an ellipsis and is whole for whoever points at it. */
function OneLine({ text }: { text: string }) {
  if (text.length <= (/\d/.test(text) ? SHORT_FIGURES : SHORT)) return <span className="kit-short">{text}</span>;
  return (
    <span className="kit-clamp kit-long" title={text}>
      {text}
    </span>
  );
}

interface ReferenceNamesProps<R> {
  show: Extract<Display<R>, { kind: 'references' }>;
  ids: readonly string[];
  isPlain: boolean;
}

function ReferenceNames<R>({ show, ids, isPlain }: ReferenceNamesProps<R>) {
  const { t } = useWords();
  const names = useNames();
  const isReadable = useMay(show.to.permission);
  if (ids.length === 0) return show.none === undefined ? NOTHING : t(show.none);
  const { path } = show.to;
  if (isPlain || !isReadable || path === null) {
    const text = ids.map((id) => names(show.to, id) ?? NOTHING).join(', ');
    return isPlain ? <OneLine text={text} /> : text;
  }
  return ids.map((id, n) => (
    <Fragment key={id}>
      {n > 0 && ', '}
      <Anchor component={Link} to={`${path}/${encodeURIComponent(id)}`} className="kit-reach">
        {names(show.to, id) ?? NOTHING}
      </Anchor>
    </Fragment>
  ));
}

/** An instant in few words; in full for whoever points at it and for machines. Mantine's tooltip is made for each row before anybody points. */
export function Instant({ at, zone }: { at: string; zone?: string }) {
  const { language } = useWords();
  const { me } = useAdmin();
  const where = zone ?? me.tenant.time_zone;
  return (
    <time dateTime={at} title={dayAndTime(at, where, language)} className="kit-own-link figures">
      {shortInstant(at, where, language, Date.now())}
    </time>
  );
}
