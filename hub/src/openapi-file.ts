import { callersOf } from "./modules/access/index.ts";
import { openApiDocument } from "./platform/index.ts";
import { VERSION } from "./version.ts";

/** The document as the repository keeps it: the very one that `/openapi.json` answers, laid out for reading. */
export function openApiText(): string {
  return `${JSON.stringify(openApiDocument({ version: VERSION, callersOf }), null, 2)}\n`;
}
