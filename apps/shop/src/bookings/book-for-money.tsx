import { useMutation } from "@tanstack/react-query";
import type { ServiceOpeningView, ServiceView } from "@weft/contracts/client";
import { newKey } from "@weft/ui/api/api.ts";
import { formatDateTime, formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Stepper } from "@weft/ui/shop/stepper.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { cartToShare } from "../cart/send.ts";
import { useCustomer } from "../customer/session.ts";
import { Link, navigate } from "../router/router.tsx";
import { pathTo } from "../routes.ts";
import { t } from "../t.ts";
import { priceOf } from "../text.ts";
import { whenText } from "./when-text.ts";
import styles from "./bookings.module.css";

type Props = {
  readonly service: ServiceView;
  readonly storeId: string;
  readonly opening: ServiceOpeningView;
  readonly timeZone: string;
  readonly staffId: string | null;
  /** It is in the cart already and gets this time. */
  readonly lineId: string | undefined;
};

/** A service that costs something goes into the cart, where its seats are held until it is paid; until when the money goes back is said before. */
export function BookForMoney({ service, storeId, opening: { startsAt, endsAt, left }, timeZone, staffId, lineId }: Props) {
  const customer = useCustomer();
  const [wanted, setSeats] = useState(1);
  // The same booking however often it is sent.
  const [made] = useState(newKey);
  const seats = Math.min(wanted, left);
  const choose = useMutation({
    mutationFn: async () => {
      const body = { id: lineId ?? made, serviceId: service.id, storeId, startsAt, staffId, seats };
      return api.ask("bookings.intoCart", { params: { id: await cartToShare() }, body });
    },
    onSuccess: (cart) => {
      api.queries.setQueryData(["cart", cart.id], cart);
      void api.queries.invalidateQueries({ queryKey: ["openings"] });
      showToast(t("shop.bookings.in_cart"));
      navigate(pathTo("cart"));
    },
    onError: () => void api.queries.invalidateQueries({ queryKey: ["openings"] }),
  });
  const here = `${pathTo("book")}?${new URLSearchParams({ store: storeId, service: service.id })}`;
  const changeable = new Date(new Date(startsAt).getTime() - service.cancelMinutes * 60_000).toISOString();
  return (
    <section className={styles.confirm} aria-label={t("shop.bookings.chosen")}>
      <strong>{whenText({ startsAt, endsAt, timeZone })}</strong>
      {service.seats > 1 && lineId === undefined ? (
        <div className={styles.seats}>
          <span>{t("shop.bookings.seats")}</span>
          <Stepper what={t("shop.bookings.seats")} value={seats} max={left} onChange={setSeats} />
        </div>
      ) : null}
      <p className={styles.quiet}>{t("shop.bookings.money_back_until", { at: formatDateTime(changeable, { timeZone }) })}</p>
      {customer ? (
        <Button kind="primary" wide busy={choose.isPending} onClick={() => choose.mutate()}>
          {lineId !== undefined
            ? t("shop.bookings.move_now")
            : service.price
              ? t("shop.bookings.into_cart", { amount: formatMoney(priceOf(service.price, seats)) })
              : t("shop.bookings.into_cart_unpriced")}
        </Button>
      ) : (
        <Link to={`${pathTo("signIn")}?next=${encodeURIComponent(here)}`}>{t("shop.bookings.sign_in_to_book")}</Link>
      )}
      {choose.error ? <ProblemNote error={choose.error} /> : null}
    </section>
  );
}
