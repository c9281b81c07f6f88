import { useParams } from "@tanstack/react-router";
import { ReceiptScreen } from "./screen.tsx";

/** The receipt of the order that the address names. */
export function ReceiptRoute() {
  const params: Record<string, string | undefined> = useParams({ strict: false });
  return <ReceiptScreen id={params["id"] ?? ""} />;
}
