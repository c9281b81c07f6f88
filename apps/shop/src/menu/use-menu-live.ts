import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useLive } from "@weft/ui/api/context.tsx";
import { useEffect, useRef } from "react";
import { goneOf, type Levels } from "./gone.ts";

/** Menus that follow one store ask again within this time, each at its own moment. */
const SPREAD_MS = 1000;
const NOTHING: { readonly version: number; readonly levels: Levels } = { version: 0, levels: [] };

/** Asks for the menu again when something of it has just been sold out, or can be had again. What sells one by one costs no request. */
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
  const gone = goneOf(data.levels);
  const before = useRef(gone);
  useEffect(() => {
    if (before.current === gone) return undefined;
    before.current = gone;
    const timer = setTimeout(() => void queries.invalidateQueries({ queryKey: ["products", storeId] }), Math.random() * SPREAD_MS);
    return () => clearTimeout(timer);
  }, [gone, storeId, queries]);
}
