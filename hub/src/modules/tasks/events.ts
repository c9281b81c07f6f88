import { defineEvent } from "@weft/kernel";
import { z } from "zod";

/** A task was opened, taken, released, done, or its cause is gone. Subject: `task/<id>`. */
export const TaskChanged = defineEvent(
  "task.changed.v1",
  z.object({
    taskId: z.string(),
    kind: z.string(),
    team: z.string(),
    placeId: z.string().nullable(),
    state: z.enum(["open", "taken", "done", "gone"]),
  }),
);
