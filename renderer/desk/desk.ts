import type { AlarmItem } from "../../core/contract/hub-alarms.ts";
import { v7 as uuidv7 } from "uuid";
import type { Invitation, QueueItem } from "../../core/contract/hub-calls.ts";
import type { OpenGlass } from "../../core/contract/hub-record.ts";
import type { Comer } from "../../core/contract/hub-people.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import type { Practice } from "../../core/domain/practice.ts";
import { allows } from "../../core/rights.ts";
import { openCall, type DeskCall, type Done } from "./call.ts";
import { dropDraft, keepDraft, readDraft } from "./draft.ts";
import { openDrafts, type Drafts } from "./drafts.ts";
import { createStillOpen } from "./glass/still-open.ts";
import {
  enterCode,
  enterPassword,
  faultOf,
  signOut,
  takeInvitation,
  type HubDoor,
  type InvitationTaken,
  type PasswordTaken,
  type SignedIn,
} from "./hub.ts";
import type { ConsultKit } from "./round.ts";
import { cell, type Shown } from "./shown.ts";

/** Who sits at this desk, as the hub says. */
export interface Me {
  readonly id: string;
  readonly name: string;
  readonly role: Comer;
  readonly practice?: Practice | undefined;
}

/** Where the tab keeps which call it shows. */
const keptCall = "current-call";

const deskRoles: ReadonlySet<string> = new Set<Comer>([
  "doctor",
  "villageDoctor",
  "specialist",
  "pharmacist",
  "manager",
  "auditor",
]);

/** Why a resident could not be taken. */
export interface Notice {
  readonly call: string;
  readonly name: string;
  readonly code: FaultCode;
}

/** A waiting call, or an invitation into one. */
export type Offered = Pick<QueueItem, "call" | "shownName"> & Partial<Pick<QueueItem, "mine" | "follows">>;

export interface DeskShown {
  /** `opening`: not known yet whether somebody is signed in. */
  readonly session: "opening" | "signedOut" | { readonly me: Me; readonly door: HubDoor; readonly drafts: Drafts };
  /** The hub ended a session that was open here; it is said until somebody signs in. */
  readonly ended: boolean;
  readonly lineUp: boolean;
  /** Undefined until the hub's first word. */
  readonly queue: readonly QueueItem[] | undefined;
  /** Calls for help that nobody answered yet, oldest first. */
  readonly alarms: readonly AlarmItem[];
  /** Records this person opened because of an alarm, and may still look at; the newest first. */
  readonly opened: readonly OpenGlass[];
  /** Colleagues who ask this person into a call, oldest first. */
  readonly invitations: readonly Invitation[];
  /** The call being accepted. */
  readonly accepting: string | undefined;
  readonly notice: Notice | undefined;
  readonly current: DeskCall | undefined;
}

export interface Desk {
  readonly shown: Shown<DeskShown>;
  /** Password, then code. */
  readonly enterPassword: (account: string, password: string) => Promise<PasswordTaken>;
  readonly enterCode: (step: string, code: string) => Promise<SignedIn>;
  /** Spends a code that an administrator gave on a first password. */
  readonly takeInvitation: (account: string, code: string, password: string) => Promise<InvitationTaken>;
  readonly signOut: () => Promise<void>;
  /** Takes a resident from the queue. If another doctor was faster, `notice` says so. */
  readonly accept: (item: Offered) => Promise<void>;
  /** Says no to a waiting call or an invitation; others may still take it. */
  readonly decline: (item: Offered) => Promise<void>;
  /** Calls a colleague, about the visit that is open here. */
  readonly ask: (person: string) => Promise<Done>;
  readonly dismissNotice: () => void;
  /** Sees to a call for help: the station hears so. It stays until the hub has taken the answer. */
  readonly answerAlarm: (item: AlarmItem) => void;
  /** Closes the view of a call that is over. */
  readonly leaveCall: () => void;
}

/** The desk without its page: session, line, queue, and the one call of this doctor. */
export function createDesk(parts: {
  readonly connect: () => HubDoor;
  readonly loadKit: () => Promise<ConsultKit>;
  /** Of this tab: which call it shows, and drafts that nobody else can read. */
  readonly tab: Pick<Storage, "getItem" | "setItem" | "removeItem">;
}): Desk {
  const nobody: DeskShown = {
    session: "opening",
    ended: false,
    lineUp: false,
    queue: undefined,
    alarms: [],
    opened: [],
    invitations: [],
    accepting: undefined,
    notice: undefined,
    current: undefined,
  };
  const shown = cell(nobody);
  const glasses = createStillOpen((opened) => update({ opened }));
  let door: HubDoor | undefined;
  let asked: HubDoor | undefined;
  /** The open visit beside a talk with a colleague. */
  let aside: DeskCall | undefined;
  const update = (change: Partial<DeskShown>) => shown.set({ ...shown.get(), ...change });

  /** One door per sign-in: an ended session ends everything that hung on it; drafts wait, encrypted, for the same person. */
  const open = () => {
    const own = parts.connect();
    door = own;
    own.onState(() => follow(own));
    follow(own);
  };

  const follow = (own: HubDoor) => {
    if (own !== door) return;
    update({ lineUp: own.state === "open" });
    if (own.state === "forbidden") close({ ended: typeof shown.get().session === "object" });
    // Once per door, at its first line.
    if (own.state !== "open" || asked === own) return;
    asked = own;
    void whoIsIt(own);
  };

  const whoIsIt = async (own: HubDoor) => {
    try {
      const { id, name, role, practice, draftKey } = await own.client.me.whoami();
      if (own !== door) return;
      if (!deskRoles.has(role)) return await leave();
      const known = draftsHere();
      const drafts = known?.of === id ? known.drafts : await openDrafts(parts.tab, id, draftKey);
      if (isClosed(own)) return;
      update({ session: { me: { id, name, role, practice }, door: own, drafts } });
      if (allows(role, "queue.watch") !== "no")
        own.feed((client, options) => client.queue.watch(undefined, options), hearQueue);
      if (allows(role, "call.invitations") !== "no") {
        own.feed(
          (client, options) => client.call.invitations(undefined, options),
          (invitations) => update({ invitations }),
        );
        resume(own);
      }
      if (allows(role, "record.mine") !== "no")
        own.feed(
          (client, options) => client.record.mine(undefined, options),
          (opened) => own === door && glasses.hear(opened),
        );
      if (allows(role, "alarm.watch") !== "no")
        own.feed(
          (client, options) => client.alarm.watch(undefined, options),
          (alarms) => update({ alarms }),
        );
    } catch {
      // The line went away in mid-question; the next one asks again.
      if (asked === own) asked = undefined;
    }
  };

  const isClosed = (own: HubDoor) => own !== door;
  /** Those of the person who sits here. */
  const draftsHere = () => {
    const { session } = shown.get();
    return typeof session === "object" ? { of: session.me.id, drafts: session.drafts } : undefined;
  };

  const hearQueue = (queue: readonly QueueItem[]) => {
    update({ queue });
    const { current, accepting } = shown.get();
    if (current !== undefined || accepting !== undefined || !door) return;
    // After a reload, or on a second screen: the doctor's own call goes on here.
    const mine = queue.filter((item) => item.mine);
    const resumed = mine.find(({ state }) => state !== "finished") ?? mine[0];
    if (resumed) show(openCall(door, resumed.call, parts.loadKit));
  };

  /** A call that stands in no queue (a colleague's) goes on after a reload, too. */
  const resume = (own: HubDoor) => {
    const kept = parts.tab.getItem(keptCall);
    if (kept === null || shown.get().current) return;
    const call = openCall(own, kept, parts.loadKit);
    update({ current: call });
    goOn(call);
    const forget = call.shown.subscribe(() => {
      const { view, over } = call.shown.get();
      if (view !== undefined) return forget();
      // It ended while the page was away: there is nothing to show.
      if (over === undefined) return;
      forget();
      if (shown.get().current === call) leaveCall();
    });
  };

  const show = (call: DeskCall) => {
    parts.tab.setItem(keptCall, call.shown.get().call);
    update({ current: call, accepting: undefined });
    goOn(call);
  };

  const leaveCall = () => {
    const { current, queue } = shown.get();
    current?.close();
    parts.tab.removeItem(keptCall);
    // Back to the visit that a talk with a colleague was about.
    const before = aside;
    aside = undefined;
    if (before) return show(before);
    update({ current: undefined });
    if (queue) hearQueue(queue.filter((item) => item.call !== current?.shown.get().call));
  };

  const close = ({ ended } = { ended: false }) => {
    aside?.close();
    aside = undefined;
    shown.get().current?.close();
    const before = door;
    door = undefined;
    before?.close();
    glasses.stop();
    shown.set({ ...nobody, session: "signedOut", ended });
  };

  const accept = async (item: Offered): Promise<void> => {
    const { accepting, current } = shown.get();
    if (!door || accepting !== undefined) return;
    const before = current?.shown.get();
    const isOpen = before !== undefined && before.over === undefined;
    const isAgain = before !== undefined && callsAgain(item, before.call, before.media);
    if (isOpen && !isAgain) return;
    update({ accepting: item.call, notice: undefined });
    try {
      const view = await door.client.call.accept({ call: item.call });
      if (current && before && isOpen) {
        // The same visit on a new call: what was written goes along. Who finished the call before would finish the visit.
        const drafts = draftsHere()?.drafts;
        if (drafts) {
          keepDraft(drafts, item.call, readDraft(drafts, before.call));
          dropDraft(drafts, before.call);
        }
      }
      current?.close();
      show(openCall(door, item.call, parts.loadKit, view));
    } catch (error) {
      update({ accepting: undefined, notice: { call: item.call, name: item.shownName, code: faultOf(error) } });
    }
  };

  /** The resident said yes to a doctor who hung up: the visit goes on in its next call. */
  const goOn = (call: DeskCall) => {
    const follow = () => {
      const { view, media } = call.shown.get();
      const ringBack = view?.ringBack;
      if (ringBack?.state !== "taken" || media !== "off" || shown.get().current !== call) return;
      stop();
      const shownName = shown.get().queue?.find((item) => item.call === ringBack.next)?.shownName ?? "";
      void accept({ call: ringBack.next, shownName, mine: false, follows: view?.call });
    };
    const stop = call.shown.subscribe(follow);
    follow();
  };

  const leave = async () => {
    draftsHere()?.drafts.wipe();
    await signOut();
    close();
  };

  open();
  return {
    shown,
    enterPassword,
    takeInvitation,
    async enterCode(step, code) {
      const answer = await enterCode(step, code);
      if (answer.ok && !deskRoles.has(answer.person.role)) {
        await signOut();
        return { ok: false, why: "account.forbidden" };
      }
      if (answer.ok) {
        update({ session: "opening", ended: false });
        open();
      }
      return answer;
    },
    signOut: leave,
    accept,
    dismissNotice: () => update({ notice: undefined }),
    answerAlarm({ alarm }) {
      // Without an answer of the hub it goes on sounding, here and at every other desk.
      void door?.client.alarm.answer({ alarm }).catch(() => undefined);
    },
    leaveCall,
    async decline({ call, shownName }) {
      try {
        await door?.client.call.decline({ call });
      } catch (error) {
        update({ notice: { call, name: shownName, code: faultOf(error) } });
      }
    },
    async ask(person) {
      const own = door;
      const { current } = shown.get();
      const open = current?.shown.get();
      if (!own) return { ok: false, code: "wire.closed" };
      const visit = open?.over === undefined && open?.view?.station ? open : undefined;
      try {
        const about = visit === undefined ? {} : { about: visit.call };
        const view = await own.client.call.ask({ call: uuidv7(), person, ...about });
        if (visit) aside = current;
        else current?.close();
        show(openCall(own, view.call, parts.loadKit, view));
        return { ok: true };
      } catch (error) {
        return { ok: false, code: faultOf(error) };
      }
    },
  };
}

/** Whether this waiting call is of the visit that is still open here, after the media ended. */
export function callsAgain(item: Offered, call: string, media: string): boolean {
  return item.mine === false && media === "off" && item.follows === call;
}
