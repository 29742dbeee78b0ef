/** Pure: how many SMS a text costs. Read by notifications, and by the panel while somebody writes. */

// biome-ignore format: the alphabet of 3GPP TS 23.038 in rows
const GSM = new Set('@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà');
const GSM_EXTENDED = new Set('^{}\\[~]|€');

/** How many SMS the text costs (160/153 GSM-7 characters, 70/67 UCS-2). */
export function smsSegments(text: string): number {
  let septets = 0;
  for (const char of text) {
    if (GSM.has(char)) septets += 1;
    else if (GSM_EXTENDED.has(char)) septets += 2;
    else return text.length <= 70 ? 1 : Math.ceil(text.length / 67);
  }
  return septets <= 160 ? 1 : Math.ceil(septets / 153);
}
