import { v7 as uuidv7 } from "uuid";
import { plain, theCase, type SomeCase } from "./case.ts";
import type { World } from "./world.ts";

const doctor = async ({ parts }: World) => {
  const given = { account: uuidv7(), name: "Dr", role: "doctor", passwordHash: "none", demo: false } as const;
  return (await parts.directory.putAccount(given)).id;
};
const noPractice = { name: "Somebody" };

/** Institutions and people as their county keeps them. */
export const directoryCases = {
  "directory.watch": plain(({ client }) => client.directory.watch()),
  "directory.putOrg": plain(({ client }) => client.directory.putOrg({ name: "Specimen", tier: "village" })),
  "directory.invite": plain(({ client }) =>
    client.directory.invite({ account: uuidv7(), role: "auditor", ...noPractice }),
  ),
  "directory.inviteAgain": theCase<string>({
    made: doctor,
    gone: uuidv7,
    ask: ({ client }, id) => client.directory.inviteAgain({ id }),
    ofGone: "account.unknown",
  }),
  "directory.change": theCase<string>({
    made: doctor,
    gone: uuidv7,
    ask: ({ client }, id) => client.directory.change({ id, ...noPractice }),
    in: "account.needsPractice",
    ofGone: "account.unknown",
  }),
  "directory.retire": theCase<string>({
    made: doctor,
    gone: uuidv7,
    ask: ({ client }, id) => client.directory.retire({ id }),
    ofGone: "account.unknown",
  }),
  "directory.stationCode": plain(({ client }) => client.directory.stationCode({})),
  "directory.pairStation": theCase<string>({
    made: async (world) => world.party("station", "in").id,
    gone: uuidv7,
    ask: ({ client }, station) => client.directory.pairStation({ station, branch: "nowhere" }),
    in: "org.unknown",
    ofGone: "station.unknown",
  }),
} as const satisfies Readonly<Record<string, SomeCase>>;
