import type { CareStore } from "../ports/care.ts";

/** The institutions of the demonstration, and where the missed work of each climbs to. Same ids as in `hub/demo.ts`. */
export async function putDemoOrgs(care: Pick<CareStore, "putOrg">): Promise<void> {
  await care.putOrg({ id: "demo-county", name: "演示县人民医院", tier: "county", phone: "0500-1000001" });
  await care.putOrg({
    id: "demo-township",
    name: "演示乡镇卫生院",
    tier: "township",
    above: "demo-county",
    phone: "0500-1000002",
  });
  await care.putOrg({
    id: "demo-village",
    name: "演示村卫生室",
    tier: "village",
    above: "demo-township",
    phone: "0500-1000003",
  });
}
