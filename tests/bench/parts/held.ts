import type { CDPSession } from "@playwright/test";
import { z } from "zod";

const snapshotSchema = z.object({
  snapshot: z.object({
    meta: z.object({ node_fields: z.array(z.string()), node_types: z.tuple([z.array(z.string())], z.unknown()) }),
  }),
  nodes: z.array(z.number()),
});

/** Memory of a page, in bytes. */
export interface Held {
  /** Values, texts, lists, functions: what the page's program made and still reaches. */
  readonly made: number;
  /** What the engine compiled and learned about the program: it grows while the page warms up. */
  readonly code: number;
  /** Elements, styles, and what the browser notes of the page for its tools. */
  readonly native: number;
}

/** Collects all garbage, then weighs what is left, by a heap snapshot. */
export async function heldBy(session: CDPSession): Promise<Held> {
  for (let turn = 0; turn < 3; turn++) await session.send("HeapProfiler.collectGarbage");
  const chunks: string[] = [];
  const hear = ({ chunk }: { readonly chunk: string }) => void chunks.push(chunk);
  session.on("HeapProfiler.addHeapSnapshotChunk", hear);
  await session.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  session.off("HeapProfiler.addHeapSnapshotChunk", hear);
  const { snapshot, nodes } = snapshotSchema.parse(JSON.parse(chunks.join("")));
  const fields = snapshot.meta.node_fields;
  const [kinds] = snapshot.meta.node_types;
  const [kindAt, sizeAt] = [fields.indexOf("type"), fields.indexOf("self_size")];
  const held = { made: 0, code: 0, native: 0 };
  for (let at = 0; at < nodes.length; at += fields.length) {
    const kind = kinds[nodes[at + kindAt] ?? 0];
    held[kind === "code" || kind === "native" ? kind : "made"] += nodes[at + sizeAt] ?? 0;
  }
  return held;
}
