import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { openApiText } from "../hub/src/openapi-file.ts";

/** `npm run openapi`: writes the API's document to the repository, so that a change of the contract shows in review. */
writeFileSync(join(import.meta.dirname, "../openapi.json"), openApiText());
