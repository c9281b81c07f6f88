import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { ProductView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { catalogQuery, findByCode, isQuick, type Catalog } from "../catalog/catalog.ts";
import { useClaim } from "../customer/use-claim.ts";
import { useFindAndOpen } from "../customer/use-open-customer.ts";
import { useTill } from "../device/till-context.ts";
import { parseScan } from "../scan/parse-scan.ts";
import { t } from "../t.ts";
import { defaultOptions } from "./options.ts";
import { byLabel } from "../weigh/by-label.ts";
import { addToTicket } from "./use-sell.ts";

/** What a scanned code does on the sell screen: sells, opens a customer, claims a cart, or opens a collection. */
export function useScanned(
  catalog: Catalog | undefined,
  tap: (product: ProductView) => void,
  setTyped: (text: string) => void,
): (text: string) => void {
  const claim = useClaim();
  const open = useFindAndOpen();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { register } = useTill();
  const take = (text: string, known: Catalog | undefined): void => {
    const scanned = parseScan(text);
    setTyped("");
    const found = known && findByCode(known.products, scanned.kind === "barcode" ? scanned.barcode : text.trim());
    if (found) {
      if (isQuick(found.product)) addToTicket({ ...found, options: defaultOptions(found.product.optionGroups), quantity: 1 });
      else tap(found.product);
      return;
    }
    const weighed = known && scanned.kind === "barcode" ? byLabel(known, scanned.barcode, register.labelPatterns) : undefined;
    if (weighed) addToTicket(weighed);
    else if (scanned.kind === "handover") claim.mutate(scanned.code, { onError: (error) => showToast(problemText(error)) });
    else if (scanned.kind === "collection") void navigate({ to: "/collections", search: { code: scanned.code } });
    else if (scanned.kind === "return") void navigate({ to: "/returns", search: { code: scanned.code } });
    else if (scanned.kind === "receipt") void navigate({ to: "/returns", search: { code: scanned.address } });
    else if (scanned.kind === "barcode") showToast(t("till.scan.unknown", { code: scanned.barcode }));
    else if (scanned.kind === "member") open(scanned.token);
    else setTyped(scanned.text);
  };
  // A cashier scans as soon as the screen is there: what comes before the catalog waits for it, and is not unknown.
  return (text) => {
    if (catalog) take(text, catalog);
    else
      queries.ensureQueryData(catalogQuery(register.placeId)).then(
        (known) => take(text, known),
        () => take(text, undefined),
      );
  };
}
