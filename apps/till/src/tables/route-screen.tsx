import { useSearch } from "@tanstack/react-router";
import { TablesScreen } from "./screen.tsx";

/** The tables with what the address asks for; a screen of its own, which is loaded when it is opened [SIZ-1]. */
export function TablesRoute() {
  const search: Record<string, unknown> = useSearch({ strict: false });
  return <TablesScreen isMoving={search["move"] !== undefined} />;
}
