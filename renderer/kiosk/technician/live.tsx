import { useEffect, useRef, useState } from "react";
import type { LineEvent } from "../../../core/contract/technician-line.ts";
import { Icon } from "../../parts/icons.tsx";
import { Press } from "../../parts/press.tsx";
import { deviceName, deviceOf, serialWords } from "./device-words.tsx";
import { Data, FaultNote, Mark, Page } from "./parts.tsx";
import { useAct, useEvents, usePlace } from "./session.ts";
import { useTech } from "./words.ts";

type Bytes = Extract<LineEvent, { kind: "bytes" }>;
type State = Extract<LineEvent, { kind: "state" }>;

/** Older lines go; a capture file keeps all of them. */
const keptLines = 400;

/** The bytes of a line as they pass, both ways, with what they mean beside them. */
export function LivePage({ id }: { readonly id: string }) {
  const tech = useTech();
  const { devices, go } = usePlace();
  const device = deviceOf(devices, id);
  const [state, setState] = useState<State>();
  const [lines, setLines] = useState<readonly Bytes[]>([]);
  const [held, setHeld] = useState<readonly Bytes[]>();
  const add = useBatch<Bytes>((more) => setLines((old) => [...old, ...more].slice(-keptLines)));
  const { fault } = useEvents<LineEvent>(
    `line ${id}`,
    (client, session, options) => client.technician.line.watch({ session, device: id }, options),
    (event) => {
      if (event.kind === "state") setState(event);
      else add(event);
    },
  );
  const record = useAct((client, own, on: boolean) => client.technician.line.record({ ...own, device: id, on }));
  const shown = held ?? lines;
  const end = useRef<HTMLOListElement>(null);
  useEffect(() => {
    if (held === undefined) end.current?.scrollTo({ top: end.current.scrollHeight });
  }, [lines, held]);
  const recording = state?.recording ?? "off";
  return (
    <Page
      name="live"
      title={tech("tech.live.title")}
      note={
        <>
          {device && <Data>{deviceName(device)}</Data>} {state && <Data code>{serialWords(state.serial)}</Data>}
        </>
      }
    >
      <div className="live-bar">
        <Mark kind={state?.open === true ? "ok" : "care"}>
          {tech(state?.open === true ? "tech.live.open" : "tech.live.closed")}
        </Mark>
        {recording !== "off" && (
          <Mark kind={recording === "on" ? "bad" : "care"} testId="recording">
            {tech(`tech.live.recording.${recording}`)}
          </Mark>
        )}
        {state?.capture !== undefined && <Data code>{state.capture}</Data>}
        <span className="live-room" />
        <Press
          kind="second"
          pressed={held !== undefined}
          onPress={() => setHeld(held === undefined ? lines : undefined)}
          testId="live-pause"
        >
          {tech(held === undefined ? "tech.live.pause" : "tech.live.goOn")}
        </Press>
        <Press
          kind={recording === "off" ? "main" : "stop"}
          disabled={record.busy || (state?.residentPresent === true && recording === "off")}
          onPress={() => void record.run(recording === "off")}
          testId="live-record"
        >
          {tech(recording === "off" ? "tech.live.record" : "tech.live.recordEnd")}
        </Press>
        <Press kind="second" onPress={() => go({ at: "captures" })} testId="live-captures">
          {tech("tech.captures.title")}
        </Press>
      </div>
      {state?.residentPresent === true && (
        <p className="notice" role="status" data-testid="live-withheld">
          {tech("tech.live.resident")}
        </p>
      )}
      <FaultNote code={fault ?? record.fault} />
      <ol className="live-lines" ref={end} tabIndex={0} aria-label={tech("tech.live.title")} data-testid="live-lines">
        {shown.length === 0 && <li className="quiet">{tech("tech.live.none")}</li>}
        {shown.map((line) => (
          <Line key={line.seq} line={line} />
        ))}
      </ol>
      <p className="quiet">{tech("tech.live.legend")}</p>
    </Page>
  );
}

/** A stream may say hundreds of things a second; the page is drawn with its frames. */
function useBatch<T>(flush: (items: readonly T[]) => void): (item: T) => void {
  const waiting = useRef<{ readonly items: T[]; frame: number | undefined }>({ items: [], frame: undefined });
  useEffect(() => {
    const { current } = waiting;
    return () => {
      if (current.frame !== undefined) cancelAnimationFrame(current.frame);
    };
  }, []);
  return (item) => {
    const { current } = waiting;
    current.items.push(item);
    current.frame ??= requestAnimationFrame(() => {
      current.frame = undefined;
      flush(current.items.splice(0));
    });
  };
}

function Line({ line }: { readonly line: Bytes }) {
  const tech = useTech();
  const discarded = line.heard.some(({ discarded }) => discarded !== undefined);
  return (
    <li
      className="live-line"
      data-direction={line.direction}
      data-discarded={discarded ? "" : undefined}
      data-testid="live-line"
    >
      <span className="live-arrow">
        <Icon name={line.direction === "in" ? "back" : "next"} />
        <span className="unseen">{tech(`tech.live.${line.direction}`)}</span>
      </span>
      <time dateTime={line.at} translate="no">
        {(line.ms / 1_000).toFixed(3)}
      </time>
      <code className="live-bytes" translate="no">
        {line.hex === undefined ? "··· " : line.hex.replaceAll(/(..)(?=.)/g, "$1 ")}
        {line.hex === undefined && line.sizeBytes}
      </code>
      <div className="live-means">
        {line.withheld && <span className="quiet">{tech("tech.live.withheld", { n: line.sizeBytes })}</span>}
        {line.heard.map((heard, index) =>
          heard.discarded === undefined ? (
            <span key={index}>
              <strong translate="no">{heard.frame}</strong>{" "}
              <span translate="no">{heard.values.map(({ field, value }) => `${field} ${value}`).join(" · ")}</span>
            </span>
          ) : (
            <span key={index} className="live-discarded">
              <Icon name="no" />
              {tech("tech.live.discarded", { n: heard.sizeBytes })} · {tech(`tech.discard.${heard.discarded}`)}
            </span>
          ),
        )}
      </div>
    </li>
  );
}
