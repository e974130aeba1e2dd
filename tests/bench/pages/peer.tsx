/// <reference types="vite/client" />
import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";

/** What is usually done: each message is parsed and becomes state, and the framework draws it. */
function Peer({ port }: { readonly port: string }) {
  const [value, setValue] = useState<number>();
  useEffect(() => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    socket.addEventListener("message", ({ data }) => {
      setValue((JSON.parse(String(data)) as { readonly value: number }).value);
    });
    return () => socket.close();
  }, [port]);
  return <p data-testid="live-pressure">{value ?? "–"}</p>;
}

const page = document.getElementById("page");
if (page === null) throw new Error("the page has no root");
createRoot(page).render(<Peer port={location.hash.slice(1)} />);
