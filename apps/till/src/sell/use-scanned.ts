import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { ProductView } from "@weft/contracts/client";
import { asId, wallClock, type ProductId, type VariantId } from "@weft/kernel";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { formatBusinessDate } from "@weft/ui/i18n/format.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { isGiftCardCode, readGiftCardText } from "../../../../hub/src/modules/payments/domain.ts";
import { freshnessOf, recallOf } from "../../../../hub/src/modules/batches/domain/index.ts";
import { recallsOf, type Gs1Item } from "../../../../hub/src/modules/till/domain/index.ts";
import { catalogQuery, findByCode, isGiftCard, isQuick, type Catalog } from "../catalog/catalog.ts";
import { useClaim } from "../customer/use-claim.ts";
import { useFindAndOpen } from "../customer/use-open-customer.ts";
import { useTill } from "../device/till-context.ts";
import { textOf } from "../common/text.ts";
import { wayOfScanned } from "../scan/open-scanned.ts";
import { parseScan } from "../scan/parse-scan.ts";
import { parkedByNumber, useResume } from "../ticket/parked.ts";
import { t } from "../t.ts";
import { byGs1 } from "./by-gs1.ts";
import { defaultOptions } from "./options.ts";
import { byLabel } from "../weigh/by-label.ts";
import { addToTicket, type Chosen, type Scanned } from "./use-sell.ts";
import { pricesQuery } from "../local/prices.ts";

/** The day on the wall of the store, by which it is judged how long a thing keeps. */
const todayIn = (timeZone: string): string => wallClock(new Date(), timeZone).date;

/** What a scanned code does on the sell screen: sells, opens a customer, claims a cart, goes on with a kiosk's order, looks at a gift card, or opens a collection. */
export function useScanned(
  catalog: Catalog | undefined,
  tap: (product: ProductView, scanned?: Scanned) => void,
  setTyped: (text: string) => void,
  topUp: (product: ProductView, code: string) => void,
): (text: string) => void {
  const claim = useClaim();
  const open = useFindAndOpen();
  const resume = useResume(() => undefined);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { register, timeZone } = useTill();
  const prices = useQuery(pricesQuery).data;
  /** What keeps no longer is not sold; what is near its end is, when somebody says so [TIL-71]. */
  const takeGs1 = (item: Gs1Item, today: string, known: Catalog | undefined): void => {
    const chosen = known && byGs1(known, item);
    if (!chosen) {
      showToast(t("till.scan.unknown", { code: item.gtin }));
      return;
    }
    const what = textOf(chosen.product.name);
    if (isCalledBack(chosen, what)) return;
    const near = prices?.seller.place.nearEnd;
    const state = freshnessOf(item, today, near?.days);
    if (state.kind === "expired") {
      showToast(t("till.scan.expired", { what, day: formatBusinessDate(state.on, "day") }));
      return;
    }
    if (state.kind !== "fresh") {
      const key = near && near.percent > 0 ? (`till.scan.${state.kind}_reduced` as const) : (`till.scan.${state.kind}` as const);
      showToast(t(key, { what, day: formatBusinessDate(state.on, "day"), percent: near?.percent ?? 0 }));
    }
    // The code names its kind: only what is to be chosen beside that is asked.
    if (chosen.product.unit === "gram" || chosen.product.optionGroups.length === 0 || isQuick(chosen.product)) addToTicket(chosen);
    else tap(chosen.product, { sku: chosen.variant.sku, trace: chosen.trace });
  };
  /** What is called back is not sold, by the copy that this till keeps; it says why [BAT-2]. */
  const isCalledBack = ({ product, variant, trace }: Pick<Chosen, "product" | "variant" | "trace">, what: string): boolean => {
    const goods = { productId: asId<ProductId>(product.id), variantId: asId<VariantId>(variant.id), trace };
    const recall = prices && recallOf(recallsOf(prices.seller), goods);
    if (recall) showToast(t("till.scan.recalled", { what, reason: textOf(recall.reason) }));
    return recall !== undefined;
  };
  const take = (text: string, known: Catalog | undefined): void => {
    const today = todayIn(timeZone);
    const scanned = parseScan(text, today);
    setTyped("");
    if (scanned.kind === "gs1") {
      takeGs1(scanned.item, today, known);
      return;
    }
    const found = known && findByCode(known.products, scanned.kind === "barcode" ? scanned.barcode : text.trim());
    if (found) {
      if (isCalledBack(found, textOf(found.product.name))) return;
      if (isQuick(found.product)) addToTicket({ ...found, options: defaultOptions(found.product.optionGroups), quantity: 1 });
      else tap(found.product, { sku: found.variant.sku, trace: undefined });
      return;
    }
    // Paying with one is the payment's: here it is looked at and gets more.
    const giftCards = isGiftCardCode(readGiftCardText(text).code) ? known?.products.find(isGiftCard) : undefined;
    if (giftCards) {
      topUp(giftCards, text);
      return;
    }
    const way = wayOfScanned(scanned);
    const weighed = known && scanned.kind === "barcode" ? byLabel(known, scanned.barcode, register.labelPatterns) : undefined;
    if (weighed) addToTicket(weighed);
    else if (scanned.kind === "handover") claim.mutate(scanned.code, { onError: (error) => showToast(problemText(error)) });
    else if (way) void navigate(way);
    else if (scanned.kind === "barcode") showToast(t("till.scan.unknown", { code: scanned.barcode }));
    else if (scanned.kind === "member") open(scanned.token);
    else if (scanned.kind === "text") void byNumber(scanned.text);
  };
  /** The number of a kiosk's order, as its customer says it; anything else is searched for. */
  const byNumber = async (text: string): Promise<void> => {
    const cartId = await parkedByNumber(text).catch(() => undefined);
    if (cartId === undefined) setTyped(text);
    else resume.mutate(cartId, { onError: (error) => showToast(problemText(error)) });
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
