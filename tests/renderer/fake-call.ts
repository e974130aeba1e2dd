import { implement } from "@orpc/server";
import { createHash, randomUUID } from "node:crypto";
import type { StationNote } from "../../core/contract/station-blobs.ts";
import type { RoomView } from "../../core/contract/hub-rooms.ts";
import { kioskContract, type ConsultView } from "../../core/contract/station.ts";
import type { Signal } from "../../core/contract/views.ts";
import type { FakeOptions } from "./fake-world.ts";
import { feedOf, type Source } from "./feed-of.ts";

/** The one call that an invented station has at a time, with its room and what is left in place of it. */
export function fakeCall(options: FakeOptions) {
  let call: Source<ConsultView> | undefined;
  let room: Source<RoomView> | undefined;
  const signals = feedOf<Signal>();
  let notes: readonly StationNote[] = [];
  const told = feedOf<StationNote[]>([]);
  const spoken = new Map<string, Uint8Array>();
  const os = implement(kioskContract).consult;
  const handlers = {
    request: os.request.handler(({ input, errors }) => {
      if (options.callFails) throw errors.FAULT({ data: { code: options.callFails } });
      call = feedOf<ConsultView>({
        call: input.call,
        state: "waiting",
        ahead: 2,
        others: [],
        lineDown: false,
        iceServers: [],
        ...options.waits,
      });
      const alone: Omit<RoomView, "call"> = {
        phase: "pair",
        epoch: 0,
        seats: [],
        receives: "all",
        observed: false,
        iceServers: [],
      };
      room = feedOf<RoomView>({ call: input.call, ...alone });
      return {};
    }),
    cancel: os.cancel.handler(() => {
      call = undefined;
      return {};
    }),
    watch: os.watch.handler(({ errors, signal }) => {
      if (call === undefined) throw errors.FAULT({ data: { code: "consult.ended" } });
      return call.follow(signal);
    }),
    signal: os.signal.handler(() => ({})),
    signals: os.signals.handler(({ signal }) => signals.follow(signal)),
    piece: os.piece.handler(() => ({})),
    leaveMessage: os.leaveMessage.handler(({ errors }) => {
      if (options.messageFails) throw errors.FAULT({ data: { code: options.messageFails } });
      return {};
    }),
    mute: os.mute.handler(() => ({})),
    guest: os.guest.handler(() => ({})),
    notNow: os.notNow.handler(() => ({})),
    blob: {
      begin: os.blob.begin.handler(() => ({ received: 0, whole: false })),
      put: os.blob.put.handler(({ input }) => ({ received: input.offset, whole: true })),
      watch: os.blob.watch.handler(({ signal }) => told.follow(signal)),
      get: os.blob.get.handler(({ input: { blob, offset, length } }) => ({
        piece: Buffer.from(spoken.get(blob)?.subarray(offset, offset + length) ?? []).toString("base64"),
      })),
      heard: os.blob.heard.handler(({ input: { blob } }) => {
        notes = notes.map((one) => (one.blob === blob ? { ...one, heard: true } : one));
        told.set([...notes]);
        return {};
      }),
    },
    mediaUp: os.mediaUp.handler(() => ({})),
    room: {
      watch: os.room.watch.handler(({ errors, signal }) => {
        if (room === undefined) throw errors.FAULT({ data: { code: "consult.ended" } });
        return room.follow(signal);
      }),
      signal: os.room.signal.handler(() => ({})),
      signals: os.room.signals.handler(({ signal }) => feedOf<never>().follow(signal)),
      up: os.room.up.handler(() => ({})),
    },
  };
  return {
    handlers,
    signals,
    get id(): string | undefined {
      return call?.value?.call;
    },
    setCall: (change: Partial<ConsultView>): void => {
      if (call?.value) call.set({ ...call.value, ...change });
    },
    /** A doctor's voice note is at the hub. Answers its id. */
    leaveNote: (bytes: Uint8Array): string => {
      const blob = randomUUID();
      spoken.set(blob, bytes);
      const hash = createHash("sha256").update(bytes).digest("hex");
      notes = [...notes, { blob, media: "audio/webm", bytes: bytes.length, hash, heard: false }];
      told.set([...notes]);
      return blob;
    },
    setRoom: (change: Partial<RoomView>): void => {
      if (room?.value) room.set({ ...room.value, ...change });
    },
  };
}
