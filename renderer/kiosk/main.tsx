import { createRoot } from "react-dom/client";
import "../parts/tokens.css";
import "../parts/parts.css";
import "./kiosk.css";
import "./kiosk-over.css";
import "./screens.css";
import "./screens-results.css";
import "./screens-landscape.css";
import { connectStation } from "../station.ts";
import { createEngine } from "./engine.ts";
import { fillScreen } from "./fill-screen.ts";
import { Kiosk } from "./kiosk.tsx";
import { loadKit } from "./load-kit.ts";

const page = document.getElementById("page");
if (page === null) throw new Error("the page has no root");
fillScreen(window);
const door = connectStation();
createRoot(page).render(<Kiosk door={door} engine={createEngine({ door, loadKit })} />);
