import { formatMoney } from "@weft/ui/i18n/format.ts";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { t } from "../t.ts";
import { useParked, useResume } from "./parked.ts";
import own from "./kiosk-orders.module.css";
import styles from "./ticket-menu.module.css";

/** Who ordered at a kiosk and pays here comes next: one tap, or the number typed into the search. */
export function KioskOrders() {
  const waiting = useParked().filter(({ kioskNumber }) => kioskNumber !== null);
  const resume = useResume(() => undefined);
  if (waiting.length === 0 && !resume.error) return null;
  return (
    <section className={`${styles.parked} ${own.waiting}`} aria-labelledby="kiosk-orders-title">
      <h3 id="kiosk-orders-title">{t("till.kiosk.waiting")}</h3>
      <ul>
        {waiting.toReversed().map(({ cartId, kioskNumber, items, total }) => (
          <li key={cartId}>
            <button type="button" disabled={resume.isPending} data-kiosk-order={kioskNumber} onClick={() => resume.mutate(cartId)}>
              <span>
                {kioskNumber}
                <small>{t("till.park.items", { count: items })}</small>
              </span>
              <strong>{formatMoney(total)}</strong>
            </button>
          </li>
        ))}
      </ul>
      {resume.error ? <ProblemNote error={resume.error} /> : null}
    </section>
  );
}
