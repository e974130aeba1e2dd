import { createRoot } from "react-dom/client";
import { deskGuests } from "../../core/i18n/desk-guests.zh-CN.ts";
import { deskPages } from "../../core/i18n/desk-pages.zh-CN.ts";
import { desk } from "../../core/i18n/desk.zh-CN.ts";
import { connectHub, enterFamily } from "../desk/hub.ts";
import { loadKit } from "../desk/load-kit.ts";
import { LanguageProvider } from "../parts/language.tsx";
import { keepWords } from "../parts/words.ts";
import { openFamilyCall } from "./call.ts";
import { FamilyPage } from "./FamilyPage.tsx";
import "../parts/tokens.css";
import "../desk/desk.css";
import "./family.css";

keepWords({ ...desk, ...deskPages, ...deskGuests });

/** Of a link: it must not stay in the address, nor go to anybody by it. */
const code = /^#(\d+)$/.exec(location.hash)?.[1] ?? "";
if (code !== "") history.replaceState(null, "", location.pathname);

/** The call of this tab: a page that is loaded again goes on in it. */
const key = "family-call";

const place = document.getElementById("family");
if (!place) throw new Error("the page has no place for the call");
createRoot(place).render(
  <LanguageProvider>
    <FamilyPage
      code={code}
      call={sessionStorage.getItem(key) ?? undefined}
      enter={async (typed) => {
        const entered = await enterFamily(typed);
        if (entered.ok) sessionStorage.setItem(key, entered.call);
        return entered;
      }}
      open={(call) => openFamilyCall(connectHub("/family/wire"), call, loadKit)}
      left={() => sessionStorage.removeItem(key)}
    />
  </LanguageProvider>,
);
