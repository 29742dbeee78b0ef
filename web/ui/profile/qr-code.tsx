/** A text as a QR code, in SVG. Loaded when a second factor is set up. */
import { generate } from 'lean-qr';
import { toSvgPath } from 'lean-qr/extras/svg';

/** Modules of empty border that readers ask for (ISO 18004). */
const BORDER = 4;

/** Dark on light in both schemes, because many readers know nothing else. */
export default function QrCode({ text, label }: { text: string; label: string }) {
  const code = generate(text);
  const size = code.size + 2 * BORDER;
  return (
    <svg viewBox={`${-BORDER} ${-BORDER} ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect x={-BORDER} y={-BORDER} width={size} height={size} fill="white" />
      <path d={toSvgPath(code)} fill="black" />
    </svg>
  );
}
