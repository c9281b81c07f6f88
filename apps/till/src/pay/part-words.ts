import { formatMoney } from "@weft/ui/i18n/format.ts";
import { tenderWord } from "../receipt/tender-words.ts";
import { t } from "../t.ts";
import { handedOver, type PartTender } from "./payment.ts";

/** How a part was paid, as on the receipt. */
export function wayOfPart({ kind }: PartTender): string {
  const word = tenderWord(kind);
  return word ? t(word) : kind;
}

/** `Cash €20.00, Card €15.00`: all that was handed over, with tips. */
export const partText = (tender: PartTender, currency: string): string =>
  `${wayOfPart(tender)} ${formatMoney({ amount: handedOver(tender), currency })}`;
