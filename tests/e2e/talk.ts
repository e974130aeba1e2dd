import { expect, type Page } from "@playwright/test";
import { enter } from "./kiosk.ts";
import type { Product } from "./product.ts";
import { freshCode } from "./second-factor.ts";

/** A doctor of the demonstration at the desk: password, then a code. */
export async function signInAtDesk(desk: Page, product: Product): Promise<void> {
  await desk.goto(product.desk);
  await desk.getByTestId("account").fill(product.account);
  await desk.getByTestId("password").fill(product.password);
  await desk.getByTestId("sign-in").click();
  await desk.getByTestId("code").fill(freshCode(product.data));
  await desk.getByTestId("enter-code").click();
}

/** A resident calls from the kiosk, and the doctor takes the call. */
export async function beginTalk(kiosk: Page, desk: Page, product: Product): Promise<void> {
  await kiosk.goto(product.kiosk);
  await enter(kiosk, "resident");
  await expect(kiosk.getByTestId("resident")).toBeVisible();
  await signInAtDesk(desk, product);
  await kiosk.getByTestId("call-doctor").click();
  await desk.getByTestId("accept").click();
}
