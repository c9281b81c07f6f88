import { useParams } from "@tanstack/react-router";
import { GiftScreen } from "./screen.tsx";

/** A receipt without prices of the order that the address names. */
export function GiftRoute() {
  const params: Record<string, string | undefined> = useParams({ strict: false });
  return <GiftScreen id={params["id"] ?? ""} />;
}
