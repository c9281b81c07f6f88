import type { CartView } from "@weft/contracts/client";
import { formatList } from "@weft/ui/i18n/format.ts";
import { ChoiceGroup } from "@weft/ui/shop/choice.tsx";
import { t } from "../t.ts";
import { inLanguage } from "../text.ts";
import { handOverAt, ship, useAskedFulfillment, useShippingOffer } from "./shipping.ts";

/** Collected or shipped. Absent where nothing of the cart is ever shipped; something that stays in the store is named. */
export function HowChoice({ cart, storeId }: { readonly cart: CartView; readonly storeId: string }) {
  const offer = useShippingOffer(cart);
  const isShipped = cart.delivery !== null;
  const asked = useAskedFulfillment();
  const isChosen = asked ? asked.kind === "ship" : isShipped;
  const isPointless =
    offer === undefined || offer.countries.length === 0 || cart.lines.every((line) => line.isGiftCard || offer.stays.includes(line));
  if (isPointless && !isShipped) return null;
  const stays = offer?.stays ?? [];
  const what = formatList(stays.slice(0, 3).map(({ name }) => inLanguage(name)));
  return (
    <ChoiceGroup
      label={t("shop.checkout.how")}
      value={isChosen ? "ship" : "collect"}
      onChange={(how) => (how === "ship" ? ship(null) : handOverAt(storeId))}
      choices={[
        { value: "collect", label: t("shop.checkout.how_collect") },
        {
          value: "ship",
          label: t("shop.checkout.how_ship"),
          disabled: stays.length > 0 && !isShipped,
          note: stays.length > 0 ? t("shop.checkout.stays", { what }) : undefined,
        },
      ]}
    />
  );
}
