import type { ReturnRequestView } from "@weft/contracts/client";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { t } from "../t.ts";

const TONES = {
  requested: "info",
  received: "warn",
  inspected: "accent",
  refunded: "good",
  refused: "bad",
  canceled: "plain",
} as const;

export function RequestBadge({ state }: Pick<ReturnRequestView, "state">) {
  return <Badge tone={TONES[state]}>{t(`office.returns.state.${state}`)}</Badge>;
}
