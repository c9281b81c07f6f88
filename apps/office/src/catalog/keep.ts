import type { QueryClient } from "@tanstack/react-query";
import type { ProductView } from "@weft/contracts/client";

/** Writes what a command said of a product into every opened view of it; prices and stock of a place stay as they were seen there. */
export function keepProduct(queries: QueryClient, { id, name, description, active, shippable }: ProductView): void {
  queries.setQueriesData<ProductView>(
    { queryKey: ["catalog", "product", id] },
    (seen) => seen && { ...seen, name, description, active, shippable },
  );
}

/** Writes whether a place sells a product into its opened view there. */
export function keepAssortment(queries: QueryClient, productId: string, placeId: string, inAssortment: boolean): void {
  queries.setQueryData<ProductView>(["catalog", "product", productId, placeId], (seen) => {
    if (!seen) return seen;
    const variants = seen.variants.map((variant) => ({ ...variant, availability: { ...variant.availability, inAssortment } }));
    return { ...seen, variants };
  });
}
