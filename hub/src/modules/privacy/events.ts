import { defineEvent } from "@weft/kernel";
import { z } from "zod";

/** Somebody asked for something about their data. Subject: `privacy_request/<id>`. */
export const RequestReceived = defineEvent(
  "privacy.request_received.v1",
  z.object({ requestId: z.string(), recordId: z.string(), kind: z.string(), dueAt: z.string() }),
);

/** Something was done with it. Subject: `privacy_request/<id>`. */
export const RequestMoved = defineEvent(
  "privacy.request_moved.v1",
  z.object({ requestId: z.string(), recordId: z.string(), kind: z.string(), state: z.string(), dueAt: z.string() }),
);
