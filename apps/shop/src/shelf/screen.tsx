import { useQuery } from "@tanstack/react-query";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { useEffect } from "react";
import { readDigitalLink } from "../../../../hub/src/modules/catalog/domain/digital-link.ts";
import { api } from "../api.ts";
import { Link, navigate, useAddress } from "../router/router.tsx";
import { pathTo } from "../routes.ts";
import { Narrow } from "../shared/narrow.tsx";
import { t } from "../t.ts";

/** What the code on a shelf opens: the product, at the store whose shelf it is. One that says nothing is told in words. */
export function ShelfScreen() {
  const { path, search } = useAddress();
  const code = readDigitalLink(`${path}?${search}`);
  const gtin = code.ok ? code.value.gtin : "";
  const product = useQuery({
    queryKey: ["barcode", gtin],
    queryFn: async ({ signal }) => (await api.ask("products.list", { query: { barcode: gtin, limit: 1 }, signal })).items[0] ?? null,
    enabled: code.ok,
  });
  const slug = product.data?.slug;
  const store = code.ok ? code.value.store : null;
  useEffect(() => {
    if (slug === undefined) return;
    navigate(pathTo("product", { slug }) + (store === null ? "" : `?store=${encodeURIComponent(store)}`), { replace: true });
  }, [slug, store]);
  if (code.ok && product.isError) return <ProblemNote error={product.error} onRetry={product.refetch} />;
  if (code.ok && product.data !== null) return <ScreenSkeleton />;
  return (
    <Narrow title={t("shop.shelf.title")} intro={t(code.ok ? "shop.shelf.unknown" : "shop.shelf.unreadable")}>
      <Link to={pathTo("menu")}>{t("shop.product.to_menu")}</Link>
    </Narrow>
  );
}
