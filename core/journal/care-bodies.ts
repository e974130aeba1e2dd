import { z } from "zod";
import { messageLeftSchema, messageReceivedSchema, messageToldSchema, opinionToldSchema } from "../care/messages.ts";
import { medicineReceivedSchema, medicineToldSchema } from "../care/medicine.ts";
import { careMoveSchema, careOpeningSchema } from "../care/records.ts";
import { taskSchema } from "../care/tasks.ts";
import { wishMadeSchema } from "../care/wish.ts";

/** Tasks that the fact made (or gave a new time), and those it brought to their end. */
const settled = {
  made: z.array(taskSchema),
  closed: z.array(z.string()),
} as const;

/** What the hub writes about care: the views of records and tasks are folded from these and from nothing else. */
export const careBodies = {
  "care.opened": z.strictObject({ opening: careOpeningSchema, ...settled }),
  "care.moved": z.strictObject({ move: careMoveSchema, ...settled }),
  /** The task as it is now: climbed because it was missed, or no longer a person's who left. */
  "task.climbed": taskSchema,
  "task.read": taskSchema,
  "task.handed": taskSchema,
  /** To the station; told there at the next visit. */
  "message.left": messageLeftSchema,
  /** By the station: kept until the resident is there; shown or spoken. */
  "message.received": messageReceivedSchema,
  "message.told": messageToldSchema,
  "opinion.told": opinionToldSchema,
  /** To the station: what its resident takes, as it was signed and reviewed; kept there for offline. */
  "medicine.told": medicineToldSchema,
  "medicine.received": medicineReceivedSchema,
  /** At the station: asked for; the hub makes it a record with somebody who answers. */
  "wish.made": wishMadeSchema,
} as const;
