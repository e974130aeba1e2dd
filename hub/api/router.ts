import { alarm } from "./alarms.ts";
import { call, queue } from "./calls.ts";
import { doors } from "./context.ts";
import { journal } from "./journal.ts";
import { me, people } from "./people.ts";
import { opinion, visit } from "./visits.ts";

/** Everything the hub answers. What is not listed here cannot be called. */
export const router = doors.router({ journal, alarm, queue, call, visit, opinion, me, people });
export type HubRouter = typeof router;
