import { useMutation } from "@tanstack/react-query";
import type { CartLineView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { formatDateTime } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { timeText } from "../collections/desk.ts";
import { useNow } from "../common/use-now.ts";
import { t } from "../t.ts";
import { bookOnTicket, takeOffTicket } from "./services.ts";

type Service = NonNullable<CartLineView["service"]>;

const isLapsed = ({ heldUntil }: Service, now: Date): boolean => new Date(heldUntil) <= now;

/** When a service on the ticket is given, and until when its seats are kept from others. */
export function ServiceTime({ service }: { readonly service: Service }) {
  const now = useNow();
  const { startsAt, timeZone, staffName, heldUntil } = service;
  const held = isLapsed(service, now)
    ? t("till.bookings.lapsed")
    : t("till.bookings.held_until", { at: timeText(heldUntil, timeZone, now) });
  return (
    <small>
      {formatDateTime(startsAt, { timeZone })} · {staffName} · {held}
    </small>
  );
}

/** Held once more, or taken off the ticket. */
export function ServiceActions({ line: { id, quantity: seats }, service }: { readonly line: CartLineView; readonly service: Service }) {
  const { serviceId, storeId, startsAt } = service;
  const onError = (error: Error): void => showToast(problemText(error));
  const hold = useMutation({ mutationFn: () => bookOnTicket({ id, serviceId, storeId, startsAt, seats }), onError });
  const remove = useMutation({ mutationFn: () => takeOffTicket(id), onError });
  return (
    <>
      <Button kind="quiet" busy={hold.isPending} onClick={() => hold.mutate()}>
        {t("till.bookings.hold_again")}
      </Button>
      <Button kind="quiet" busy={remove.isPending} onClick={() => remove.mutate()}>
        {t("till.bookings.take_off")}
      </Button>
    </>
  );
}
