import type { TicketTabView } from "@weft/contracts/client";
import type { Translate } from "@weft/ui/i18n/i18n.ts";
import type { MessageKey } from "../t.ts";

/** A table, and what its guests are called where they have a name, in the language of the screen or of the paper. */
export const tabText = ({ table, name }: Pick<TicketTabView, "table" | "name">, translate: Translate<MessageKey>): string =>
  [translate("till.tables.table", { table }), name ?? []].flat().join(" · ");
