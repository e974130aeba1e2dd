import { useEffect } from "react";
import type { AlarmItem } from "../../core/contract/hub-alarms.ts";
import { soundAlarm } from "../parts/alarm-sound.ts";
import { useText } from "../parts/language.tsx";
import { useNow } from "./use-shown.ts";
import { waited } from "./words.ts";

const reasons = {
  symptom: "desk.alarm.symptom",
  result: "desk.alarm.result",
  asked: "desk.alarm.asked",
} as const;

/**
 * Calls for help from the stations, above everything else. It sounds and flashes until somebody says that they see to it;
 * the station then hears so.
 */
export function AlarmBar(props: {
  readonly items: readonly AlarmItem[];
  readonly answer: (item: AlarmItem) => void;
  /** Emergency access to the record behind it. */
  readonly look: (item: AlarmItem) => void;
}) {
  const text = useText();
  const now = useNow();
  const sounds = props.items.length > 0;
  useEffect(() => (sounds ? soundAlarm() : undefined), [sounds]);
  if (!sounds) return null;
  return (
    <section className="alarms" role="alert" aria-label={text("desk.alarm.title")} data-testid="alarms">
      <ol>
        {props.items.map((item) => (
          <li key={item.alarm} className="alarm-row" data-testid="alarm">
            <strong className="alarm-title">{text("desk.alarm.title")}</strong>
            <span className="alarm-where">
              {item.station.name} {item.station.place}
            </span>
            <span>{text(reasons[item.reason])}</span>
            <span className="alarm-since">{waited(now - Date.parse(item.at))}</span>
            <button type="button" className="alarm-look" data-testid="alarm-look" onClick={() => props.look(item)}>
              {text("desk.glass.look")}
            </button>
            <button
              type="button"
              className="alarm-answer"
              data-testid="alarm-answer"
              onClick={() => props.answer(item)}
            >
              {text("desk.alarm.answer")}
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
