import { v7 as newId } from "uuid";
import { describe, expect, test } from "vitest";
import { specimenPhone } from "../../../station/identify/specimens.ts";
import { codeOf } from "../fakes/station.ts";
import { dm as relative, open, visitAt } from "./kit.ts";

const owner = "018f0000-0000-7000-8000-0000000000a1";

/** The owner's visit, with a weight in it, and the relative who was recognized beside them. */
async function together() {
  const place = await visitAt({}, owner);
  const { client, visit } = place;
  const readings = [{ quantity: "body.weight", value: 61, unit: "kg" }];
  await client.visit.enter({ id: newId(), visit, of: "body", readings });
  const { token } = await client.identify.phone(specimenPhone);
  const grant = (why: "grant" | "guardian" = "grant") => ({ id: newId(), visit, token, why });
  return { ...place, grant };
}
const look = async (client: Awaited<ReturnType<typeof together>>["client"], visit: string) =>
  (await client.visit.trend({ visit, of: "body", resident: owner })).map(({ readings }) => readings[0]?.value);

describe("a relative's record", () => {
  test("is shut without a grant, and the refused look shows nothing", async () => {
    const { client, journal } = await together();
    const visit = await open(client, relative);
    expect(await codeOf(client.visit.trend({ visit, of: "body", resident: owner }))).toBe("consent.notGranted");
    expect((await journal()).filter(({ type }) => type === "record.viewed")).toEqual([]);
  });

  test.each(["grant", "guardian"] as const)(
    "is open by a recorded %s, and every look is kept and told",
    async (why) => {
      const { client, visit, grant, journal } = await together();
      const given = grant(why);
      expect(await client.visit.grant(given)).toEqual({ id: relative, why, shownName: expect.any(String) as string });
      expect((await client.visit.grant(given)).id).toBe(relative);
      const theirs = await open(client, relative);
      expect((await client.visit.family({ visit: theirs })).mayLookAt).toMatchObject([{ id: owner, why }]);
      expect(await look(client, theirs)).toEqual([61]);
      // Their own visit was cut off by the relative's, and goes on.
      await open(client, owner);
      const seen = await client.visit.family({ visit });
      expect(seen.granted).toMatchObject([{ id: relative, why }]);
      expect(seen.looks).toMatchObject([{ role: "relative", self: false, shownName: expect.any(String) as string }]);
      const kept = await journal();
      expect(kept.filter(({ type }) => type === "family.granted")).toMatchObject([
        { subject: owner, visit, body: { to: relative, why } },
      ]);
      expect(kept.filter(({ type }) => type === "record.viewed")).toMatchObject([
        { subject: owner, visit: null, body: { by: relative, role: "relative", what: "trend" } },
      ]);
    },
  );

  test("is shut again when the grant was taken back", async () => {
    const { client, visit, grant } = await together();
    await client.visit.grant(grant());
    await client.visit.endGrant({ id: newId(), visit, relative });
    expect((await client.visit.family({ visit })).granted).toEqual([]);
    const theirs = await open(client, relative);
    expect(await codeOf(look(client, theirs))).toBe("consent.notGranted");
  });

  test("is shut when the owner no longer agrees to share, whatever was granted", async () => {
    const { client, visit, grant } = await together();
    await client.visit.grant(grant());
    await client.visit.consent({ id: newId(), visit, scope: "family", given: false, way: "touch" });
    const theirs = await open(client, relative);
    expect(await codeOf(look(client, theirs))).toBe("consent.notGranted");
    expect((await client.visit.family({ visit: theirs })).mayLookAt).toEqual([]);
  });

  test("opens in one direction only", async () => {
    const { client, visit, grant } = await together();
    await client.visit.grant(grant());
    expect(await codeOf(client.visit.trend({ visit, of: "body", resident: relative }))).toBe("consent.notGranted");
  });

  test("is granted to nobody who was not recognized, to oneself never, and not in a guest's visit", async () => {
    const { client, visit, grant } = await together();
    expect(await codeOf(client.visit.grant({ ...grant(), token: newId() }))).toBe("identify.expired");
    const { token } = grant();
    const guest = await open(client);
    expect(await codeOf(client.visit.grant({ ...grant(), visit: guest }))).toBe("identify.notFound");
    expect(await codeOf(client.visit.grant({ ...grant(), visit }))).toBe("visit.closed");
    const own = await open(client, relative);
    expect(await codeOf(client.visit.grant({ ...grant(), visit: own, token }))).toBe("identify.notFound");
  });
});
