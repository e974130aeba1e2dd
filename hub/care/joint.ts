import {
  drafted,
  jointKind,
  newestOf,
  owing,
  refusedToConclude,
  signed,
  type Joint,
  type JointCode,
  type JointLink,
  type JointText,
} from "../../core/care/joint.ts";
import type { JointView } from "../../core/contract/hub-joint.ts";
import type { OpinionWish } from "../../core/contract/hub-opinions.ts";
import type { Opinion } from "../../core/journal/entry.ts";
import { bodyOf } from "../../core/journal/visit-results.ts";
import type { HubContext, HubParts } from "../api/context.ts";
import { isIn } from "../calls/participants.ts";
import type { Call } from "../ports/calls.ts";
import { verifySigned } from "./verify.ts";
import { clinical } from "./write-up.ts";

/** The joint opinions of a call, as its entries tell them, in the order they were begun. */
export async function jointsOf(hub: HubParts, call: string): Promise<readonly Joint[]> {
  const found = new Map<string, Joint>();
  for (const entry of await hub.records.jointEntries(call)) {
    const text = bodyOf(entry, "joint.drafted");
    const told = text && drafted(found.get(text.joint), text);
    if (told) found.set(told.id, told);
    const put = bodyOf(entry, "joint.signed");
    const before = put && found.get(put.joint);
    if (put && before) found.set(put.joint, signed(before, put.version, put.signature));
  }
  return [...found.values()];
}

export const jointOf = async (hub: HubParts, call: string, joint: string): Promise<Joint | undefined> =>
  (await jointsOf(hub, call)).find(({ id }) => id === joint);

/** Those who are to sign a text of this call: the responsible one, then the other clinicians who take part and hold a licence. */
export async function signersOf(hub: HubParts, call: Call, responsible: string): Promise<JointText["participants"]> {
  const here = call.participants.filter((one) => one.kind === "person" && isIn(one) && clinical.includes(one.role));
  const licensed = await Promise.all(
    here.map(async ({ id, name, role }) => {
      const practice = (await hub.directory.account(id))?.practice;
      return role === "villageDoctor" && practice === undefined ? [] : [{ id, name, role }];
    }),
  );
  return licensed.flat().toSorted((a, b) => Number(b.id === responsible) - Number(a.id === responsible));
}

const dissentsOf = (opinions: readonly Opinion[], joint: string) =>
  opinions.flatMap((opinion) =>
    opinion.joint?.as === "dissent" && opinion.joint.joint === joint
      ? [{ opinion, by: opinion.clinician.id, version: opinion.joint.version }]
      : [],
  );

type Linked =
  { readonly ok: true; readonly link: JointLink } | { readonly ok: false; readonly code: JointCode | "care.unknown" };

/** What an opinion says about a joint one, held against what stands there now. */
export async function linkOf(
  { hub, who }: HubContext,
  call: string,
  { as, joint: id, version }: NonNullable<OpinionWish["joint"]>,
): Promise<Linked> {
  const joint = await jointOf(hub, call, id);
  if (!joint) return { ok: false, code: "care.unknown" };
  const newest = newestOf(joint);
  if (as === "dissent") {
    if (version !== newest.text.version) return { ok: false, code: "care.changed" };
    return { ok: true, link: { as, joint: id, version } };
  }
  const dissents = dissentsOf(await hub.records.opinionsOf(call), id);
  const code = refusedToConclude(joint, version, who.id, dissents);
  if (code !== undefined) return { ok: false, code };
  const { text, signatures } = newest;
  const differing = dissents.filter((one) => one.version === version).map(({ opinion }) => opinion.id);
  return { ok: true, link: { as, text, signatures: [...signatures], dissents: differing } };
}

/** With every signature checked, so that it can be said who signed what. */
export async function jointViews(hub: HubParts, call: string): Promise<JointView[]> {
  const opinions = await hub.records.opinionsOf(call);
  return Promise.all(
    (await jointsOf(hub, call)).map(async (joint) => {
      const dissents = dissentsOf(opinions, joint.id);
      const conclusion = opinions.findLast(
        (one) => one.joint?.as === "conclusion" && one.joint.text.joint === joint.id,
      );
      const { version } = newestOf(joint).text;
      const dissenters = dissents.filter((one) => one.version === version).map(({ by }) => by);
      return {
        joint: joint.id,
        versions: await Promise.all(
          joint.versions.map(async ({ text, signatures }) => ({
            text,
            signatures: await Promise.all(
              signatures.map(async (signature) => ({
                signature,
                verdict: await verifySigned({ of: jointKind, document: text, signature }, hub),
              })),
            ),
          })),
        ),
        dissents: dissents.map(({ opinion }) => opinion),
        ...(conclusion ? { conclusion } : {}),
        owing: owing(joint, dissenters).map(({ id }) => id),
      };
    }),
  );
}
