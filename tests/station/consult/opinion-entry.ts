import { generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { certifiedText, signedText } from "../../../core/care/signed.ts";
import type { NewEntry } from "../../../core/journal/entry.ts";
import type { FakeHub } from "./fake-hub.ts";

const doctor = { id: "doctor-1", name: "Dr. Example", role: "doctor" } as const;
const doctorKey = generateKeyPairSync("ed25519");

/** An opinion as the hub's journal has it, signed by its doctor, whose key the hub certifies. */
export function opinionEntry(hub: FakeHub, station: string, visit: string, call: string, text = "多喝水"): NewEntry {
  const id = randomUUID();
  const writtenAt = "2026-11-02T01:00:00.000Z";
  const document = {
    id,
    call,
    visit,
    station,
    clinician: { id: doctor.id, name: doctor.name },
    text,
    next: "none",
    writtenAt,
  } as const;
  const publicKey = doctorKey.publicKey.export({ format: "jwk" }).x ?? "";
  const span = { hub: hub.id, openedAt: writtenAt, until: "2026-11-02T01:10:00.000Z" };
  const certificate = { ...span, signature: hub.sign(certifiedText(span, doctor, publicKey)) };
  const statement = {
    of: "opinion",
    by: doctor,
    at: writtenAt,
    algorithm: "Ed25519",
    publicKey,
    legal: "test",
    certificate,
  } as const;
  const signature = sign(null, Buffer.from(signedText(document, statement)), doctorKey.privateKey).toString(
    "base64url",
  );
  return {
    id,
    type: "opinion.written",
    actor: { role: "doctor", id: doctor.id },
    subject: null,
    visit,
    body: { ...document, signature: { ...statement, signature } },
  };
}
