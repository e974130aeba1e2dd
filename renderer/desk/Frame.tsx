import { useEffect, useState, type ComponentType } from "react";
import { z } from "zod";
import { useHeard } from "../parts/heard.ts";
import { useText } from "../parts/language.tsx";
import { AlarmBar } from "./AlarmBar.tsx";
import type { Desk, Me } from "./desk.ts";
import type { DraftStore } from "./draft.ts";
import { Header } from "./Header.tsx";
import { GlassDialog, type GlassOver } from "./glass/GlassDialog.tsx";
import { HelpSheet } from "./HelpSheet.tsx";
import type { HubDoor } from "./hub.ts";
import { pagesFor, type About, type PageEntry, type PageId, type PageProps } from "./pages.ts";
import { useShown, useShownIf } from "./use-shown.ts";
import { useUrgent } from "./use-urgent.ts";

interface Place {
  readonly page: PageId;
  readonly about: About;
}

const longestTrail = 20;

/** Where one was, for a reload: what was begun there is there again. */
const keptPlace = "place";
const placeSchema = z.strictObject({
  page: z.string(),
  about: z.strictObject({
    resident: z.string().optional(),
    call: z.string().optional(),
    id: z.string().optional(),
    danger: z.string().optional(),
  }),
});

function placeOf(kept: string | null, mine: readonly { readonly id: PageId }[]): Place | undefined {
  if (kept === null) return undefined;
  const read = placeSchema.safeParse(JSON.parse(kept));
  const page = mine.find(({ id }) => read.success && id === read.data.page)?.id;
  return read.success && page !== undefined ? { page, about: defined(read.data.about) } : undefined;
}

const defined = (about: z.infer<typeof placeSchema>["about"]): About =>
  Object.fromEntries(Object.entries(about).filter(([, value]) => value !== undefined));

/** What stands around every page: alarms above everything, the tabs of one's role, the keys. */
export function Frame(props: {
  readonly desk: Desk;
  readonly door: HubDoor;
  readonly me: Me;
  readonly drafts: DraftStore;
}) {
  const { desk, me, drafts } = props;
  const text = useText();
  const shown = useShown(desk.shown);
  const { lineUp, queue, alarms, opened: records, accepting, current } = shown;
  const call = useShownIf(current?.shown);
  const busy = accepting !== undefined || (call !== undefined && call.over === undefined);
  const mine = pagesFor(me.role);
  const home = mine[0];
  const [trail, setTrail] = useState<readonly Place[]>(() => {
    const kept = placeOf(drafts.getItem(keptPlace), mine);
    return [...(home ? [{ page: home.id, about: {} }] : []), ...(kept && kept.page !== home?.id ? [kept] : [])];
  });
  const [opened, setOpened] = useState<ReadonlySet<PageId>>(() => new Set(trail.map(({ page }) => page)));
  const [help, setHelp] = useState(false);
  const [glass, setGlass] = useState<GlassOver>();
  const here = trail.at(-1);

  const open = (page: PageId, about: About = {}) => {
    setTrail((before) =>
      before.at(-1)?.page === page && Object.keys(about).length === 0
        ? before
        : [...before, { page, about }].slice(-longestTrail),
    );
    setOpened((before) => new Set(before).add(page));
  };
  useEffect(() => {
    if (here) drafts.setItem(keptPlace, JSON.stringify(here));
  }, [drafts, here]);
  useUrgent(shown, () => home && open(home.id));
  const backToGlass = () => setGlass(records[0]);
  const back = () => setTrail((before) => (before.length > 1 ? before.slice(0, -1) : before));

  useHeard("keydown", (event) => {
    const inField = event.target instanceof HTMLElement && event.target.matches("input, textarea, select");
    const inDialog = document.querySelector("dialog[open]") !== null;
    const byDigit = event.altKey && mine.find(({ shortcut }) => event.code === `Digit${String(shortcut)}`);
    const first = queue?.find((item) => !item.mine);
    if (byDigit) open(byDigit.id);
    else if (event.altKey && event.code === "Digit0" && records.length > 0 && !inDialog) backToGlass();
    else if (event.key === "F2" && first && !busy) {
      open("consult");
      void desk.accept(first);
    } else if (event.key === "Escape" && !inDialog && !inField) back();
    else if (event.key === "?" && !inField && !inDialog) setHelp(true);
    else return;
    event.preventDefault();
  });

  return (
    <div className="desk">
      <Header
        name={me.name}
        lineUp={lineUp}
        tabs={mine}
        here={here?.page}
        open={open}
        glasses={records.length}
        glass={backToGlass}
        help={() => setHelp(true)}
        signOut={() => void desk.signOut()}
      />
      <AlarmBar
        items={alarms}
        answer={desk.answerAlarm}
        look={({ alarm, station: { name: station, place } }) => setGlass({ alarm, station, place })}
      />
      {mine.map((entry) => {
        const isHere = entry.id === here?.page;
        if (!isHere && !(entry.keeps === true && opened.has(entry.id))) return null;
        return (
          <div key={entry.id} className="page" hidden={!isHere} data-testid={`page-${entry.id}`}>
            <Loaded entry={entry} pageProps={{ ...props, about: isHere ? here.about : {}, open }} />
          </div>
        );
      })}
      {mine.length === 0 && <p className="opening">{text("desk.page.none")}</p>}
      {glass && (
        <GlassDialog
          key={glass.alarm}
          door={props.door}
          over={glass}
          opened={records}
          choose={setGlass}
          close={() => setGlass(undefined)}
        />
      )}
      {help && <HelpSheet tabs={mine} glass={records.length > 0} close={() => setHelp(false)} />}
    </div>
  );
}

/** The page once it is there; a way to fetch it again where the line broke in the middle. */
function Loaded({ entry, pageProps }: { readonly entry: PageEntry; readonly pageProps: PageProps }) {
  const text = useText();
  const [page, setPage] = useState<{ readonly Page: ComponentType<PageProps> } | "failed">();
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let left = false;
    const tell = (what: { readonly Page: ComponentType<PageProps> } | "failed") => {
      if (!left) setPage(what);
    };
    entry.load().then(
      ({ Page }) => tell({ Page }),
      () => tell("failed"),
    );
    return () => {
      left = true;
    };
  }, [entry, tries]);
  if (page === undefined) return <p className="page-wait">{text("desk.page.loading")}</p>;
  if (page === "failed")
    return (
      <p className="page-wait" role="alert">
        {text("desk.page.failed")}{" "}
        <button type="button" className="second" onClick={() => setTries((count) => count + 1)}>
          {text("desk.page.again")}
        </button>
      </p>
    );
  return <page.Page {...pageProps} />;
}
