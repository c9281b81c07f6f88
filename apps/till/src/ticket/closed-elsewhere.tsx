import { Link } from "@tanstack/react-router";
import IconCircleCheck from "@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs";
import type { CartView } from "@weft/contracts/client";
import { Button } from "@weft/ui/shop/button.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { holdsMoney, usePayment } from "../pay/payment.ts";
import { PartsTaken } from "../pay/parts-taken.tsx";
import { t } from "../t.ts";
import { clearTicket, useTicket } from "./ticket.ts";
import styles from "./ticket.module.css";

type ClosedProps = {
  readonly cart: CartView;
  /** It is open still, at another till. */
  readonly isTaken: boolean;
};

/**
 * The customer paid it on their phone, it was given up there, or another till took it over: said, not just gone. What had been paid for it here goes back
 * first [TIL-59].
 */
export function ClosedElsewhere({ cart, isTaken }: ClosedProps) {
  const { key } = useTicket();
  const isPaidHere = holdsMoney(usePayment(key));
  const isPaid = cart.state === "completed";
  return (
    <aside className={styles.panel} aria-label={t("till.ticket.label")}>
      <div className={styles.lines} role="status">
        <EmptyState
          title={t(isTaken ? "till.ticket.taken_over" : isPaid ? "till.ticket.paid_elsewhere" : "till.ticket.gone")}
          picture={isPaid ? <IconCircleCheck size={56} color="var(--color-good)" aria-hidden /> : undefined}
        >
          {cart.orderId === null ? null : (
            <Link to="/receipt/$id" params={{ id: cart.orderId }}>
              {t("till.paid.receipt")}
            </Link>
          )}
          {isPaidHere ? <PartsTaken subject={key} currency={cart.totals.total.currency} chargedOnly /> : null}
          <Button kind="primary" disabled={isPaidHere} onClick={clearTicket}>
            {t("till.paid.next")}
          </Button>
        </EmptyState>
      </div>
    </aside>
  );
}
