/**
 * Visits walked inside the page itself, by what it shows: a resident comes, is asked, takes an oximetry with its live curve,
 * sees the result with its trend, and leaves. Sent to the page as it stands: it uses nothing from outside.
 */
export async function walkVisits(count: number): Promise<void> {
  /** Of what can be pressed now, the first of these is. What comes late in a visit stands first. */
  const order = [
    "next-person",
    "rate-skip",
    "leave-done",
    "measure-start",
    "rest-skip",
    "prepare-next",
    "ask-yes",
    "ask-no",
    "confirm-yes",
    "triage-next",
    "consent-yes",
    "no",
    "check-oximetry",
    "resident-card",
    "start",
  ];
  const find = (id: string): HTMLButtonElement | undefined => {
    const found = document.querySelector<HTMLButtonElement>(`button[data-testid="${id}"]`);
    return found === null || found.disabled ? undefined : found;
  };
  const pause = (): Promise<void> => new Promise((done) => setTimeout(done, 4));
  const patienceMs = 20_000;
  for (let visit = 0; visit < count; visit++) {
    let measured = false;
    let last = performance.now();
    for (let over = false; !over;) {
      const shown = document.querySelector("main")?.dataset["testid"] ?? "";
      if (shown === "screen-welcome" && measured) {
        over = true;
        continue;
      }
      measured ||= shown === "screen-result";
      // A result was seen: its trend is drawn, and the person goes.
      // Whoever goes is asked how they are; a second "done" there is the end.
      const goes = shown === "screen-result" || (measured && shown === "screen-triage");
      const ids = goes && find("leave-done") === undefined ? ["leave"] : order;
      const key = ids.map(find).find((one) => one !== undefined);
      if (key !== undefined) {
        key.click();
        last = performance.now();
      } else if (performance.now() - last > patienceMs)
        throw new Error(`visit ${visit} stands at ${shown}: ${document.body.innerText}`);
      await pause();
    }
  }
}
