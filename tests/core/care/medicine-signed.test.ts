import { expect, test } from "vitest";
import { isSigned, type MedicineTold } from "../../../core/care/medicine.ts";
import { verifyText } from "../../../station/consult/verify-text.ts";
import { aMedicine, hubs, signed } from "../../station/services/kit.ts";

const good = aMedicine();
const more = {
  ...good.text,
  items: good.text.items.map((item) => ({ ...item, dose: { amount: 50, unit: "mg" as const } })),
};
const refused = { ...good.review, verdict: "refuse" as const };
const other = aMedicine();
const ownReview = { ...good.review, signed: good.signature.signature };

test("what a doctor signed and a pharmacist accepted is right", () => {
  expect(isSigned(good, hubs, verifyText)).toBe(true);
});

test.each<readonly [string, Partial<MedicineTold>]>([
  ["another dose", { text: more }],
  ["another person", { resident: "018f0000-0000-7000-8000-0000000000a3" }],
  ["a review that refused", { review: refused, reviewSignature: signed("prescriptionReview", refused, "pharmacist") }],
  ["a review that was not signed", { review: refused }],
  ["the review of another prescription", { review: other.review, reviewSignature: other.reviewSignature }],
  ["the doctor's own review", { reviewSignature: signed("prescriptionReview", ownReview, "doctor") }],
  ["another's text", { text: other.text, signature: other.signature }],
])("%s is not", (_, change) => {
  expect(isSigned({ ...good, ...change }, hubs, verifyText)).toBe(false);
});

test("a hub that this station does not know certifies nobody", () => {
  expect(isSigned(good, { "hub-2": hubs["hub-1"] }, verifyText)).toBe(false);
});
