import { defineEvent } from "@weft/kernel";
import { z } from "zod";

/** A file is to be imported in the background. Subject: `import/<id>`. */
export const ImportStarted = defineEvent("import.started.v1", z.object({ importId: z.string() }));
