import type { ReceiptView } from "@weft/contracts/client";
import { formatBusinessDate } from "@weft/ui/i18n/format.ts";
import type { Translate } from "@weft/ui/i18n/i18n.ts";
import type { MessageKey } from "../t.ts";

type NearEnd = NonNullable<ReceiptView["lines"][number]["nearEnd"]>;

/** That it was marked down because its last day is near: whoever bought it reads that day. */
export const nearEndText = ({ on, percent }: NearEnd, t: Translate<MessageKey>): string =>
  t("till.receipt.near_end", { day: formatBusinessDate(on, "day"), percent });
