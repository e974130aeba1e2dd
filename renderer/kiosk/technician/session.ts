import { createContext, useCallback, useContext, useEffect, useRef, useState } from "react";
import { v7 } from "uuid";
import type { QualityView } from "../../../core/contract/quality.ts";
import type { TechnicianView } from "../../../core/contract/technician-devices.ts";
import type { StaffSession } from "../../../core/contract/technician-staff.ts";
import type { StationView } from "../../../core/contract/views.ts";
import type { FaultCode } from "../../../core/domain/faults.ts";
import { faultOf, type StationClient, type StationDoor } from "../../station.ts";
import type { Route } from "./route.ts";

/** What every page of the place works with once somebody is signed in. */
export interface Place {
  readonly door: StationDoor;
  readonly station: StationView;
  readonly staff: StaffSession;
  readonly devices: TechnicianView;
  /** Absent until the station has told it. */
  readonly quality: QualityView | undefined;
  readonly go: (route: Route) => void;
  readonly back: () => void;
  /** The session is over at the station. */
  readonly signedOut: () => void;
}

const Context = createContext<Place | undefined>(undefined);
export const PlaceProvider = Context.Provider;

export function usePlace(): Place {
  const place = useContext(Context);
  if (place === undefined) throw new Error("PlaceProvider is missing");
  return place;
}

const endsSession = (code: FaultCode) => code === "staff.signedOut" || code === "account.signedOut";

export interface Act<Input extends readonly unknown[], Output> {
  /** Undefined when it was refused; then `fault` says why. */
  run(...input: Input): Promise<Output | undefined>;
  readonly busy: boolean;
  readonly fault: FaultCode | undefined;
  clear(): void;
}

/**
 * One thing a person does here. While it runs a second press does nothing; `id` stays the same until it has been
 * answered, so that a repeat after a lost answer is the same act.
 */
export function useAct<Input extends readonly unknown[], Output>(
  work: (
    client: StationClient,
    own: { readonly session: string; readonly id: string },
    ...input: Input
  ) => Promise<Output>,
): Act<Input, Output> {
  const { door, staff, signedOut } = usePlace();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<FaultCode>();
  const id = useRef<string>(undefined);
  const running = useRef(false);
  return {
    busy,
    fault,
    clear: () => setFault(undefined),
    async run(...input) {
      if (running.current) return undefined;
      running.current = true;
      setBusy(true);
      setFault(undefined);
      try {
        const own = { session: staff.session, id: (id.current ??= v7()) };
        const output = await work(door.client, own, ...input);
        id.current = undefined;
        return output;
      } catch (error) {
        const code = faultOf(error);
        if (code !== "wire.closed") id.current = undefined;
        setFault(code);
        if (endsSession(code)) signedOut();
        return undefined;
      } finally {
        running.current = false;
        setBusy(false);
      }
    },
  };
}

export interface Watched<T> {
  readonly value: T | undefined;
  readonly fault: FaultCode | undefined;
  readonly ended: boolean;
}

/** The last item of a feed that belongs to the session. `key` names the feed: another one begins anew. */
export function useWatch<T>(
  door: StationDoor,
  key: string,
  subscribe: Parameters<typeof door.feed<T>>[0],
  onItem?: (item: T) => void,
): Watched<T> {
  const [watched, setWatched] = useState<Watched<T> & { readonly key: string }>({
    key,
    value: undefined,
    fault: undefined,
    ended: false,
  });
  const latest = useRef({ subscribe, onItem });
  useEffect(() => {
    latest.current = { subscribe, onItem };
  });
  useEffect(() => {
    const leave = door.feed<T>(
      (client, options) => latest.current.subscribe(client, options),
      (value) => {
        latest.current.onItem?.(value);
        setWatched({ key, value, fault: undefined, ended: false });
      },
      (fault) => setWatched((old) => ({ ...old, key, fault, ended: true })),
    );
    return leave;
  }, [door, key]);
  return watched.key === key ? watched : { value: undefined, fault: undefined, ended: false };
}

/** A feed told item by item, for lists that grow. Begins at once, ends with the page. */
export function useEvents<T>(
  key: string,
  subscribe: (
    client: StationClient,
    session: string,
    options: { readonly signal: AbortSignal },
  ) => Promise<AsyncIterable<T>>,
  onItem: (item: T) => void,
): { readonly ended: boolean; readonly fault: FaultCode | undefined } {
  const { door, staff, signedOut } = usePlace();
  const over = useCallback(
    (code: FaultCode | undefined) => {
      if (code !== undefined && endsSession(code)) signedOut();
    },
    [signedOut],
  );
  const { ended, fault } = useWatch<T>(
    door,
    key,
    (client, options) => subscribe(client, staff.session, options),
    onItem,
  );
  useEffect(() => {
    if (ended) over(fault);
  }, [ended, fault, over]);
  return { ended, fault };
}

/** Done when the page comes, and not again. */
export function useOnce(work: () => void): void {
  const first = useRef(work);
  useEffect(() => first.current(), []);
}
