import type { FulfillmentView } from "@weft/contracts/client";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { t } from "../t.ts";

export function ShipmentBadge({ state }: Pick<FulfillmentView, "state">) {
  const tone = state === "delivered" ? "good" : state === "rejected" || state === "canceled" ? "bad" : "info";
  return <Badge tone={tone}>{t(`office.fulfillment.state.${state}`)}</Badge>;
}
