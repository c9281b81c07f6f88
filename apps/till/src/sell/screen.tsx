import { lazy, Suspense, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import IconSearch from "@tabler/icons-react/dist/esm/icons/IconSearch.mjs";
import IconScan from "@tabler/icons-react/dist/esm/icons/IconScan.mjs";
import type { ProductView, TillCustomerView } from "@weft/contracts/client";
import { Button, IconButton } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { Sheet } from "@weft/ui/shop/sheet.tsx";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { favorites, isGiftCard, searchProducts, useCatalog, type Catalog } from "../catalog/catalog.ts";
import { textOf } from "../common/text.ts";
import { useKeyboardFocus } from "../common/use-focus.ts";
import { useKey } from "../common/use-key.ts";
import { CandidateList, nameOf } from "../customer/candidate-list.tsx";
import { useTill } from "../device/till-context.ts";
import { CameraScanner } from "../scan/camera.tsx";
import { useScanner } from "../scan/use-scanner.ts";
import { TicketPanel } from "../ticket/ticket-panel.tsx";
import { useTicket } from "../ticket/ticket.ts";
import { useCart } from "../ticket/use-cart.ts";
import { t } from "../t.ts";
import { WeighSheet } from "../weigh/weigh-sheet.tsx";
import { OptionsSheet } from "./options-sheet.tsx";
import { ProductGrid, ProductGridSkeleton } from "./product-grid.tsx";
import { setSoldOutMode } from "./sold-out-mode.ts";
import { useScanned } from "./use-scanned.ts";
import { useSell } from "./use-sell.ts";
import styles from "./sell.module.css";

const FAVORITES = "favorites";
const ADVICE = "advice";
/** Read when somebody is advised, and not before: most customers only pay. */
const AdviceShelf = lazy(async () => ({ default: (await import("../advice/advice-shelf.tsx")).AdviceShelf }));

/** Few sales top a gift card up. */
const TopUpSheet = lazy(async () => ({ default: (await import("../top-up/top-up-sheet.tsx")).TopUpSheet }));

/** Where a cashier spends the day: products left, ticket right, pay at the bottom right. A code may be scanned at any time. */
export function SellScreen() {
  const { register } = useTill();
  const catalog = useCatalog(register.placeId);
  const [side, setSide] = useState<"products" | "ticket">("products");
  const [typed, setTyped] = useState("");
  const [isCameraOpen, setCameraOpen] = useState(false);
  const sell = useSell();
  const [topUp, setTopUp] = useState<{ readonly product: ProductView; readonly code?: string } | undefined>(undefined);
  const scanned = useScanned(catalog.data, sell.tap, setTyped, (product, code) => setTopUp({ product, code }));
  useScanner(scanned);
  const topUpInstead = (product: ProductView): void => {
    sell.close();
    setTopUp({ product });
  };
  const search = useRef<HTMLInputElement>(null);
  useKeyboardFocus(search);
  useKey("F2", () => search.current?.select());
  // What is tapped elsewhere is not sold out: the mode ends with the shelf that it is about.
  useEffect(() => () => setSoldOutMode(false), []);
  const count = useItemCount();
  const { customer } = useTicket();
  const advised = customer?.knownAs === "customer" ? customer : null;
  return (
    <div className={styles.sell} data-side={side}>
      <h1 className="said">{t("till.strip.sell")}</h1>
      <section className={styles.products} aria-label={t("till.sell.products")}>
        <div className={styles.search}>
          <IconSearch size={22} aria-hidden />
          <input
            ref={search}
            type="search"
            aria-keyshortcuts="F2"
            aria-label={t("till.sell.search")}
            placeholder={t("till.sell.search")}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
            onKeyDown={(event) => {
              if (event.key === "Escape") setTyped("");
              if (event.key !== "Enter" || typed.trim() === "") return;
              // Else the same Enter would press the button that has the focus in the sheet which it opens.
              event.preventDefault();
              scanned(typed);
            }}
          />
          <IconButton label={t("till.scan.open")} icon={IconScan} onClick={() => setCameraOpen(true)} />
        </div>
        {catalog.isError && !catalog.data ? <ProblemNote error={catalog.error} onRetry={catalog.refetch} /> : null}
        {catalog.isPending ? <ProductGridSkeleton /> : null}
        {catalog.data ? (
          <Shelf
            catalog={catalog.data}
            typed={typed}
            onTap={sell.tap}
            onHold={sell.look}
            customer={advised}
            onFound={() => setTyped("")}
            onOpened={(query) => setTyped((now) => (now.trim() === query ? "" : now))}
          />
        ) : null}
      </section>
      <TicketPanel onClose={() => setSide("products")} />
      <div className={styles.switch}>
        <Button kind="primary" wide data-tour="other-side" onClick={() => setSide("ticket")}>
          {count.items === 0 ? t("till.sell.ticket_empty") : t("till.sell.ticket", { count: count.items, total: count.total })}
        </Button>
      </div>
      {sell.choosing?.product.unit === "gram" ? (
        <WeighSheet key={sell.choosing.product.id} product={sell.choosing.product} onClose={sell.close} onAdd={sell.add} />
      ) : sell.choosing ? (
        <OptionsSheet
          key={sell.choosing.product.id}
          product={sell.choosing.product}
          looksElsewhere={sell.choosing.isElsewhere ?? false}
          {...(sell.choosing.scanned && { sku: sell.choosing.scanned.sku })}
          onClose={sell.close}
          onAdd={sell.add}
          {...(isGiftCard(sell.choosing.product) && { onTopUp: topUpInstead })}
        />
      ) : null}
      {topUp ? (
        <Suspense>
          <TopUpSheet product={topUp.product} scanned={topUp.code} onClose={() => setTopUp(undefined)} />
        </Suspense>
      ) : null}
      <Sheet open={isCameraOpen} onClose={() => setCameraOpen(false)} title={t("till.scan.camera")}>
        <CameraScanner
          onScan={(text) => {
            setCameraOpen(false);
            scanned(text);
          }}
        />
      </Sheet>
    </div>
  );
}

type ShelfProps = {
  readonly catalog: Catalog;
  readonly typed: string;
  readonly onTap: (product: ProductView) => void;
  readonly onHold: (product: ProductView) => void;
  /** Whoever is advised: what is known of them has a shelf of its own. */
  readonly customer: TillCustomerView | null;
  readonly onFound: () => void;
  /** A customer was opened, some time after the tap: what is typed since then stays. */
  readonly onOpened: (query: string) => void;
};

/** Categories and their products, or what a search finds: products, and people when it looks like one. */
function Shelf({ catalog, typed, onTap, onHold, customer, onFound, onOpened }: ShelfProps) {
  const [wanted, setCategory] = useState(FAVORITES);
  const category = wanted === ADVICE && customer === null ? FAVORITES : wanted;
  const words = useDeferredValue(typed.trim());
  // Chosen once: a tile must not move away under the finger because something else was sold.
  const [favored] = useState(() => favorites(catalog).map(({ id }) => id));
  const filled = useMemo(() => filledCategories(catalog), [catalog]);
  const shown = useMemo(() => {
    if (words !== "") return searchProducts(catalog.products, words);
    if (category === FAVORITES) return favored.flatMap((id) => catalog.products.find((product) => product.id === id) ?? []);
    return catalog.products.filter(({ categoryId }) => categoryId === category);
  }, [catalog, category, words, favored]);
  const advice = (found: readonly ProductView[] | null) =>
    customer && category === ADVICE ? (
      <Suspense fallback={<ScreenSkeleton />}>
        <AdviceShelf customer={customer} products={catalog.products} found={found} onTap={onTap} onLook={onHold} />
      </Suspense>
    ) : null;
  if (words !== "" && category === ADVICE) return advice(shown);
  if (words !== "")
    return (
      <div className={styles.found}>
        <CandidateList query={words} onOpened={onOpened} />
        {shown.length > 0 ? (
          <ProductGrid
            products={shown}
            onTap={(product) => {
              onTap(product);
              onFound();
            }}
            onHold={onHold}
          />
        ) : (
          <p className={styles.nothing}>{t("till.sell.no_product", { words })}</p>
        )}
      </div>
    );
  return (
    <>
      <div className={styles.categories} role="group" aria-label={t("till.sell.categories")}>
        {[
          { id: FAVORITES, label: t("till.sell.favorites") },
          ...(customer ? [{ id: ADVICE, label: t("till.advice.open", { name: nameOf(customer.givenName, customer.familyInitial) }) }] : []),
          ...filled.map(({ id, name }) => ({ id, label: textOf(name) })),
        ].map(({ id, label }) => (
          <button key={id} type="button" aria-pressed={id === category} onClick={() => setCategory(id)}>
            {label}
          </button>
        ))}
      </div>
      {advice(null) ?? <ProductGrid products={shown} onTap={onTap} onHold={onHold} />}
    </>
  );
}

/** Categories that hold products, in the order of their tree: one tap from everything. */
function filledCategories({ categories, products }: Catalog) {
  const placeOf = (id: string | null): number => categories.find((category) => category.id === id)?.position ?? 0;
  return categories
    .filter(({ id }) => products.some(({ categoryId }) => categoryId === id))
    .sort((a, b) => placeOf(a.parentId) - placeOf(b.parentId) || a.position - b.position);
}

function useItemCount(): { readonly items: number; readonly total: string } {
  const { cart, pending, local } = useTicket();
  const { data } = useCart();
  const items =
    (cart && data ? data.lines.reduce((sum, { quantity, unit }) => sum + (unit === "gram" ? 1 : quantity), 0) : 0) +
    (local ? 0 : pending.filter(({ ghost }) => ghost).length);
  return { items, total: cart && data ? formatMoney(data.totals.total) : "" };
}
