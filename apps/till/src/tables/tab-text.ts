import type { TicketTabView } from "@weft/contracts/client";
import type { Translate } from "@weft/ui/i18n/i18n.ts";
import { t, type MessageKey } from "../t.ts";

/** A table, and what its guests are called where they have a name; on paper in the language of that. */
export const tabText = ({ table, name }: Pick<TicketTabView, "table" | "name">, translate: Translate<MessageKey> = t): string =>
  [translate("till.tables.table", { table }), name ?? []].flat().join(" · ");
