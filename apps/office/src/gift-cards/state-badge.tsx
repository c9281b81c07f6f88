import type { ListedGiftCardView } from "@weft/contracts/client";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { t } from "../t.ts";

const TONES = { open: "good", blocked: "bad", empty: "plain", expired: "warn" } as const;

/** Where a gift card stands. */
export const StateBadge = ({ state }: Pick<ListedGiftCardView, "state">) => (
  <Badge tone={TONES[state]}>{t(`office.gift_card.state.${state}`)}</Badge>
);
