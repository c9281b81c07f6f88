import type { LocalizedText } from "@weft/contracts/client";
import { formatMoney } from "../i18n/format.ts";
import { currentLocale } from "../i18n/i18n.ts";
import { t } from "../t.ts";

type Deposit = { readonly name: LocalizedText; readonly total: { readonly amount: number; readonly currency: string } };

/** The deposit beside a price: `plus deposit €0.25`. */
export function depositText({ name, total }: Deposit): string {
  return t("ui.deposit.plus", { name: name[currentLocale()] ?? name.en, amount: formatMoney(total) });
}
