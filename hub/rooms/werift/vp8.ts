/**
 * Whether an RTP payload begins a VP8 key frame, after which a decoder needs nothing older. Source: RFC 7741 §4.2 (payload
 * descriptor: X R N S R PID | I L T K … | PictureID 1 or 2 bytes | TL0PICIDX | TID/KEYIDX) and §4.3 (P = 0: key frame).
 */
export function beginsKeyFrame(payload: Uint8Array): boolean {
  const first = payload[0] ?? 0;
  const startsPartitionZero = (first & 0x10) !== 0 && (first & 0x07) === 0;
  if (!startsPartitionZero) return false;
  let at = 1;
  if ((first & 0x80) !== 0) {
    const extension = payload[at] ?? 0;
    at += 1;
    if ((extension & 0x80) !== 0) at += ((payload[at] ?? 0) & 0x80) !== 0 ? 2 : 1;
    if ((extension & 0x40) !== 0) at += 1;
    if ((extension & 0x30) !== 0) at += 1;
  }
  const header = payload[at];
  return header !== undefined && (header & 0x01) === 0;
}
