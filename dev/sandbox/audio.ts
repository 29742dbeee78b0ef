/** Audio as Retell's recordings have it: WAV, one channel, 16 bit, 8 kHz. A quiet tone instead of voices. Called by retell.ts. */
const RATE = 8_000;
const TONE_HZ = 220;
const LOUDNESS = 2_000;

export function wav(milliseconds: number): Uint8Array {
  const samples = Math.max(1, Math.round((milliseconds / 1000) * RATE));
  const bytes = new Uint8Array(44 + samples * 2);
  const view = new DataView(bytes.buffer);
  const text = (at: number, letters: string): void => {
    for (let i = 0; i < letters.length; i++) view.setUint8(at + i, letters.charCodeAt(i));
  };
  text(0, 'RIFF');
  view.setUint32(4, 36 + samples * 2, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, samples * 2, true);
  for (let i = 0; i < samples; i++)
    view.setInt16(44 + i * 2, Math.round(LOUDNESS * Math.sin((2 * Math.PI * TONE_HZ * i) / RATE)), true);
  return bytes;
}
