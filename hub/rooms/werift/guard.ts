import { CandidatePairState, type RTCPeerConnection } from "werift";

/** As much of werift's UDP socket as is used here: where what comes is handed over, and from where it came. */
interface Socket {
  onData: (data: Buffer, from: readonly [string, number]) => void;
}
const isSocket = (value: unknown): value is Socket =>
  typeof value === "object" && value !== null && "onData" in value && typeof value.onData === "function";

/** RFC 7983: the first byte tells what it is. */
const isStun = (data: Buffer): boolean => (data[0] ?? 255) < 4;
/** RFC 6347 §4.1: a record of type alert in epoch 0 is not encrypted; whoever knows the port can write one. */
const isPlainAlert = (data: Buffer): boolean => data[0] === 21 && data[3] === 0 && data[4] === 0;

/** Each socket is guarded once, however often its leg is described. */
const guarded = new WeakSet<Socket>();

/**
 * Lets nothing but STUN through from addresses with which no connectivity check has succeeded. werift 0.25.2 takes DTLS and SRTP
 * from anywhere, and an alert in the clear ends a connection: one datagram of a stranger was enough.
 */
export function guard(peer: RTCPeerConnection): void {
  for (const { connection, onStateChange } of peer.iceTransports) {
    onStateChange.subscribe(() => {
      for (const { protocol } of connection.candidatePairs) {
        const socket: unknown = "transport" in protocol ? protocol.transport : undefined;
        if (!isSocket(socket) || guarded.has(socket)) continue;
        guarded.add(socket);
        const take = socket.onData;
        const isParty = ([host, port]: readonly [string, number]) =>
          connection.candidatePairs.some(
            ({ state, remoteAddr }) =>
              state === CandidatePairState.SUCCEEDED && remoteAddr[0] === host && remoteAddr[1] === port,
          );
        socket.onData = (data, from) => {
          if (isStun(data) || (isParty(from) && !isPlainAlert(data))) take(data, from);
        };
      }
    });
  }
}
