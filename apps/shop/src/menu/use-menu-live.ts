import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useLive } from "@weft/ui/api/context.tsx";
import { useEffect, useRef } from "react";
import { goneOf, type Levels } from "./gone.ts";

/** Menus that follow one store ask again within this time, each at its own moment: a happy hour is seen within a second. */
const SPREAD_MS = 400;
type Store = { readonly version: number; readonly levels: Levels; readonly menu: string };
const NOTHING: Store = { version: 0, levels: [], menu: "" };

/**
 * Asks for the menu again when something of it has just been sold out, or can be had again, or when goods, prices or promotions are
 * different. What sells one by one costs no request.
 */
export function useMenuLive(storeId: string | undefined): void {
  const queries = useQueryClient();
  useLive(storeId && `store/${storeId}`);
  // Only live messages fill it: what the store has in all is never asked for.
  const { data } = useQuery({
    queryKey: ["store", storeId ?? ""],
    queryFn: () => NOTHING,
    initialData: NOTHING,
    staleTime: Infinity,
    enabled: false,
  });
  const look = `${data.menu} ${goneOf(data.levels)}`;
  const before = useRef(look);
  useEffect(() => {
    if (before.current === look) return undefined;
    before.current = look;
    const ask = (): void => {
      void queries.invalidateQueries({ queryKey: ["products", storeId] });
      // A store that pauses, or takes longer, says so there, in its slots and in what is promised of a cart.
      void queries.invalidateQueries({ queryKey: ["stores"] });
      void queries.invalidateQueries({ predicate: ({ queryKey: [what, , of] }) => what === "slots" || of === "promises" });
    };
    const timer = setTimeout(ask, Math.random() * SPREAD_MS);
    return () => clearTimeout(timer);
  }, [look, storeId, queries]);
}
