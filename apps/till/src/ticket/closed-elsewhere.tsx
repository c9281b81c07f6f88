import { Link } from "@tanstack/react-router";
import IconCircleCheck from "@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs";
import type { CartView } from "@weft/contracts/client";
import { Button } from "@weft/ui/shop/button.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { t } from "../t.ts";
import { clearTicket } from "./ticket.ts";
import styles from "./ticket.module.css";

/** The customer paid it on their phone, or it was given up there: said, not just gone. */
export function ClosedElsewhere({ cart }: { readonly cart: CartView }) {
  const isPaid = cart.state === "completed";
  return (
    <aside className={styles.panel} aria-label={t("till.ticket.label")}>
      <div className={styles.lines} role="status">
        <EmptyState
          title={isPaid ? t("till.ticket.paid_elsewhere") : t("till.ticket.gone")}
          picture={isPaid ? <IconCircleCheck size={56} color="var(--color-good)" aria-hidden /> : undefined}
        >
          {cart.orderId === null ? null : (
            <Link to="/receipt/$id" params={{ id: cart.orderId }}>
              {t("till.paid.receipt")}
            </Link>
          )}
          <Button kind="primary" onClick={clearTicket}>
            {t("till.paid.next")}
          </Button>
        </EmptyState>
      </div>
    </aside>
  );
}
