import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { v7 as newId } from "uuid";
import type { MedicineTold } from "../../../core/care/medicine.ts";
import { reviewPoints, type Item, type PrescriptionText, type Review } from "../../../core/care/prescription-parts.ts";
import { certifiedText, signedText, type Signature, type SignedKind } from "../../../core/care/signed.ts";
import type { NewEntry } from "../../../core/journal/entry.ts";
import { dm } from "../visits/kit.ts";

/** A hub with a key of its own, which certifies two people: what a station checks without a line. */
function keys() {
  const pair = () => generateKeyPairSync("ed25519");
  const publicText = (key: KeyObject): string => key.export({ format: "jwk" }).x ?? "";
  const [hub, doctor, pharmacist] = [pair(), pair(), pair()];
  const text = (words: string, key: KeyObject) => sign(null, Buffer.from(words, "utf8"), key).toString("base64url");
  const signed = (of: SignedKind, document: object, who: "doctor" | "pharmacist"): Signature => {
    const own = who === "doctor" ? doctor : pharmacist;
    const by = { id: who, name: who === "doctor" ? "林" : "姚", role: who };
    const publicKey = publicText(own.publicKey);
    const opened = { hub: "hub-1", openedAt: "2026-10-31T01:00:00.000Z", until: "2026-10-31T01:10:00.000Z" };
    const statement = {
      of,
      by,
      at: "2026-10-31T01:05:00.000Z",
      algorithm: "Ed25519",
      publicKey,
      legal: "test",
      certificate: { ...opened, signature: text(certifiedText(opened, by, publicKey), hub.privateKey) },
    } as const;
    return { ...statement, signature: text(signedText(document, statement), own.privateKey) };
  };
  return { signed, hubs: { "hub-1": publicText(hub.publicKey) } };
}
const { signed, hubs } = keys();
export { hubs, signed };

const inOrder = Object.fromEntries(reviewPoints.map((point) => [point, true])) as Review["appropriate"];

/** One tablet of amlodipine a day for a week, signed by an invented doctor and reviewed by an invented pharmacist. */
export function aMedicine(change: Partial<MedicineTold> = {}, item: Partial<Item> = {}): MedicineTold {
  const id = change.prescription ?? newId();
  const text: PrescriptionText = {
    id,
    revision: 1,
    resident: change.resident ?? dm,
    station: "station-1",
    doctor: { org: "township", tier: "township", person: "doctor", name: "林" },
    pharmacy: { org: "township", tier: "township" },
    diagnosis: "Specimen",
    course: "ordinary",
    items: [{ drug: "amlodipine-5", dose: { amount: 5, unit: "mg" }, timesPerDay: 1, days: 7, pieces: 7, ...item }],
    patient: {
      ageYears: 70,
      sex: "male",
      pregnant: "no",
      breastfeeding: "no",
      liver: "normal",
      allergies: { asked: true, to: [] },
      conditions: [],
      taking: [],
      guardianPresent: false,
      pediatricDoctor: false,
    },
    catalogue: "1",
  };
  const signature = signed("prescription", text, "doctor");
  const review: Review = {
    prescription: id,
    revision: 1,
    signed: signature.signature,
    verdict: "accept",
    appropriate: inOrder,
  };
  return {
    station: "station-1",
    resident: text.resident,
    prescription: id,
    state: "taking",
    at: "2026-11-01T01:00:00.000Z",
    text,
    signature,
    review,
    reviewSignature: signed("prescriptionReview", review, "pharmacist"),
    names: {
      "amlodipine-5": { zh: "氨氯地平", en: "amlodipine", form: "tablet", strength: { amount: 5, unit: "mg" } },
    },
    ...change,
  };
}

/** As a station keeps it. */
export function medicineKept(medicine: MedicineTold, hubSeq: number): NewEntry {
  return {
    id: newId(),
    type: "medicine.received",
    actor: { role: "hub", id: "hub-1" },
    subject: medicine.resident,
    visit: null,
    body: { medicine, hubSeq, hubHash: "a".repeat(64) },
  };
}
