import { useEffect } from "react";
import { useText } from "../parts/language.tsx";
import type { Desk } from "./desk.ts";
import { Frame } from "./Frame.tsx";
import "./own-words.ts";
import { SignIn } from "./SignIn.tsx";
import { useShown } from "./use-shown.ts";

export function DeskPage({ desk }: { readonly desk: Desk }) {
  const text = useText();
  const { session } = useShown(desk.shown);
  useEffect(() => {
    document.title = `${text("desk.brand")} · ${text("desk.title")}`;
  }, [text]);
  if (session === "opening") return <p className="opening">{text("desk.opening")}</p>;
  if (session === "signedOut") return <SignIn desk={desk} />;
  const { me, door, drafts } = session;
  return <Frame key={me.id} desk={desk} drafts={drafts} door={door} me={me} />;
}
