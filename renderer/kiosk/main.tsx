import "../parts/tokens.css";
import "../parts/parts.css";
import "./kiosk.css";
import "./kiosk-over.css";
import "./screens.css";
import "./screens-checks.css";
import "./screens-prepare.css";
import "./screens-measure.css";
import "./screens-leaving.css";
import "./screens-emergency.css";
import "./screens-arrive.css";
import "./screens-results.css";
import "./screens-landscape.css";
import "./lower-half.css";
import "./lower-half-landscape.css";
import "./large-text.css";
import "./large-screens.css";

/** A window that is not shown yet paints nothing; it starts all the same. */
const longestMs = 100;

/** Told after the next paint. */
function painted(tell: () => void): void {
  let told = false;
  const once = () => {
    if (!told) tell();
    told = true;
  };
  requestAnimationFrame(() => setTimeout(once));
  setTimeout(once, longestMs);
}

// Markup and style are on the glass before the page's script asks for the processor.
painted(() => void import("./start.tsx"));
