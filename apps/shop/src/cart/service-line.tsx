import { useMutation } from "@tanstack/react-query";
import type { CartLineView } from "@weft/contracts/client";
import { formatDateTime, formatTime } from "@weft/ui/i18n/format.ts";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { whenText } from "../bookings/when-text.ts";
import { Link } from "../router/router.tsx";
import { pathTo } from "../routes.ts";
import { t } from "../t.ts";
import { useNow } from "../use-now.ts";
import styles from "./cart-lines.module.css";

type Service = NonNullable<CartLineView["service"]>;

const isLapsed = ({ heldUntil }: Service, now: Date): boolean => new Date(heldUntil) <= now;

/** A cart holds it for minutes; where it was offered by a link, for days. */
const untilText = (at: string, now: Date): string =>
  new Date(at).getTime() - now.getTime() < 12 * 3_600_000 ? formatTime(at) : formatDateTime(at);

/** When a service of the cart is given and by whom, and until when its seats are kept from others. */
export function ServiceTime({ service, seats }: { readonly service: Service; readonly seats: number }) {
  const now = useNow();
  const { storeName, staffName, heldUntil } = service;
  return (
    <>
      <span>{whenText(service)}</span>
      <span className={styles.quiet}>
        {[
          t("shop.bookings.where", { place: storeName, name: staffName }),
          ...(seats > 1 ? [t("shop.bookings.people", { count: seats })] : []),
        ].join(" · ")}
      </span>
      <span className={isLapsed(service, now) ? styles.waits : styles.quiet}>
        {isLapsed(service, now) ? t("shop.cart.seat_lapsed") : t("shop.cart.seat_held", { at: untilText(heldUntil, now) })}
      </span>
    </>
  );
}

type ActionsProps = { readonly cartId: string; readonly line: CartLineView; readonly service: Service };

/** Held once more when its time is over, given another time, or taken out: then its seats are free at once. */
export function ServiceActions({ cartId, line, service }: ActionsProps) {
  const now = useNow();
  const settled = {
    onSuccess: (cart: Awaited<ReturnType<typeof takeOut>>) => api.queries.setQueryData(["cart", cart.id], cart),
    onError: (error: Error) => showToast(problemText(error)),
  };
  const remove = useMutation({ mutationFn: () => takeOut(cartId, line.id), ...settled });
  const hold = useMutation({ mutationFn: () => holdAgain(cartId, line, service), ...settled });
  const { serviceId, storeId } = service;
  return (
    <span className={styles.acts}>
      {isLapsed(service, now) ? (
        <Button kind="quiet" busy={hold.isPending} onClick={() => hold.mutate()}>
          {t("shop.cart.hold_again")}
        </Button>
      ) : null}
      <Link to={`${pathTo("book")}?${new URLSearchParams({ service: serviceId, store: storeId, line: line.id })}`}>
        {t("shop.bookings.move")}
      </Link>
      <Button kind="quiet" busy={remove.isPending} onClick={() => remove.mutate()}>
        {t("shop.cart.take_out")}
      </Button>
    </span>
  );
}

const takeOut = (cartId: string, bookingId: string) => api.ask("bookings.outOfCart", { params: { id: cartId, bookingId } });

const holdAgain = (cartId: string, { id, quantity: seats }: CartLineView, { serviceId, storeId, startsAt }: Service) =>
  api.ask("bookings.intoCart", { params: { id: cartId }, body: { id, serviceId, storeId, startsAt, seats } });
