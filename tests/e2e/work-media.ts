import { crc32, deflateSync } from "node:zlib";

const [width, height] = [480, 360];

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** A PNG of a red spot on a lighter ground: what a clinical still might show, and nobody's. */
export const picture: Buffer = (() => {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // Eight bits of red, green and blue.
  head.set([8, 2, 0, 0, 0], 8);
  const rows = Array.from({ length: height }, (_, y) => {
    const row = Buffer.alloc(1 + width * 3);
    for (let x = 0; x < width; x += 1) {
      const away = Math.hypot(x - width / 2, (y - height / 2) * 1.3) / 90;
      const red = Math.max(0, 1 - away);
      row.set([222 - 40 * red, 184 - 120 * red, 160 - 100 * red], 1 + x * 3);
    }
    return row;
  });
  const signature = Buffer.from("89504e470d0a1a0a", "hex");
  return Buffer.concat([
    signature,
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(Buffer.concat(rows))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
})();

/** One second of silence, Opus in WebM. */
export const silence: Buffer = Buffer.from(
  "GkXfo59ChoEBQveBAULygQRC84EIQoKEd2VibUKHgQRChYECGFOAZwEAAAAAAARSEU2bdLpNu4tTq4QVSalmU6yBoU27i1OrhBZUrmtTrIHYTb" +
    "uMU6uEElTDZ1OsggFCTbuMU6uEHFO7a1OsggQ87AEAAAAAAABZAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" +
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAVSalmsirXsYMPQkBNgI1MYXZmNTkuMjcuMTAwV0GNTGF2ZjU5Lj" +
    "I3LjEwMESJiECPgAAAAAAAFlSua+WuAQAAAAAAAFzXgQFzxYjDFLVAFnohk5yBACK1nIN1bmSIgQCGhkFfT1BVU1aqgyEPi1a7hATEtACDgQLh" +
    "kZ+BAbWIQM9AAAAAAABiZIEQY6KTT3B1c0hlYWQBATgBgD4AAAAAABJUw2f+c3OgY8CAZ8iaRaOHRU5DT0RFUkSHjUxhdmY1OS4yNy4xMDBzc9" +
    "hjwItjxYjDFLVAFnohk2fIokWjh0VOQ09ERVJEh5VMYXZjNTkuMzcuMTAwIGxpYm9wdXNnyKJFo4hEVVJBVElPTkSHlDAwOjAwOjAxLjAwODAw" +
    "MDAwMAAAH0O2dUJx54EAo4uBAACACAvmOyOrYKOKgQAVgAgIrLMOxqOKgQApgAgIrLMOxqOKgQA9gAgIrLMOxqOKgQBRgAgIrLMOxqOKgQBlgA" +
    "gIrLMOxqOKgQB5gAgIrLMOxqOKgQCNgAgIrLMOxqOKgQChgAgIrLMOxqOKgQC1gAgIrLMOxqOKgQDJgAgIrLMOxqOKgQDdgAgIrLMOxqOKgQDx" +
    "gAgIrLMOxqOKgQEFgAgIrLMOxqOKgQEZgAgIrLMOxqOKgQEtgAgIrLMOxqOKgQFBgAgIrLMOxqOKgQFVgAgIrLMOxqOKgQFpgAgIrLMOxqOKgQ" +
    "F9gAgIrLMOxqOKgQGRgAgIrLMOxqOKgQGlgAgIrLMOxqOKgQG5gAgIrLMOxqOKgQHNgAgIrLMOxqOKgQHhgAgIrLMOxqOKgQH1gAgIrLMOxqOK" +
    "gQIJgAgIrLMOxqOKgQIdgAgIrLMOxqOKgQIxgAgIrLMOxqOKgQJFgAgIrLMOxqOKgQJZgAgIrLMOxqOKgQJtgAgIrLMOxqOKgQKBgAgIrLMOxq" +
    "OKgQKVgAgIrLMOxqOKgQKpgAgIrLMOxqOKgQK9gAgIrLMOxqOKgQLRgAgIrLMOxqOKgQLlgAgIrLMOxqOKgQL5gAgIrLMOxqOKgQMNgAgIrLMO" +
    "xqOKgQMhgAgIrLMOxqOKgQM1gAgIrLMOxqOKgQNJgAgIrLMOxqOKgQNdgAgIrLMOxqOKgQNxgAgIrLMOxqOKgQOFgAgIrLMOxqOKgQOZgAgIrL" +
    "MOxqOKgQOtgAgIrLMOxqOKgQPBgAgIrLMOxqOKgQPVgAgIrLMOxqCToYqBA+kACAissw7GdaKEAM3+YBxTu2uRu4+zgQC3iveBAfGCAcXwgQM=",
  "base64",
);
