import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { LanguageProvider } from "../parts/language.tsx";
import { createDesk } from "./desk.ts";
import { DeskPage } from "./DeskPage.tsx";
import { connectHub } from "./hub.ts";
import { loadKit } from "./load-kit.ts";
import "../parts/tokens.css";
import "./desk.css";
import "./desk-layout.css";
import "./desk-alarms.css";
import "./desk-call.css";
import "./desk-record.css";

const desk = createDesk({ connect: connectHub, loadKit, tab: sessionStorage });

const place = document.getElementById("desk");
if (!place) throw new Error("the page has no place for the desk");
createRoot(place).render(
  <StrictMode>
    <LanguageProvider>
      <DeskPage desk={desk} />
    </LanguageProvider>
  </StrictMode>,
);
