import { useSearch } from "@tanstack/react-router";
import { GoodsScreen } from "./screen.tsx";
import { partOf } from "./parts.ts";

/** The goods with the part that the address asks for. */
export function GoodsRoute() {
  const search: Record<string, unknown> = useSearch({ strict: false });
  return <GoodsScreen part={partOf(search["part"])} />;
}
