import type { StationView } from "../core/contract/views.ts";
import type { FaultCode } from "../core/domain/faults.ts";
import type { Clock } from "../core/domain/time.ts";
import type { Profile } from "../drivers/kit/index.ts";
import type { ChannelSource } from "./channels/channel.ts";
import type { Logger } from "./log/logger.ts";
import type { qualityHandlers } from "./quality/handlers.ts";
import type { stationRouter } from "./router.ts";
import type { StationSettings } from "./settings.ts";
import type { technicianRouter } from "./technician/router.ts";

export interface StationParts {
  readonly clock: Clock;
  /** The data folder; made when missing. */
  readonly folder: string;
  /** 32 bytes. Who calls may wipe them once this has answered. */
  readonly key: Uint8Array;
  readonly settings: StationSettings;
  readonly channels: ChannelSource;
  readonly log: Logger;
  readonly hub?: { readonly address: string; readonly enrolCode?: string };
  /** One-time code that makes the first technician; without it nobody can become the first. */
  readonly setupCode?: string;
  /** For tests: other profiles than the shipped ones, another reserve on the disk. */
  readonly profiles?: readonly Profile[];
  readonly reserveBytes?: number;
  /** Papers, lots and controls are brought along as specimens; absent: in a simulated station. */
  readonly specimenQuality?: boolean;
  /** The page hangs and holds on to a person who left: the shell takes it away and loads it anew, within 300 ms. */
  readonly onPageStuck?: () => void;
}

/** Implements `stationContract`. */
export type StationRouter = ReturnType<typeof stationRouter> & {
  technician: ReturnType<typeof technicianRouter>;
  quality: ReturnType<typeof qualityHandlers>;
};

export interface Station {
  /** Implements `stationContract`; needs no context. */
  readonly router: StationRouter;
  view(): StationView;
  /** While nobody is technician: the code that makes the first one, for the shell to show to who stands at the machine. */
  readonly setupCode: string | undefined;
  /**
   * The page's line was cut: after two seconds without `pageHere`, what acts on a person is stopped; after twenty the open
   * visit is closed.
   */
  pageGone(): void;
  pageHere(): void;
  /** Stops what runs, closes the visit and the journal. Resolves when the ports and the folder are free. */
  close(): Promise<void>;
}

export type StationStarted =
  { readonly ok: true; readonly station: Station } | { readonly ok: false; readonly code: FaultCode };
