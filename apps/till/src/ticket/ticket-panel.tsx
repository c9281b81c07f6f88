import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import IconArrowLeft from "@tabler/icons-react/dist/esm/icons/IconArrowLeft.mjs";
import IconX from "@tabler/icons-react/dist/esm/icons/IconX.mjs";
import type { CartView } from "@weft/contracts/client";
import { codeRefusal } from "@weft/ui/app/code-refusal.ts";
import { formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";
import { Button, IconButton } from "@weft/ui/shop/button.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { CustomerCard } from "../customer/customer-card.tsx";
import { useKey } from "../common/use-key.ts";
import { TabFoot } from "../tables/tab-foot.tsx";
import { useTill } from "../device/till-context.ts";
import { PartsTaken } from "../pay/parts-taken.tsx";
import { holdsMoney, paymentOf, sumOfParts, usePayment } from "../pay/payment.ts";
import { t } from "../t.ts";
import { KioskOrders } from "./kiosk-orders.tsx";
import { LineRow } from "./line-row.tsx";
import { ClosedElsewhere } from "./closed-elsewhere.tsx";
import { Delivery } from "./delivery.tsx";
import { TicketNote } from "./note-form.tsx";
import { TicketMenu } from "./ticket-menu.tsx";
import { TicketRewards } from "./ticket-rewards.tsx";
import { collectText, KeptUntil } from "./collect-form.tsx";
import { changeCart, chooseCollect, chooseDining, clearTicket, useTicket } from "./ticket.ts";
import { useCart } from "./use-cart.ts";
import styles from "./ticket.module.css";

const DINING = ["take_away", "eat_in"] as const;

/** The ticket: the customer on top, what they buy, and pay, the largest thing on the screen. */
export function TicketPanel({ onClose }: { readonly onClose: () => void }) {
  const { key, cart: held, pending, dining, isCut, local } = useTicket();
  const cart = useCart();
  const { currency } = useTill();
  // Opened for one ticket: a scanned code that brings another one closes it, the first thing that is tapped does not.
  const [menuOf, setMenuOf] = useState<string | null>(null);
  const shown = held ? cart.data : undefined;
  if (shown && (cart.isTaken || shown.state === "completed" || shown.state === "abandoned" || shown.state === "merged"))
    return <ClosedElsewhere cart={shown} isTaken={cart.isTaken} />;
  return (
    <aside className={styles.panel} aria-label={t("till.ticket.label")}>
      <div className={styles.head}>
        <span className={styles.back}>
          <IconButton label={t("till.back")} icon={IconArrowLeft} data-tour="other-side" onClick={onClose} />
        </span>
        <div className={styles.dining} role="group" aria-label={t("till.ticket.dining")}>
          {DINING.map((kind) => (
            <button key={kind} type="button" aria-pressed={dining === kind} onClick={() => chooseDining(kind)}>
              {t(`till.ticket.${kind}`)}
            </button>
          ))}
        </div>
        <Button kind="quiet" onClick={() => setMenuOf(key)}>
          {t("till.ticket.more")}
        </Button>
      </div>
      <CustomerCard cart={shown} />
      <div className={styles.lines}>
        {held && cart.isError && !cart.data ? (
          <>
            <PartsTaken subject={key} currency={currency} chargedOnly />
            <ProblemNote
              error={cart.error}
              onRetry={() => {
                // A cart that went to another holder is gone from here: the next sale begins, once nobody has paid for this one.
                if (!holdsMoney(paymentOf(key))) clearTicket();
              }}
            />
          </>
        ) : null}
        {cart.isPending ? <Skeleton height="3rem" /> : <Lines cart={shown} />}
      </div>
      <Foot cart={shown} isSettled={local !== null || pending.length === 0} isCut={isCut && local === null} />
      <TicketMenu key={key} open={menuOf === key} onClose={() => setMenuOf(null)} cart={shown} />
    </aside>
  );
}

function Lines({ cart }: { readonly cart: CartView | undefined }) {
  const { pending, local } = useTicket();
  // Priced here they are lines already.
  const ghosts = local ? [] : pending.filter(({ ghost }) => ghost !== undefined);
  if ((cart?.lines.length ?? 0) === 0 && ghosts.length === 0)
    return (
      <>
        <EmptyState title={t("till.ticket.empty")} text={t("till.ticket.empty_text")} />
        <KioskOrders />
      </>
    );
  return (
    <ul aria-label={t("till.ticket.lines")}>
      {cart?.lines.map((line) => (
        <LineRow key={line.id} cartId={cart.id} line={line} requirements={cart.requirements.filter(({ lineId }) => lineId === line.id)} />
      ))}
      {ghosts.map(({ operation, ghost }) => (
        <li key={operation.id} className={styles.ghost}>
          <span className={styles.quantity}>{operation.kind === "add" ? operation.quantity : 1}</span>
          <span className={styles.what}>
            <span>{ghost?.name}</span>
            {ghost?.detail ? <small>{ghost.detail}</small> : null}
          </span>
          <span>{ghost?.price}</span>
        </li>
      ))}
    </ul>
  );
}

function Foot({ cart, isSettled, isCut }: { readonly cart: CartView | undefined; readonly isSettled: boolean; readonly isCut: boolean }) {
  const navigate = useNavigate();
  const { key, collect } = useTicket();
  const paid = sumOfParts(usePayment(key));
  const { timeZone } = useTill();
  const hasGoods = (cart?.lines.length ?? 0) > 0 || !isSettled;
  const discount = cart?.totals.discount.amount ?? 0;
  const pay = (): void => void navigate({ to: "/pay" });
  useKey("F9", () => {
    if (hasGoods) pay();
  });
  return (
    <footer className={styles.foot}>
      {isCut ? (
        <p className={styles.cut} role="status">
          {t("till.ticket.cut")}
        </p>
      ) : null}
      <TabFoot cart={cart} isSettled={isSettled} />
      <TicketNote cart={cart} />
      {collect ? (
        <p className={styles.code}>
          <span>
            {collectText(collect, timeZone)}
            {collect.slot ? <KeptUntil cart={cart} timeZone={timeZone} /> : null}
          </span>
          <IconButton label={t("till.collect.not")} icon={IconX} onClick={() => chooseCollect(null)} />
        </p>
      ) : null}
      {cart?.codes.map(({ code, applied, because }) => (
        <p key={code} className={styles.code} data-refused={!applied || undefined}>
          <span>{applied ? t("till.code.applied", { code }) : t("till.code.refused", { code, because: codeRefusal(because) })}</span>
          <IconButton label={t("till.code.remove", { code })} icon={IconX} onClick={() => changeCart({ kind: "removeCode", code })} />
        </p>
      ))}
      {cart ? <TicketRewards rewards={cart.rewards} /> : null}
      {discount > 0 && cart ? (
        <p className={styles.sum}>
          <span>{t("till.ticket.discount")}</span>
          <span>{formatMoney({ ...cart.totals.discount, amount: -discount })}</span>
        </p>
      ) : null}
      {cart?.totals.deposit ? (
        <p className={styles.sum} data-plain>
          <span>{t("till.ticket.deposit")}</span>
          <span>{formatMoney(cart.totals.deposit)}</span>
        </p>
      ) : null}
      {cart ? <Delivery cart={cart} /> : null}
      {cart?.customer && cart.totals.points > 0 ? (
        <p className={styles.sum}>
          <span>{t("till.ticket.points", { points: formatNumber(cart.totals.points), count: cart.totals.points })}</span>
        </p>
      ) : null}
      {paid > 0 && cart ? (
        <p className={styles.sum}>
          <span>{t("till.parts.taken")}</span>
          <span>{formatMoney({ ...cart.totals.total, amount: -paid })}</span>
        </p>
      ) : null}
      <button type="button" className={styles.pay} disabled={!hasGoods} aria-keyshortcuts="F9" onClick={pay}>
        <span>
          {t("till.ticket.pay")} <kbd aria-hidden>F9</kbd>
        </span>
        <output aria-live="polite" data-settled={isSettled || undefined}>
          {cart ? formatMoney({ ...cart.totals.total, amount: cart.totals.total.amount - paid }) : ""}
        </output>
      </button>
    </footer>
  );
}
