import { useState } from "react";
import { useText } from "../../parts/language.tsx";
import { mayNotify } from "../notify.ts";

/** A browser asks a person only when they pressed something themselves. Gone once they answered. */
export function AskNotify() {
  const text = useText();
  const [state, setState] = useState(mayNotify);
  if (state !== "default") return null;
  return (
    <button
      type="button"
      className="second small"
      data-testid="notify-ask"
      onClick={() => void Notification.requestPermission().then(setState)}
    >
      {text("desk.notify.ask")}
    </button>
  );
}
