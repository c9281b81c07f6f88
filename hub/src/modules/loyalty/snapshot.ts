import { defineSnapshot } from "../../platform/index.ts";
import type { EarnRule } from "./domain/index.ts";
import { ProgramChanged } from "./events.ts";
import { currentRule } from "./queries.ts";

/** The program's earn rule in force, or null where the retailer has no program. */
export const earnRuleSnapshot = defineSnapshot<EarnRule | null>({
  name: "loyalty.earn_rule",
  load: (db) => currentRule({ db }),
  invalidatedBy: [ProgramChanged],
});
