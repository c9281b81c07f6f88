import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { ProblemError } from "@weft/ui/api/problem-error.ts";
import { useTurn } from "@weft/ui/app/use-turn.ts";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { lazy, Suspense } from "react";
import { api } from "../api.ts";
import { useCustomer } from "../customer/session.ts";
import { categoriesQuery, productsQuery } from "../product/products.ts";
import { useWide } from "../shared/use-wide.ts";
import { Link, navigate, useAddress } from "../router/router.tsx";
import { pathTo } from "../routes.ts";
import { StoreLine } from "../stores/store-line.tsx";
import { useStore } from "../stores/stores.ts";
import { t } from "../t.ts";
import { BrandLine } from "./brand-line.tsx";
import { isNarrowed, narrowingIn } from "./narrowing.ts";
import { MenuSkeleton } from "./menu-skeleton.tsx";
import { SearchField } from "./search-field.tsx";
import { ShelfList } from "./shelf-list.tsx";
import { shelvesOf } from "./shelves.ts";
import { useMenuLive } from "./use-menu-live.ts";
import { UsualCard, useUsualStore } from "./usual.tsx";
import styles from "./menu.module.css";

export { askAhead } from "./ahead.ts";

// Parts of other screens, loaded when they are shown: a phone has a bar instead of the panel, and opens no product at first.
const CartPanel = lazy(() => import("../cart/screen.tsx").then((module) => ({ default: module.CartPanel })));
const FacetChips = lazy(() => import("./facet-chips.tsx").then((module) => ({ default: module.FacetChips })));
const ProductSheet = lazy(() => import("../product/screen.tsx").then((module) => ({ default: module.ProductSheet })));

/** The shop's start screen: the store, the usual, the menu; on a wide screen the cart beside it. */
export function MenuScreen() {
  const { search } = useAddress();
  const customer = useCustomer();
  const { store, error } = useStore();
  const isStoreKnown = useUsualStore(customer?.isProfiled ? customer.customerId : undefined);
  const isWide = useWide();
  const slug = search.get("product");
  return (
    <div className={styles.columns}>
      <section aria-labelledby="menu-title" className={styles.menu}>
        <header className={styles.head}>
          <BrandLine />
          <h1 id="menu-title">{customer?.givenName ? t("shop.menu.title_named", { name: customer.givenName }) : t("shop.menu.title")}</h1>
          <StoreLine />
          <SearchField value={search.get("q") ?? ""} />
        </header>
        {customer?.isProfiled ? <UsualCard customerId={customer.customerId} storeId={store?.id} /> : null}
        {error && !store ? (
          <MenuProblem error={error} />
        ) : (
          <Menu storeId={isStoreKnown ? store?.id : undefined} query={search.get("q") ?? ""} />
        )}
      </section>
      {isWide ? (
        <aside className={styles.cart}>
          <Suspense fallback={null}>
            <CartPanel />
          </Suspense>
        </aside>
      ) : null}
      {slug === null ? null : (
        <Suspense fallback={null}>
          <ProductSheet slug={slug} storeId={store?.id} onClose={closeProduct} />
        </Suspense>
      )}
    </div>
  );
}

/** The menu cannot be shown; without a network it says what can: card and cart. */
function MenuProblem({ error }: { readonly error: Error }) {
  const askAgain = (): unknown => api.queries.refetchQueries({ type: "active" });
  if (!(error instanceof ProblemError && error.offline)) return <ProblemNote error={error} onRetry={askAgain} />;
  return (
    <EmptyState title={t("shop.offline.title")} text={t("shop.offline.text")}>
      <Button onClick={() => void askAgain()}>{t("ui.retry")}</Button>
      <Link to={pathTo("card")}>{t("shop.offline.card")}</Link>
    </EmptyState>
  );
}

function Menu({ storeId, query }: { readonly storeId: string | undefined; readonly query: string }) {
  useMenuLive(storeId);
  const categories = useQuery(categoriesQuery);
  const { search } = useAddress();
  const narrowing = narrowingIn(search);
  const products = useInfiniteQuery({ ...productsQuery(storeId, query, query === "" ? {} : narrowing), enabled: storeId !== undefined });
  const error = categories.error ?? products.error;
  const facets = query === "" ? undefined : products.data?.pages[0]?.facets;
  const found = products.data?.pages.flatMap(({ items }) => items);
  useTurn(
    (found ?? []).map(({ availability }) => availability.served?.changesAt),
    () => void api.queries.invalidateQueries({ queryKey: ["products", storeId] }),
  );
  if (error && (!found || !categories.data)) return <MenuProblem error={error} />;
  if (!categories.data || !found) return <MenuSkeleton />;
  if (found.length === 0 && query !== "" && !isNarrowed(narrowing)) {
    return (
      <EmptyState title={t("shop.search.nothing", { query })} text={t("shop.search.nothing_hint")}>
        <Button onClick={() => navigate("/", { replace: true })}>{t("shop.search.clear")}</Button>
      </EmptyState>
    );
  }
  if (found.length === 0 && query === "") return <EmptyState title={t("shop.menu.empty")} text={t("shop.menu.empty_hint")} />;
  return (
    <>
      {facets ? (
        <Suspense fallback={null}>
          <FacetChips facets={facets} categories={categories.data} />
        </Suspense>
      ) : null}
      {found.length === 0 ? <EmptyState title={t("shop.search.none_left")} text={t("shop.search.none_left_hint")} /> : null}
      <ShelfList shelves={query === "" ? shelvesOf(categories.data, found) : null} products={found} storeId={storeId} />
      {products.hasNextPage ? (
        <Button busy={products.isFetchingNextPage} onClick={() => void products.fetchNextPage()}>
          {t("shop.menu.more")}
        </Button>
      ) : null}
    </>
  );
}

/** Back to the menu as it was under the product, search included. */
function closeProduct(): void {
  const rest = new URLSearchParams(location.search);
  rest.delete("product");
  navigate(rest.size === 0 ? "/" : `/?${rest}`, { replace: true });
}
