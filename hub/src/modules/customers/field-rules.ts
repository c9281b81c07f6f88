import type { ChannelKind } from "@weft/contracts";
import { sql } from "kysely";
import { defineSnapshot } from "../../platform/index.ts";
import type { FieldChoice } from "./domain/index.ts";
import { FieldRulesChanged } from "./events.ts";

/** By what profiles are chosen now [IDN-28]. */
export const fieldChoiceSnapshot = defineSnapshot<FieldChoice>({
  name: "customers.field_choice",
  invalidatedBy: [FieldRulesChanged],
  async load(db) {
    const { rows } = await sql<{ rules: FieldChoice["rules"]; channels: ChannelKind[] }>`
      select rules, channels from customers.field_setting`.execute(db);
    return rows[0] ?? { rules: {}, channels: [] };
  },
});
