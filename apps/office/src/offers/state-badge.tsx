import type { OfferView } from "@weft/contracts/client";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { t } from "../t.ts";

const TONES = {
  open: "plain",
  paying: "warn",
  ordered: "good",
  expired: "warn",
  declined: "bad",
  taken: "good",
  revoked: "plain",
  replaced: "plain",
} as const satisfies Record<OfferView["state"], "plain" | "good" | "warn" | "bad">;

export function OfferState({ state }: { readonly state: OfferView["state"] }) {
  return <Badge tone={TONES[state]}>{t(`office.offer.state.${state}`)}</Badge>;
}
