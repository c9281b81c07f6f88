import { useSearch } from "@tanstack/react-router";
import { CollectionsScreen } from "./screen.tsx";

/** The collections with what the address asks for. */
export function CollectionsRoute() {
  const search: Record<string, unknown> = useSearch({ strict: false });
  const { code, open } = search;
  return (
    <CollectionsScreen search={{ code: typeof code === "string" ? code : undefined, open: typeof open === "string" ? open : undefined }} />
  );
}
