import type { RecallView } from "@weft/contracts/client";
import { formatList } from "@weft/ui/i18n/format.ts";
import { t } from "../t.ts";

/** Which of the goods are called back, in words. */
export function codesText({ batches, serials }: Pick<RecallView, "batches" | "serials">): string {
  const parts = [
    ...(batches.length > 0 ? [t("office.recall.of_batches", { count: batches.length, codes: formatList(batches) })] : []),
    ...(serials.length > 0 ? [t("office.recall.of_serials", { count: serials.length, codes: formatList(serials) })] : []),
  ];
  return parts.length > 0 ? parts.join(" · ") : t("office.recall.of_all");
}

/** What somebody typed or scanned into a field for several numbers: parted by commas, semicolons or new lines, each once. */
export function codesIn(typed: string): string[] {
  return [...new Set(typed.split(/[,;\n]/).map((code) => code.trim()))].filter((code) => code !== "");
}
