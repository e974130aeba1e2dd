/**
 * What stands on a screen that everybody uses does not get onto a clipboard that everybody can paste: not by marking and
 * copying, not by dragging it away.
 */
export function keepFromClipboard(page: Document): void {
  for (const way of ["copy", "cut", "dragstart"] as const)
    page.addEventListener(way, (event) => event.preventDefault(), { capture: true });
}
