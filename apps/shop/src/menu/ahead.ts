import { api } from "../api.ts";
import { basket } from "../cart/basket.ts";
import { categoriesQuery, productsQuery } from "../product/products.ts";
import { firstStore } from "../stores/stores.ts";

/**
 * Asks for what the menu shows as soon as its code is there, while the words still come and nothing is rendered: on a phone far from the hub
 * each question that waits for another is a tenth of a second. A cart has a place of its own, so that its menu is asked for by the screen.
 */
export async function askAhead(): Promise<void> {
  void api.queries.prefetchQuery(categoriesQuery);
  if (basket().cart !== null) return;
  const store = await firstStore();
  if (store) await api.queries.prefetchInfiniteQuery(productsQuery(store.id, ""));
}
