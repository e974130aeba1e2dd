import { createRoot } from "react-dom/client";
import { pageLanguage } from "../parts/language.tsx";
import { connectStation } from "../station.ts";
import { createEngine } from "./engine.ts";
import { fillScreen } from "./fill-screen.ts";
import { Kiosk } from "./kiosk.tsx";
import { loadKit } from "./load-kit.ts";
import { keepFromClipboard } from "./no-clipboard.ts";

const page = document.getElementById("page");
if (page === null) throw new Error("the page has no root");
fillScreen(window);
keepFromClipboard(document);
page.replaceChildren();
const door = connectStation();
createRoot(page).render(<Kiosk door={door} engine={createEngine({ door, loadKit, language: pageLanguage })} />);
