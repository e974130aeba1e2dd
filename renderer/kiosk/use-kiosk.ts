import { createContext, useContext, useSyncExternalStore } from "react";
import type { Engine, Shown } from "./engine.ts";

const Context = createContext<Engine | undefined>(undefined);
export const EngineProvider = Context.Provider;

export function useEngine(): Engine {
  const engine = useContext(Context);
  if (engine === undefined) throw new Error("EngineProvider is missing");
  return engine;
}

export function useShown(): Shown {
  const engine = useEngine();
  return useSyncExternalStore(engine.subscribe, engine.shown);
}
