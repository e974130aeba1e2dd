import { afterAll, beforeAll, expect, test } from "vitest";
import { rights } from "../../core/rights.ts";
import { Town, type PersonParty, type StationParty } from "./parties.ts";

/** What is asked over `/wire` is answered nowhere else: not to a doctor, not to a station, not to anybody. */
let town: Town;
let doctor: PersonParty;
let station: StationParty;
beforeAll(async () => {
  town = await Town.open();
  doctor = await town.person("li");
  station = await town.station();
});
afterAll(() => town.end());

const who = {
  nobody: async (): Promise<Record<string, string>> => ({}),
  doctor: async () => ({ cookie: doctor.cookie, origin: town.hub.address }),
  station: async () => ({ authorization: `Bearer ${await station.token()}` }),
} as const;
const askers = Object.keys(who) as (keyof typeof who)[];
const places = ["", "/api", "/wire", "/rpc", "/family", "/family/wire"] as const;
const cells = Object.keys(rights).flatMap((operation) => askers.map((asker) => ({ operation, asker })));

test.each(cells)("$operation over HTTP by $asker: there is no such thing", async ({ operation, asker }) => {
  const headers = { "content-type": "application/json", ...(await who[asker]()) };
  const statuses = await Promise.all(
    places.flatMap((place) => {
      const url = `${town.hub.address}${place}/${operation.replaceAll(".", "/")}`;
      return [fetch(url, { headers }), fetch(url, { method: "POST", headers, body: JSON.stringify({ json: {} }) })].map(
        async (answer) => (await answer).status,
      );
    }),
  );
  expect(new Set(statuses)).toEqual(new Set([404]));
});

const before = [
  { path: "/api/sign-in", statuses: [400, 404] },
  { path: "/api/sign-in/code", statuses: [400, 404] },
  { path: "/api/enrol", statuses: [400, 404] },
  { path: "/api/family", statuses: [400, 404] },
  { path: "/api/invited", statuses: [400, 404] },
] as const;
test.each(before)("$path answers nothing to an empty body, nor to another method", async ({ path, statuses }) => {
  const url = `${town.hub.address}${path}`;
  const answers = [
    await town.post(path, {}),
    ...(await Promise.all(["GET", "PUT", "DELETE", "PATCH"].map((method) => fetch(url, { method })))),
  ];
  expect(answers.map(({ status }) => status)).toEqual([statuses[0], ...Array<number>(4).fill(statuses[1])]);
});
