import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import IconArrowLeft from "@tabler/icons-react/dist/esm/icons/IconArrowLeft.mjs";
import IconCreditCard from "@tabler/icons-react/dist/esm/icons/IconCreditCard.mjs";
import type { TenderInput } from "@weft/contracts/client";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { likelyCash } from "../../../../hub/src/modules/till/domain/index.ts";
import { useTill } from "../device/till-context.ts";
import { useOutboxState } from "../outbox/register-outbox.ts";
import { useTicket } from "../ticket/ticket.ts";
import { useCart } from "../ticket/use-cart.ts";
import { t } from "../t.ts";
import { CashPad } from "./cash-pad.tsx";
import { PaidPanel } from "./paid-panel.tsx";
import { SANDBOX_TOKENS, type SandboxToken } from "./sandbox.ts";
import { usePay } from "./use-pay.ts";
import styles from "./pay.module.css";

/** Payment is one screen: cash by one tap when it is exact or a likely note, card beside it, the change in huge figures. */
export function PayScreen() {
  const { isDemo, currency } = useTill();
  const { cart: held, isCut } = useTicket();
  const cart = useCart();
  const pay = usePay();
  const navigate = useNavigate();
  const [token, setToken] = useState<SandboxToken>("sandbox_approve");
  if (pay.data) return <PaidPanel paid={pay.data} onNext={() => void navigate({ to: "/" })} />;
  const total = held ? cart.data?.totals.total : undefined;
  if (!held || (cart.data && cart.data.lines.length === 0 && !pay.isPending))
    return (
      <div className={styles.nothing}>
        <p>{t("till.ticket.empty")}</p>
        <Link to="/">{t("till.pay.back")}</Link>
      </div>
    );
  const cash = (received: number): void => pay.mutate((amount): TenderInput => ({ kind: "cash", amount, received }));
  const card = (): void => pay.mutate((amount): TenderInput => ({ kind: "card", amount, token }));
  return (
    <section className={styles.screen} aria-labelledby="pay-title">
      <header className={styles.head}>
        <Button kind="quiet" disabled={pay.isPending} onClick={() => void navigate({ to: "/" })}>
          <IconArrowLeft aria-hidden /> {t("till.pay.back")}
        </Button>
        <h1 id="pay-title">{t("till.pay.title")}</h1>
        <output className={styles.due}>{total ? formatMoney(total) : "…"}</output>
      </header>
      {isCut ? <p className={styles.cut}>{t("till.pay.cut")}</p> : null}
      {pay.isPending ? (
        <Waiting />
      ) : (
        <div className={styles.ways}>
          <section className={styles.way} aria-labelledby="cash-title">
            <h2 id="cash-title">{t("till.pay.cash")}</h2>
            {total ? (
              <>
                <div className={styles.quick}>
                  {likelyCash(total.amount, currency).map((amount) => (
                    <Button key={amount} kind={amount === total.amount ? "primary" : "secondary"} onClick={() => cash(amount)}>
                      {amount === total.amount
                        ? t("till.pay.exact", { amount: formatMoney({ amount, currency }) })
                        : formatMoney({ amount, currency })}
                    </Button>
                  ))}
                </div>
                <CashPad due={total.amount} currency={currency} onPay={cash} />
              </>
            ) : null}
          </section>
          <section className={styles.way} aria-labelledby="card-title">
            <h2 id="card-title">{t("till.pay.card")}</h2>
            <button type="button" className={styles.card} disabled={!total} onClick={card}>
              <IconCreditCard size={40} aria-hidden />
              <span>{t("till.pay.card_pay", { amount: total ? formatMoney(total) : "" })}</span>
            </button>
            {isDemo ? (
              <label className={styles.sandbox}>
                {t("till.pay.sandbox")}
                <select
                  value={token}
                  onChange={({ target }) => setToken(SANDBOX_TOKENS.find((known) => known === target.value) ?? "sandbox_approve")}
                >
                  {SANDBOX_TOKENS.map((known) => (
                    <option key={known} value={known}>
                      {t(`till.pay.${known}`)}
                    </option>
                  ))}
                </select>
              </label>
            ) : null}
            {pay.error ? <ProblemNote error={pay.error} kept={t("till.pay.kept")} /> : null}
          </section>
        </div>
      )}
    </section>
  );
}

/** The sale is kept here already; what the hub or the terminal says is awaited. */
function Waiting() {
  const { trouble } = useOutboxState();
  return (
    <div className={styles.waiting} role="status">
      <span className={styles.spinner} aria-hidden />
      <p>
        {trouble === "offline" || trouble === "stuck"
          ? t("till.pay.waiting_hub")
          : trouble === "asking_provider"
            ? t("till.pay.waiting_terminal")
            : t("till.pay.waiting")}
      </p>
    </div>
  );
}
