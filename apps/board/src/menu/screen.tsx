import { useQuery } from "@tanstack/react-query";
import type { LocalizedText, ProductSummaryView } from "@weft/contracts/client";
import { lineTotal, type UnitPrice } from "@weft/kernel";
import { useLive } from "@weft/ui/api/context.tsx";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { currentLocale } from "@weft/ui/i18n/i18n.ts";
import { depositText } from "@weft/ui/app/deposit.ts";
import { useTurn } from "@weft/ui/app/use-turn.ts";
import { PriceTag } from "@weft/ui/kit/price-tag.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { useEffect, useState } from "react";
import { api } from "../api.ts";
import { Age } from "../frame/age.tsx";
import { keepMenu, keptMenu, type Menu } from "../kept.ts";
import { t } from "../t.ts";
import styles from "./menu.module.css";
import { pagesOf } from "./pages.ts";

/** Long enough to read two columns without hurry. */
const PAGE_MS = 14_000;
const MOST_PRODUCTS = 200;
/** So many in each column leave room to be larger. */
const FEW = 6;

/** The menu with the prices of the store, screen after screen; what is sold out says so at once. */
export function MenuScreen({ placeId }: { readonly placeId: string }) {
  useLive(`store/${placeId}`);
  const menu = useQuery({
    // Below the store's subject, so that a sold-out mark asks for it again.
    queryKey: ["store", placeId, "menu"],
    queryFn: async ({ signal }) => keepMenu(placeId, await readMenu(placeId, signal)),
    initialData: () => keptMenu(placeId),
    initialDataUpdatedAt: 0,
    refetchInterval: 5 * 60_000,
  });
  const turned = useTurning();
  useTurn(
    (menu.data?.products ?? []).map(({ availability }) => availability.served?.changesAt),
    () => void menu.refetch(),
  );
  if (!menu.data) return menu.isError ? <ProblemNote error={menu.error} onRetry={menu.refetch} /> : <ScreenSkeleton />;
  // What is sold at another time of the day stands on no wall now.
  const pages = pagesOf(
    menu.data.categories,
    menu.data.products.filter(({ availability: { served } }) => served?.now !== false),
  );
  const shown = pages[turned % Math.max(1, pages.length)] ?? [];
  return (
    <>
      <div className={styles.page} data-few={shown.every(({ products }) => products.length <= FEW) || undefined}>
        {shown.map(({ category, products }) => (
          <section key={`${category.id} ${products[0]?.id}`} aria-label={inLanguage(category.name)}>
            <h2>{inLanguage(category.name)}</h2>
            <ul>
              {products.map((product) => (
                <Line key={product.id} product={product} />
              ))}
            </ul>
          </section>
        ))}
      </div>
      <Age at={menu.data.at} />
    </>
  );
}

function Line({ product: { name, price, deposit, reduced, priceVaries, availability } }: { readonly product: ProductSummaryView }) {
  const isAway = availability.soldOut || availability.available === 0;
  const amountOf = (of: UnitPrice): string => {
    const amount = formatMoney({ amount: lineTotal(of, of.per.quantity), currency: of.currency });
    return priceVaries ? t("board.menu.from", { amount }) : amount;
  };
  return (
    <li className={styles.line} data-away={isAway || undefined}>
      <span>{inLanguage(name)}</span>
      <strong>
        {isAway ? (
          t("board.menu.sold_out")
        ) : price === null ? null : (
          <>
            <PriceTag price={amountOf(price)} reduced={reduced ? amountOf(reduced.price) : undefined} />
            {deposit ? <small className={styles.deposit}>{depositText({ name: deposit.name, total: deposit.amount })}</small> : null}
          </>
        )}
      </strong>
    </li>
  );
}

async function readMenu(storeId: string, signal: AbortSignal): Promise<Menu> {
  const [{ items: categories }, { items: products }] = await Promise.all([
    api.ask("categories.list", { signal }),
    api.ask("products.list", { query: { storeId, limit: MOST_PRODUCTS }, signal }),
  ]);
  return { categories, products, at: new Date().toISOString() };
}

function useTurning(): number {
  const [turned, setTurned] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTurned((n) => n + 1), PAGE_MS);
    return () => clearInterval(timer);
  }, []);
  return turned;
}

function inLanguage(text: LocalizedText): string {
  return text[currentLocale()] ?? text.en;
}
