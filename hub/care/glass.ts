import type { HubContext } from "../api/context.ts";

/** Whether this person broke the glass over this record, and it is still open: for reading alone. */
export async function isOpenTo(
  { hub, who }: HubContext,
  about: { readonly resident: string } | { readonly station: string; readonly visit: string },
): Promise<boolean> {
  const open = await hub.breakings.openFor(who.id, hub.clock.now());
  return open.some((one) =>
    "resident" in about ? one.resident === about.resident : one.station === about.station && one.visit === about.visit,
  );
}
