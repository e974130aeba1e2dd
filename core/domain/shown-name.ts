/** What precedes the name of a specimen. It is no part of the name and stays readable. */
const specimenMark = /^([^·]*·)?(.*)$/u;

/**
 * A name as an open room may see it: the first and, from three letters on, the last letter of each part; the rest stars.
 * 王秀英 → 王*英, 李雷 → 李*, Ann Smith → A*n S***h.
 */
export function shownName(name: string): string {
  const [, mark = "", own = ""] = specimenMark.exec(name.trim()) ?? [];
  return mark + own.split(/\s+/u).map(masked).join(" ");
}

function masked(part: string): string {
  // As people see letters: a letter may be several code points.
  const letters = [...new Intl.Segmenter().segment(part)].map(({ segment }) => segment);
  if (letters.length < 2) return part;
  if (letters.length === 2) return `${letters[0] ?? ""}*`;
  return `${letters[0] ?? ""}${"*".repeat(letters.length - 2)}${letters.at(-1) ?? ""}`;
}
