import { defineEvent } from "@weft/kernel";
import { z } from "zod";

/** Somebody asked for a check, or the night did. Subject: `parity/<run>`. */
export const ParityCheckAsked = defineEvent("parity.check_asked.v1", z.object({ runId: z.string() }));

/** A check came to its end. Subject: `parity/<run>`. */
export const ParityChecked = defineEvent(
  "parity.checked.v1",
  z.object({ runId: z.string(), wrong: z.int(), lagging: z.int(), allowed: z.int() }),
);
