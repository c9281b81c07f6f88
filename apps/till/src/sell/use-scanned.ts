import { useNavigate } from "@tanstack/react-router";
import type { ProductView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { findByCode, isPlain, type Catalog } from "../catalog/catalog.ts";
import { useClaim } from "../customer/use-claim.ts";
import { useFindAndOpen } from "../customer/use-open-customer.ts";
import { parseScan } from "../scan/parse-scan.ts";
import { changeCart } from "../ticket/ticket.ts";
import { t } from "../t.ts";
import { nameOf } from "./use-sell.ts";
import { priceText } from "../common/text.ts";

/** What a scanned code does on the sell screen: sells, opens a customer, claims a cart, or opens a collection. */
export function useScanned(
  catalog: Catalog | undefined,
  tap: (product: ProductView) => void,
  setTyped: (text: string) => void,
): (text: string) => void {
  const claim = useClaim();
  const open = useFindAndOpen();
  const navigate = useNavigate();
  return (text) => {
    const scanned = parseScan(text);
    setTyped("");
    const found = catalog && findByCode(catalog.products, scanned.kind === "barcode" ? scanned.barcode : text.trim());
    if (found) {
      if (!isPlain(found.product)) tap(found.product);
      else
        changeCart(
          { kind: "add", sku: found.variant.sku, quantity: 1 },
          { name: nameOf(found.product, found.variant), detail: "", price: found.variant.price ? priceText(found.variant.price) : "" },
        );
      return;
    }
    if (scanned.kind === "handover") claim.mutate(scanned.code, { onError: (error) => showToast(problemText(error)) });
    else if (scanned.kind === "collection") void navigate({ to: "/collections", search: { code: scanned.code } });
    else if (scanned.kind === "barcode") showToast(t("till.scan.unknown", { code: scanned.barcode }));
    else if (scanned.kind === "member") open(scanned.token);
    else setTyped(scanned.text);
  };
}
