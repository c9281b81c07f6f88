import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import IconArrowLeft from "@tabler/icons-react/dist/esm/icons/IconArrowLeft.mjs";
import type { CartView, TenderInput } from "@weft/contracts/client";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { MOST_PARTS, nextAmount, type TenderHere } from "../../../../hub/src/modules/till/domain/index.ts";
import { useTill } from "../device/till-context.ts";
import { useAway } from "../local/use-away.ts";
import { PaidBefore } from "../outbox/rows.ts";
import { openDrawer } from "../print/open-drawer.ts";
import { TerminalPanel } from "../terminal/terminal-panel.tsx";
import { collectText } from "../ticket/collect-form.tsx";
import { useTicket } from "../ticket/ticket.ts";
import { useCart } from "../ticket/use-cart.ts";
import { t } from "../t.ts";
import { CardButton } from "./card-button.tsx";
import { CashWay } from "./cash-way.tsx";
import { PaidPanel } from "./paid-panel.tsx";
import { ChangeOfPart, PartsTaken } from "./parts-taken.tsx";
import { askFor, paymentOf, sumOfParts, takePart, usePayment, type PartTender } from "./payment.ts";
import { SplitBar } from "./split-bar.tsx";
import { SplitSheet } from "./split-sheet.tsx";
import { NO_TIP, TipChoice, useTip, type TipWish } from "./tip-choice.tsx";
import { usePay } from "./use-pay.ts";
import { useSentBefore } from "./use-sent-before.ts";
import { useTerminalPart } from "./use-terminal-part.ts";
import { ValueWays } from "./value-ways.tsx";
import { ValuesAlone } from "./values-alone.tsx";
import { Waiting } from "./waiting.tsx";
import styles from "./pay.module.css";

/** Payment is one screen: cash by one tap when it is exact or a likely note, card beside it, the change in huge figures; in parts where somebody asks for it. */
export function PayScreen() {
  const { key, cart: held } = useTicket();
  const cart = useCart();
  const pay = usePay();
  const before = useSentBefore(pay.isPending);
  const navigate = useNavigate();
  if (pay.data) return <PaidPanel paid={pay.data} onNext={() => void navigate({ to: "/" })} />;
  const isOver = cart.data !== undefined && CLOSED.has(cart.data.state);
  if (!held || ((isOver || cart.data?.lines.length === 0) && !pay.isPending)) {
    const soldAs = pay.error instanceof PaidBefore ? pay.error.orderId : before.kind === "sold" ? before.orderId : null;
    return <NothingToPay soldAs={soldAs} />;
  }
  return <Paying key={key} cart={cart.data} pay={pay} isWaiting={pay.isPending || before.kind === "waiting"} />;
}

/** Paid, given up or taken over elsewhere. */
const CLOSED: ReadonlySet<string> = new Set(["completed", "abandoned", "merged"]);

function NothingToPay({ soldAs }: { readonly soldAs: string | null }) {
  return (
    <div className={styles.nothing}>
      {soldAs === null ? (
        <p>{t("till.ticket.empty")}</p>
      ) : (
        <>
          <p role="status">{t("till.pay.paid_before")}</p>
          <Link to="/receipt/$id" params={{ id: soldAs }}>
            {t("till.paid.receipt")}
          </Link>
        </>
      )}
      <Link to="/">{t("till.pay.back")}</Link>
    </div>
  );
}

type PayingProps = { readonly cart: CartView | undefined; readonly pay: ReturnType<typeof usePay>; readonly isWaiting: boolean };

function Paying({ cart, pay, isWaiting }: PayingProps) {
  const { timeZone, register } = useTill();
  const { key, collect } = useTicket();
  const payment = usePayment(key);
  const [wish, setWish] = useState<TipWish>(NO_TIP);
  const [isSplitting, setSplitting] = useState(false);
  const navigate = useNavigate();
  const total = cart?.totals.total;
  const left = total && { ...total, amount: total.amount - sumOfParts(payment) };
  const now = left && { ...left, amount: nextAmount(payment.asked, left.amount) };
  // What is fetched later is not served yet: it is tipped then.
  const tip = useTip(collect ? NO_TIP : wish, now?.amount ?? 0);
  const isLast = now !== undefined && now.amount === left?.amount;
  const take = (tender: PartTender): void => {
    takePart(key, tender, (total?.amount ?? 0) - sumOfParts(paymentOf(key)) - tender.amount);
    if (tender.kind === "cash") openDrawer(register.id, paymentOf(key).parts.at(-1)?.id ?? "");
    setWish(NO_TIP);
  };
  // The last payment sells the ticket; one before it is kept with it.
  const give = (tenderFor: (amount: number) => TenderInput): void => {
    if (isLast || !now) return pay.mutate(tenderFor);
    return take({ ...tenderFor(now.amount), amount: now.amount } as PartTender); // cash or a card
  };
  const finish = (): void => pay.mutate(null);
  const terminal = useTerminalPart(key, left?.amount, (part) => {
    take(part);
    if (part.amount === left?.amount) finish();
  });
  const whole = left && { ...left, amount: left.amount + (isLast ? tip : 0) };
  return (
    <section className={styles.screen} aria-labelledby="pay-title">
      <header className={styles.head}>
        <Button kind="quiet" disabled={isWaiting} onClick={() => void navigate({ to: "/" })}>
          <IconArrowLeft aria-hidden /> {t("till.pay.back")}
        </Button>
        <h1 id="pay-title">{t("till.pay.title")}</h1>
        {left && left.amount > 1 && payment.parts.length < MOST_PARTS - 1 && !isWaiting ? (
          <Button onClick={() => setSplitting(true)}>{t("till.split.open_it")}</Button>
        ) : null}
        <output className={styles.due}>{whole ? formatMoney(whole) : "…"}</output>
      </header>
      {collect ? <p className={styles.collect}>{collectText(collect, timeZone)}</p> : null}
      {left && !isWaiting ? <Now left={left} onAll={() => askFor(key, null)} /> : null}
      {now && !collect && !isWaiting ? <TipChoice amount={now.amount} wish={wish} onChange={setWish} /> : null}
      {isWaiting ? (
        <Waiting />
      ) : terminal.asked && left ? (
        <TerminalPanel
          amount={{ ...left, amount: terminal.asked.amount }}
          of={terminal.asked.of}
          onApproved={terminal.approved}
          onBack={terminal.back}
        />
      ) : (
        <div className={styles.ways}>
          <CashWay key={payment.parts.length} now={now?.amount ?? null} tip={tip} onPay={give} onFinish={finish} />
          <section className={styles.way} aria-labelledby="card-title">
            <h2 id="card-title">{t("till.pay.card")}</h2>
            <OtherWays cart={cart} now={now} tip={tip} pay={pay} terminal={terminal} onGive={give} onTake={take} />
            {pay.error ? <ProblemNote error={pay.error} kept={t(payment.parts.length > 0 ? "till.parts.kept" : "till.pay.kept")} /> : null}
          </section>
          {left ? <Before currency={left.currency} /> : null}
        </div>
      )}
      {left ? (
        <SplitSheet
          open={isSplitting}
          onClose={() => setSplitting(false)}
          left={left}
          most={MOST_PARTS - payment.parts.length}
          lines={cart?.lines ?? []}
          paid={payment.parts.flatMap(({ items }) => items)}
          onAsk={(asked) => askFor(key, asked)}
        />
      ) : null}
    </section>
  );
}

type Amount = { readonly amount: number; readonly currency: string };

/** The change of the part before, and what is asked for now. */
function Now({ left, onAll }: { readonly left: Amount; readonly onAll: () => void }) {
  const { key } = useTicket();
  const { asked } = usePayment(key);
  return (
    <div className={styles.now}>
      <ChangeOfPart subject={key} currency={left.currency} />
      {left.amount < 0 ? (
        <p className={styles.cut} role="alert">
          {t("till.parts.too_much", { amount: formatMoney({ ...left, amount: -left.amount }) })}
        </p>
      ) : null}
      {asked && left.amount > 0 ? <SplitBar asked={asked} left={left} onAll={onAll} /> : null}
    </div>
  );
}

/** What was paid before stands beside or below what is paid now, which so stays where the hand is. */
function Before({ currency }: { readonly currency: string }) {
  const { key } = useTicket();
  const isAway = useAway();
  return <PartsTaken subject={key} currency={currency} isAway={isAway} isWithoutChange />;
}

type OtherWaysProps = Pick<PayingProps, "cart" | "pay"> & {
  /** What is paid now. */
  readonly now: Amount | undefined;
  readonly tip: number;
  readonly terminal: ReturnType<typeof useTerminalPart>;
  readonly onGive: (tenderFor: (amount: number) => TenderInput) => void;
  readonly onTake: (tender: PartTender) => void;
};

/** A card, what is owed, and what the house keeps for its customers. */
function OtherWays({ cart, now, tip, pay, terminal, onGive, onTake }: OtherWaysProps) {
  const { key, collect } = useTicket();
  const { parts, asked } = usePayment(key);
  const isAway = useAway();
  const isMixed = cart?.lines.some(({ elsewhere }) => elsewhere) ?? false;
  const account = cart?.company?.account ?? null;
  const total = cart?.totals.total;
  const isDue = now !== undefined && now.amount > 0;
  const tenders = parts.map(({ tender }) => tender);
  const alone = tenders.filter((tender): tender is TenderHere => "right" in tender);
  return (
    <>
      <CardButton
        amount={isDue ? { ...now, amount: now.amount + tip } : null}
        isAway={isAway}
        terminal={terminal.device}
        onTerminal={() => terminal.ask((now?.amount ?? 0) + tip, tip)}
        onToken={(token) => onGive((amount) => ({ kind: "card", amount, token, ...(tip > 0 && { tip }) }))}
      />
      {collect && !isMixed && isDue && asked === null ? (
        <Button onClick={() => pay.mutate((amount): TenderInput => ({ kind: "due_at_collection", amount }))}>
          {t("till.pay.at_collection")}
        </Button>
      ) : null}
      {account && total && parts.length === 0 && asked === null ? (
        <Button disabled={account.left.amount < total.amount} onClick={() => pay.mutate((): TenderInput => ({ kind: "account" }))}>
          {t("till.pay.on_account", { company: cart?.company?.name ?? "" })}{" "}
          <small>{t("till.pay.on_account_left", { left: formatMoney(account.left) })}</small>
        </Button>
      ) : null}
      {now && total && (isAway || alone.length > 0) ? <ValuesAlone due={now} total={total.amount} taken={alone} onTake={onTake} /> : null}
      {now && total && !isAway ? (
        <ValueWays due={now} total={total.amount} customerId={cart?.customer?.id} taken={tenders} onTake={onTake} />
      ) : null}
    </>
  );
}
