import { useParams, useSearch } from "@tanstack/react-router";
import { ReturnReceiptScreen } from "./receipt-screen.tsx";
import { ReturnsScreen } from "./screen.tsx";

/** Taking goods back, with the order that the address names. */
export function ReturnsRoute() {
  const { order }: Record<string, unknown> = useSearch({ strict: false });
  return <ReturnsScreen orderId={typeof order === "string" ? order : undefined} />;
}

/** The paper of the return that the address names. */
export function ReturnReceiptRoute() {
  const params: Record<string, string | undefined> = useParams({ strict: false });
  return <ReturnReceiptScreen id={params["id"] ?? ""} />;
}
