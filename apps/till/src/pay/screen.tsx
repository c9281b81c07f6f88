import { Link, useNavigate } from "@tanstack/react-router";
import { useState, useSyncExternalStore } from "react";
import IconArrowLeft from "@tabler/icons-react/dist/esm/icons/IconArrowLeft.mjs";
import IconCreditCard from "@tabler/icons-react/dist/esm/icons/IconCreditCard.mjs";
import type { TenderInput } from "@weft/contracts/client";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { cashRounding } from "../../../../hub/src/modules/payments/domain.ts";
import { likelyCash, type TenderHere } from "../../../../hub/src/modules/till/domain/index.ts";
import { useTill } from "../device/till-context.ts";
import { useAway } from "../local/use-away.ts";
import { useOutboxState } from "../outbox/register-outbox.ts";
import { PaidBefore } from "../outbox/rows.ts";
import { onSetup, terminalSetup } from "../print/setup.ts";
import { forgetPayment } from "../terminal/terminal.ts";
import { TerminalPanel } from "../terminal/terminal-panel.tsx";
import { collectText } from "../ticket/collect-form.tsx";
import { useTicket } from "../ticket/ticket.ts";
import { useCart } from "../ticket/use-cart.ts";
import { t } from "../t.ts";
import { useCardWay } from "./card-way.ts";
import { CashPad } from "./cash-pad.tsx";
import { PaidPanel } from "./paid-panel.tsx";
import { SANDBOX_TOKENS, type SandboxToken } from "./sandbox.ts";
import { NO_TIP, TipChoice, useTip, type TipWish } from "./tip-choice.tsx";
import { usePay, type ValueTender } from "./use-pay.ts";
import { ValueWays } from "./value-ways.tsx";
import { ValuesAlone } from "./values-alone.tsx";
import styles from "./pay.module.css";

/** Payment is one screen: cash by one tap when it is exact or a likely note, card beside it, the change in huge figures. */
export function PayScreen() {
  const { isDemo, currency, timeZone, register } = useTill();
  const { cart: held, collect } = useTicket();
  const isAway = useAway();
  const cart = useCart();
  const pay = usePay();
  const navigate = useNavigate();
  const [values, setValues] = useState<readonly ValueTender[]>([]);
  const [alone, setAlone] = useState<readonly TenderHere[]>([]);
  const [token, setToken] = useState<SandboxToken>("sandbox_approve");
  const way = useCardWay();
  const beside = useSyncExternalStore(onSetup, terminalSetup);
  // Who practices charges no card.
  const terminal = register.practices ? null : beside;
  const [isAtTerminal, setAtTerminal] = useState(false);
  const [wish, setWish] = useState<TipWish>(NO_TIP);
  const total = held ? cart.data?.totals.total : undefined;
  const rest = total && { ...total, amount: [...values, ...alone].reduce((left, { amount = 0 }) => left - amount, total.amount) };
  // What is fetched later is not served yet: it is tipped then.
  const tip = useTip(collect ? NO_TIP : wish, rest?.amount ?? 0);
  if (pay.data) return <PaidPanel paid={pay.data} onNext={() => void navigate({ to: "/" })} />;
  if (!held || (cart.data && cart.data.lines.length === 0 && !pay.isPending))
    return (
      <div className={styles.nothing}>
        {pay.error instanceof PaidBefore ? (
          <>
            <p role="status">{t("till.pay.paid_before")}</p>
            <Link to="/receipt/$id" params={{ id: pay.error.orderId }}>
              {t("till.paid.receipt")}
            </Link>
          </>
        ) : (
          <p>{t("till.ticket.empty")}</p>
        )}
        <Link to="/">{t("till.pay.back")}</Link>
      </div>
    );
  const isMixed = cart.data?.lines.some(({ elsewhere }) => elsewhere) ?? false;
  const account = cart.data?.company?.account ?? null;
  // What is paid in coins, where cash is rounded.
  const rounding = cashRounding(rest?.amount ?? 0, register.cashRounding);
  const inCash = (rest?.amount ?? 0) + rounding + tip;
  const cash = (received: number): void =>
    pay.mutate({
      values,
      alone,
      tenderFor: (amount): TenderInput => ({
        kind: "cash",
        amount,
        received,
        ...(rounding !== 0 && { rounding }),
        ...(tip > 0 && { tip }),
      }),
    });
  const cardToken = way.isTest ? token : way.token;
  const byCard = (paidWith: string): void => {
    setAtTerminal(false);
    const tenderFor = (amount: number): TenderInput => ({ kind: "card", amount, token: paidWith, ...(tip > 0 && { tip }) });
    pay.mutate({ values, alone, tenderFor }, { onSuccess: forgetPayment });
  };
  const card = (): void => {
    if (terminal) setAtTerminal(true);
    else if (cardToken !== null) byCard(cardToken);
  };
  return (
    <section className={styles.screen} aria-labelledby="pay-title">
      <header className={styles.head}>
        <Button kind="quiet" disabled={pay.isPending} onClick={() => void navigate({ to: "/" })}>
          <IconArrowLeft aria-hidden /> {t("till.pay.back")}
        </Button>
        <h1 id="pay-title">{t("till.pay.title")}</h1>
        <output className={styles.due}>{rest ? formatMoney({ ...rest, amount: rest.amount + tip }) : "…"}</output>
      </header>
      {collect ? <p className={styles.collect}>{collectText(collect, timeZone)}</p> : null}
      {rest && !collect && !pay.isPending ? <TipChoice amount={rest.amount} wish={wish} onChange={setWish} /> : null}
      {pay.isPending ? (
        <Waiting />
      ) : isAtTerminal && rest ? (
        <TerminalPanel amount={{ ...rest, amount: rest.amount + tip }} onApproved={byCard} onBack={() => setAtTerminal(false)} />
      ) : (
        <div className={styles.ways}>
          <section className={styles.way} aria-labelledby="cash-title">
            <h2 id="cash-title">{t("till.pay.cash")}</h2>
            {rest?.amount === 0 ? (
              <Button kind="primary" wide onClick={() => cash(0)}>
                {t("till.pay.all_paid")}
              </Button>
            ) : null}
            {rest && rest.amount > 0 ? (
              <>
                {rounding === 0 ? null : (
                  <p className={styles.rounded}>
                    {t("till.pay.rounded", { amount: formatMoney({ amount: inCash, currency }), rounding: signed(rounding, currency) })}
                  </p>
                )}
                <div className={styles.quick}>
                  {likelyCash(inCash, currency).map((amount) => (
                    <Button key={amount} kind={amount === inCash ? "primary" : "secondary"} onClick={() => cash(amount)}>
                      {amount === inCash
                        ? t("till.pay.exact", { amount: formatMoney({ amount, currency }) })
                        : formatMoney({ amount, currency })}
                    </Button>
                  ))}
                </div>
                <CashPad due={inCash} currency={currency} onPay={cash} />
              </>
            ) : null}
          </section>
          <section className={styles.way} aria-labelledby="card-title">
            <h2 id="card-title">{t("till.pay.card")}</h2>
            {isAway ? <p className={styles.cut}>{t(terminal ? "till.pay.away_terminal" : "till.pay.away")}</p> : null}
            <button
              type="button"
              className={styles.card}
              disabled={!rest || rest.amount === 0 || (cardToken === null && !terminal) || (isAway && !terminal)}
              onClick={card}
            >
              <IconCreditCard size={40} aria-hidden />
              <span>{t("till.pay.card_pay", { amount: rest ? formatMoney({ ...rest, amount: rest.amount + tip }) : "" })}</span>
            </button>
            {terminal ? <p className={styles.sandbox}>{t("till.pay.on_reader", { reader: terminal.name })}</p> : null}
            {way.reader === null || terminal ? null : <p className={styles.sandbox}>{t("till.pay.on_reader", { reader: way.reader })}</p>}
            {cardToken === null && !terminal ? <p className={styles.sandbox}>{t("till.pay.no_reader")}</p> : null}
            {isDemo && way.isTest && !terminal && !isAway ? (
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
            {collect && !isMixed && rest && rest.amount > 0 ? (
              <Button onClick={() => pay.mutate({ values, tenderFor: (amount): TenderInput => ({ kind: "due_at_collection", amount }) })}>
                {t("till.pay.at_collection")}
              </Button>
            ) : null}
            {account && total && values.length === 0 ? (
              <Button
                disabled={account.left.amount < total.amount}
                onClick={() => pay.mutate({ tenderFor: (): TenderInput => ({ kind: "account" }) })}
              >
                {t("till.pay.on_account", { company: cart.data?.company?.name ?? "" })}{" "}
                <small>{t("till.pay.on_account_left", { left: formatMoney(account.left) })}</small>
              </Button>
            ) : null}
            {rest && (isAway || alone.length > 0) ? <ValuesAlone due={rest} taken={alone} onChange={setAlone} /> : null}
            {rest && !isAway ? <ValueWays due={rest} customerId={cart.data?.customer?.id} values={values} onChange={setValues} /> : null}
            {pay.error ? <ProblemNote error={pay.error} kept={t("till.pay.kept")} /> : null}
          </section>
        </div>
      )}
    </section>
  );
}

/** `+€0.02`, `−€0.01`. */
const signed = (amount: number, currency: string): string =>
  `${amount > 0 ? "+" : "−"}${formatMoney({ amount: Math.abs(amount), currency })}`;

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
