import PDFDocument from "pdfkit";
import { qualityMessage, type QualityKey } from "../../core/i18n/quality.ts";
import type { Font } from "./font.ts";

/** A sheet of A4 that is filled from top to bottom, in both languages. Points; 72 to the inch. */

const margin = 48;
const width = 595.28 - 2 * margin;
const bottom = 841.89 - margin - 30;
const ink = "#1a1a1a";
const faint = "#6b6b6b";
const hairline = "#b8b8b8";
export const colors = { ink, faint, hairline, good: "#1b6e3a", bad: "#a3201b", caution: "#8a5a00" } as const;

export interface Column {
  readonly key: QualityKey;
  readonly share: number;
  readonly right?: boolean;
}
export interface Cell {
  readonly text: string;
  readonly color?: string;
}

/** One document. `done` resolves with its bytes as base64. */
export class Paper {
  readonly doc: PDFKit.PDFDocument;
  readonly #chunks: Buffer[] = [];
  readonly #done: Promise<string>;

  constructor(font: Font, title: string) {
    this.doc = new PDFDocument({ size: "A4", margin, bufferPages: true, info: { Title: title, Creator: "" } });
    this.doc.registerFont("text", font.file, font.face);
    this.doc.font("text").fillColor(ink);
    this.#done = new Promise((resolve, reject) => {
      this.doc.on("data", (chunk: Buffer) => this.#chunks.push(chunk));
      this.doc.on("end", () => resolve(Buffer.concat(this.#chunks).toString("base64")));
      this.doc.on("error", reject);
    });
  }

  get width(): number {
    return width;
  }
  get left(): number {
    return margin;
  }

  /** Ends the page when less than this is left. */
  room(height: number): void {
    if (this.doc.y + height > bottom) this.doc.addPage();
  }

  title(key: QualityKey, under: string): void {
    const { doc } = this;
    doc.fontSize(20).text(qualityMessage("zh-CN", key), margin, margin, { width, align: "center" });
    doc.fontSize(10).fillColor(faint).text(qualityMessage("en", key), { width, align: "center" });
    if (under !== "") doc.fontSize(9).text(under, { width, align: "center" });
    doc.moveDown(0.6);
    this.rule(1);
    doc.fillColor(ink).moveDown(0.5);
  }

  heading(text: string): void {
    this.room(60);
    this.doc.moveDown(0.6).fontSize(12).fillColor(ink).text(text, margin, this.doc.y, { width });
    this.doc.moveDown(0.3);
  }

  note(text: string, color: string = faint): void {
    this.room(30);
    this.doc.fontSize(8.5).fillColor(color).text(text, margin, this.doc.y, { width }).fillColor(ink);
  }

  rule(weight = 0.5): void {
    const { doc } = this;
    doc
      .moveTo(margin, doc.y)
      .lineTo(margin + width, doc.y)
      .lineWidth(weight)
      .strokeColor(weight >= 1 ? ink : hairline)
      .stroke();
    doc.y += 2;
  }

  /** Facts in two columns: what it is, small, in both languages; then the fact. */
  facts(rows: readonly (readonly [QualityKey, string])[]): void {
    const { doc } = this;
    const half = width / 2;
    for (let at = 0; at < rows.length; at += 2) {
      this.room(34);
      const top = doc.y;
      let lowest = top;
      for (const [side, row] of rows.slice(at, at + 2).entries()) {
        const [key, value] = row;
        const x = margin + side * half;
        doc
          .fontSize(7.5)
          .fillColor(faint)
          .text(bilingual(key), x, top, { width: half - 12 });
        doc
          .fontSize(10.5)
          .fillColor(ink)
          .text(value, x, doc.y, { width: half - 12 });
        lowest = Math.max(lowest, doc.y);
      }
      doc.y = lowest + 3;
    }
  }

  table(columns: readonly Column[], rows: readonly (readonly Cell[])[]): void {
    const all = columns.reduce((sum, { share }) => sum + share, 0);
    const sizes = columns.map(({ share }) => (share / all) * width);
    const heads = columns.map(({ key }) => ({ text: bilingual(key, "\n") }));
    const line = (cells: readonly Cell[], size: number, color: string): void => {
      const { doc } = this;
      const texts = cells.map(({ text }, index) => ({ text, width: (sizes[index] ?? 0) - 10 }));
      doc.fontSize(size);
      const height = Math.max(...texts.map((cell) => doc.heightOfString(cell.text || " ", { width: cell.width }))) + 4;
      if (doc.y + height > bottom) {
        doc.addPage();
        if (cells !== heads) line(heads, 7, faint);
        doc.fontSize(size);
      }
      const top = doc.y;
      let x = margin;
      for (const [index, cell] of cells.entries()) {
        const own = sizes[index] ?? 0;
        const align = columns[index]?.right === true ? "right" : "left";
        doc.fillColor(cell.color ?? color).text(cell.text, x + 3, top + 2, { width: own - 10, align });
        x += own;
      }
      doc.y = top + height;
      this.rule();
      doc.fillColor(ink);
    };
    this.room(60);
    this.rule(1);
    line(heads, 7, faint);
    for (const row of rows) line(row, 8.5, ink);
  }

  /** The verdict, in a frame that cannot be overlooked. */
  verdict(key: QualityKey, good: boolean): void {
    const { doc } = this;
    this.room(46);
    doc.moveDown(0.5);
    const top = doc.y;
    const color = good ? colors.good : colors.bad;
    doc.rect(margin, top, width, 30).lineWidth(1.2).strokeColor(color).stroke();
    doc
      .fontSize(8)
      .fillColor(faint)
      .text(bilingual("doc.verdict"), margin + 10, top + 9, { width: 110 });
    doc
      .fontSize(15)
      .fillColor(color)
      .text(bilingual(key), margin + 120, top + 4, { width: width - 130 });
    doc.fillColor(ink);
    doc.y = top + 34;
  }

  /** Places to sign by hand, each with its name printed where it is known. */
  signatures(rows: readonly (readonly [QualityKey, string])[]): void {
    const { doc } = this;
    this.room(58);
    doc.moveDown(1.2);
    const top = doc.y;
    const own = width / rows.length;
    for (const [index, [key, name]] of rows.entries()) {
      const x = margin + index * own;
      doc
        .fontSize(10.5)
        .fillColor(ink)
        .text(name, x, top, { width: own - 16 });
      doc
        .moveTo(x, top + 20)
        .lineTo(x + own - 16, top + 20)
        .lineWidth(0.7)
        .strokeColor(ink)
        .stroke();
      doc
        .fontSize(7.5)
        .fillColor(faint)
        .text(bilingual(key), x, top + 24, { width: own - 16 });
    }
    doc.fillColor(ink);
    doc.y = top + 44;
  }

  /** Footer and, on a specimen, the mark across every page; then the bytes. */
  done(footer: string, specimen: boolean): Promise<string> {
    const { doc } = this;
    const { start, count } = doc.bufferedPageRange();
    for (let page = start; page < start + count; page++) {
      doc.switchToPage(page);
      // Text below the margin would otherwise begin another page.
      doc.page.margins.bottom = 0;
      const values = { page: page - start + 1, pages: count };
      const said = `${qualityMessage("zh-CN", "doc.page", values)}  ${qualityMessage("en", "doc.page", values)}`;
      doc.fontSize(7).fillColor(faint);
      doc.text(footer, margin, bottom + 12, { width: width - 150, lineBreak: true });
      doc.text(said, margin + width - 150, bottom + 12, { width: 150, align: "right", lineBreak: false });
      if (specimen) this.#mark();
    }
    doc.end();
    return this.#done;
  }

  #mark(): void {
    const { doc } = this;
    doc.save();
    doc.rotate(-35, { origin: [297, 420] });
    doc.fontSize(40).fillColor("#c0392b", 0.13);
    doc.text(qualityMessage("zh-CN", "qc.specimen"), 60, 380, { width: 480, align: "center" });
    doc.fontSize(22).text(qualityMessage("en", "qc.specimen"), 60, 440, { width: 480, align: "center" });
    doc.restore();
    doc.fillColor(ink, 1);
  }
}

export function bilingual(key: QualityKey, between = " "): string {
  return `${qualityMessage("zh-CN", key)}${between}${qualityMessage("en", key)}`;
}
