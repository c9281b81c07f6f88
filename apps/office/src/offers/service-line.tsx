import { Button } from "@mantine/core";
import type { CartLineView, CartView } from "@weft/contracts/client";
import { formatDateTime } from "@weft/ui/i18n/format.ts";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { cartQuery } from "../customer/queries.ts";
import { t } from "../t.ts";
import styles from "./offers.module.css";

type Service = NonNullable<CartLineView["service"]>;

/** When a service of the cart is given and by whom, and until when its seats are kept from others. */
export function ServiceTime({ service: { startsAt, timeZone, storeName, staffName, heldUntil } }: { readonly service: Service }) {
  const [now] = useState(() => new Date().toISOString());
  const isLapsed = heldUntil <= now;
  const held = isLapsed ? t("office.bookings.lapsed") : t("office.bookings.held_until", { at: formatDateTime(heldUntil, { timeZone }) });
  return <small>{[formatDateTime(startsAt, { timeZone }), storeName, staffName, held].join(" · ")}</small>;
}

type Props = { readonly cart: CartView; readonly line: CartLineView; readonly service: Service };

/** Held for another twenty minutes, or taken out: then its seats are free at once. */
export function ServiceTools({ cart, line: { id, quantity: seats }, service: { serviceId, storeId, startsAt } }: Props) {
  const touches = [cartQuery(cart.id).queryKey, ["openings"]];
  const hold = useAct(
    () => api.ask("bookings.intoCart", { params: { id: cart.id }, body: { id, serviceId, storeId, startsAt, seats } }),
    touches,
  );
  const remove = useAct(() => api.ask("bookings.outOfCart", { params: { id: cart.id, bookingId: id } }), touches);
  return (
    <div className={styles.tools}>
      <Button size="xs" variant="default" loading={hold.isPending} onClick={() => hold.mutate(undefined)}>
        {t("office.bookings.hold_again")}
      </Button>
      <Button size="xs" variant="default" loading={remove.isPending} onClick={() => remove.mutate(undefined)}>
        {t("office.bookings.take_out")}
      </Button>
    </div>
  );
}
