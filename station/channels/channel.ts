import type { FaultCode } from "../../core/domain/faults.ts";

/** How a serial line speaks. */
export interface SerialSettings {
  readonly baudRate: number;
  readonly dataBits: 7 | 8;
  readonly parity: "none" | "even" | "odd";
  readonly stopBits: 1 | 2;
}

/** One open byte link to one device. Whoever opened it closes it. */
export interface Channel {
  readonly port: string;
  /** Resolves when the bytes have left this program; resolves too when the channel is gone, `onGone` says so. Never rejects. */
  write(bytes: Uint8Array): Promise<void>;
  /** Bytes in the order heard; what comes while nobody listens is dropped. The answer stops listening. */
  onBytes(listener: (bytes: Uint8Array) => void): () => void;
  /** Once, when the port vanished or failed; never after `close`. The answer stops listening. */
  onGone(listener: () => void): () => void;
  /** Lets the port go. A second call does nothing. Never rejects. */
  close(): Promise<void>;
}

export type OpenFault = Extract<FaultCode, "device.portMissing" | "device.portBusy" | "device.portForbidden">;
export type Opened =
  { readonly ok: true; readonly channel: Channel } | { readonly ok: false; readonly code: OpenFault };

/** A port that is there. `usb` where the system tells. `alias`: a name that stays the same wherever it is plugged in. */
export interface PortInfo {
  readonly path: string;
  readonly alias?: string;
  readonly usb?: { readonly vendorId: number; readonly productId: number; readonly serialNumber?: string };
}

export interface ChannelSource {
  open(port: string, settings: SerialSettings): Promise<Opened>;
  /** What is plugged in now. Never rejects. */
  list(): Promise<readonly PortInfo[]>;
  /**
   * Tells the list at once and then about twice a second, changed or not: who listens compares with what it believes, so
   * that a port which went and came back between two looks is not taken for gone. The answer stops watching.
   */
  watch(listener: (ports: readonly PortInfo[]) => void): () => void;
}
