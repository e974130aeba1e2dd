/** Dots of a Latin character's width, and of a line's height. */
const [columnDots, rowDots] = [12, 24];
const font = `22px "Noto Sans Mono CJK SC", "Noto Sans CJK SC", sans-serif`;

/**
 * A line of a slip as dots for a printer whose font lacks a character of it: base64, column by column, three bytes from top
 * to bottom each. A Latin character takes one column of `columns`, any other two.
 */
export function drawLine(line: string, columns: number): string {
  const canvas = new OffscreenCanvas(columns * columnDots, rowDots);
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (pen === null) throw new Error("no canvas to draw on");
  pen.font = font;
  pen.textBaseline = "middle";
  let x = 0;
  for (const char of line) {
    const width = (/^[ -~]$/.test(char) ? 1 : 2) * columnDots;
    pen.fillText(char, x, rowDots / 2 + 1, width);
    x += width;
  }
  const { data } = pen.getImageData(0, 0, canvas.width, rowDots);
  const dots = new Uint8Array((canvas.width * rowDots) / 8);
  for (let at = 0; at < canvas.width * rowDots; at++) {
    const [column, row] = [Math.floor(at / rowDots), at % rowDots];
    const isInk = (data[(row * canvas.width + column) * 4 + 3] ?? 0) > 110;
    if (isInk) dots[at >> 3] = (dots[at >> 3] ?? 0) | (0x80 >> (at & 7));
  }
  return btoa(String.fromCharCode(...dots));
}
