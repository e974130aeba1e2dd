import type { AlarmItem } from "../../core/contract/hub-alarms.ts";
import type { QueueItem } from "../../core/contract/hub-calls.ts";
import type { Comer } from "../../core/contract/hub-people.ts";
import type { FaultCode } from "../../core/domain/faults.ts";
import type { Practice } from "../../core/domain/practice.ts";
import { allows } from "../../core/rights.ts";
import { openCall, type ConsultKit, type DeskCall } from "./call.ts";
import { dropDraft, keepDraft, readDraft, type DraftStore } from "./draft.ts";
import { enterCode, enterPassword, faultOf, signOut, type HubDoor, type PasswordTaken, type SignedIn } from "./hub.ts";
import { cell, type Shown } from "./shown.ts";

/** Who sits at this desk, as the hub says. */
export interface Me {
  readonly id: string;
  readonly name: string;
  readonly role: Comer;
  readonly practice?: Practice | undefined;
}

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

export interface DeskShown {
  /** `opening`: not known yet whether somebody is signed in. */
  readonly session: "opening" | "signedOut" | { readonly me: Me; readonly door: HubDoor };
  readonly lineUp: boolean;
  /** Undefined until the hub's first word. */
  readonly queue: readonly QueueItem[] | undefined;
  /** Calls for help that nobody answered yet, oldest first. */
  readonly alarms: readonly AlarmItem[];
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
  readonly signOut: () => Promise<void>;
  /** Takes a resident from the queue. If another doctor was faster, `notice` says so. */
  readonly accept: (item: QueueItem) => Promise<void>;
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
  readonly drafts: DraftStore;
}): Desk {
  const nobody: DeskShown = {
    session: "opening",
    lineUp: false,
    queue: undefined,
    alarms: [],
    accepting: undefined,
    notice: undefined,
    current: undefined,
  };
  const shown = cell(nobody);
  let door: HubDoor | undefined;
  let asked: HubDoor | undefined;
  const update = (change: Partial<DeskShown>) => shown.set({ ...shown.get(), ...change });

  /** One door per sign-in: an ended session ends everything that hung on it, the drafts excepted. */
  const open = () => {
    const own = parts.connect();
    door = own;
    own.onState(() => follow(own));
    follow(own);
  };

  const follow = (own: HubDoor) => {
    if (own !== door) return;
    update({ lineUp: own.state === "open" });
    if (own.state === "forbidden") close();
    // Once per door, at its first line.
    if (own.state !== "open" || asked === own) return;
    asked = own;
    void whoIsIt(own);
  };

  const whoIsIt = async (own: HubDoor) => {
    try {
      const { id, name, role, practice } = await own.client.me.whoami();
      if (own !== door) return;
      if (!deskRoles.has(role)) return await leave();
      update({ session: { me: { id, name, role, practice }, door: own } });
      if (allows(role, "queue.watch") !== "no")
        own.feed((client, options) => client.queue.watch(undefined, options), hearQueue);
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

  const hearQueue = (queue: readonly QueueItem[]) => {
    update({ queue });
    const { current, accepting } = shown.get();
    if (current !== undefined || accepting !== undefined || !door) return;
    // After a reload, or on a second screen: the doctor's own call goes on here.
    const mine = queue.filter((item) => item.mine);
    const resumed = mine.find(({ state }) => state !== "finished") ?? mine[0];
    if (resumed) update({ current: openCall(door, resumed.call, parts.loadKit) });
  };

  const close = () => {
    shown.get().current?.close();
    const before = door;
    door = undefined;
    before?.close();
    shown.set({ ...nobody, session: "signedOut" });
  };

  const leave = async () => {
    await signOut();
    close();
  };

  open();
  return {
    shown,
    enterPassword,
    async enterCode(step, code) {
      const answer = await enterCode(step, code);
      if (answer.ok && !deskRoles.has(answer.person.role)) {
        await signOut();
        return { ok: false, why: "account.forbidden" };
      }
      if (answer.ok) {
        update({ session: "opening" });
        open();
      }
      return answer;
    },
    signOut: leave,
    async accept(item) {
      const { accepting, current } = shown.get();
      if (!door || accepting !== undefined) return;
      const before = current?.shown.get();
      const isOpen = before !== undefined && before.over === undefined;
      if (isOpen && !callsAgain(item, before.view?.station?.id, before.media)) return;
      update({ accepting: item.call, notice: undefined });
      try {
        const view = await door.client.call.accept({ call: item.call });
        if (current && before && isOpen) {
          // The same resident on a new call: what was written goes along, and the call before is closed.
          keepDraft(parts.drafts, item.call, readDraft(parts.drafts, before.call));
          dropDraft(parts.drafts, before.call);
          await current.finish();
        }
        current?.close();
        update({ accepting: undefined, current: openCall(door, item.call, parts.loadKit, view) });
      } catch (error) {
        update({ accepting: undefined, notice: { call: item.call, name: item.shownName, code: faultOf(error) } });
      }
    },
    dismissNotice: () => update({ notice: undefined }),
    answerAlarm({ alarm }) {
      // Without an answer of the hub it goes on sounding, here and at every other desk.
      void door?.client.alarm.answer({ alarm }).catch(() => undefined);
    },
    leaveCall() {
      const { current, queue } = shown.get();
      current?.close();
      update({ current: undefined });
      if (queue) hearQueue(queue.filter((item) => item.call !== current?.shown.get().call));
    },
  };
}

/** Whether this waiting call comes from the station whose visit is still open here, after the media ended. */
export function callsAgain(item: QueueItem, station: string | undefined, media: string): boolean {
  return !item.mine && media === "off" && item.station.id === station;
}
