import { expect, type Page } from "@playwright/test";

/** A signing PIN for the accounts of tests. */
export const signingPin = "84-27-19-63";

/** What the doctor writes by hand and chooses for the resident. */
export interface Written {
  readonly assessment: string;
  readonly plan: string;
  readonly sentences: readonly string[];
  readonly next: "none" | "homeSeries" | "comeBack" | "hospital" | "emergency";
  /** Put into every sentence that needs a number of days. */
  readonly days?: number;
}

/** Fills the sheet as a doctor does; nothing is sent. */
export async function fillOpinion(
  desk: Page,
  { assessment, plan, sentences, next, days = 14 }: Written,
): Promise<void> {
  await desk.getByTestId("soap-assessment").fill(assessment);
  await desk.getByTestId("soap-plan").fill(plan);
  for (const key of sentences) {
    await desk.getByTestId("sentence-pick").selectOption(key);
    await desk.getByTestId("sentence-add").click();
  }
  for (const field of await desk.getByTestId("sentence-days").all()) await field.fill(String(days));
  await desk.getByTestId(`next-${next}`).click();
}

/** Signs and sends. The first signature of a session opens the key; the first of an account makes it. */
export async function signOpinion(desk: Page, code: () => string): Promise<void> {
  const sent = desk.getByTestId("opinion-sent");
  const form = desk.getByTestId("sign-form");
  if (!(await form.isVisible())) await desk.getByTestId("opinion-send").click();
  await expect(sent.or(form)).toBeVisible({ timeout: 30_000 });
  if (await form.isVisible()) {
    await desk.getByTestId("sign-pin").fill(signingPin);
    await desk.getByTestId("sign-code").fill(code());
    await desk.getByTestId("sign-open").click();
  }
  await expect(sent).toBeVisible({ timeout: 30_000 });
}
