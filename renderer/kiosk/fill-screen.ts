/**
 * A kiosk window covers the screen. Window managers see to it; on a thin box without one the window keeps its first size,
 * and only the page can ask for more. Ordinary browser windows ignore this.
 */
export function fillScreen(page: Window): void {
  const { width, height } = page.screen;
  if (page.outerWidth >= width && page.outerHeight >= height) return;
  page.moveTo(0, 0);
  page.resizeTo(width, height);
}
