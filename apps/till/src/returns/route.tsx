import { useParams, useSearch } from "@tanstack/react-router";
import { ReturnReceiptScreen } from "./receipt-screen.tsx";
import { ReturnsScreen } from "./screen.tsx";

/** Taking goods back, with the order that the address names. */
export function ReturnsRoute() {
  const { order, request, code, gift }: Record<string, unknown> = useSearch({ strict: false });
  const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
  return <ReturnsScreen key={text(code) ?? ""} orderId={text(order)} requestId={text(request)} code={text(code)} gift={text(gift)} />;
}

/** The paper of the return that the address names. */
export function ReturnReceiptRoute() {
  const params: Record<string, string | undefined> = useParams({ strict: false });
  return <ReturnReceiptScreen id={params["id"] ?? ""} />;
}
