import { useEffect, useState } from "react";
import type { HubDoor } from "../hub.ts";
import type { DrugList } from "./drug-words.ts";
import { failing } from "./work-kit.ts";

/** The list of drugs, fetched as soon as there is a line. */
export function useDrugs(door: HubDoor): DrugList | undefined {
  const [list, setList] = useState<DrugList>();
  useEffect(() => {
    const ask = () => {
      if (door.state === "open") void failing(async () => setList(await door.client.drug.list()));
    };
    ask();
    return door.onState(ask);
  }, [door]);
  return list;
}
