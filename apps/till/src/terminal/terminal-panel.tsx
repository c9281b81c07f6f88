import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState } from "react";
import type { Money } from "@weft/kernel";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { BridgeError } from "../print/bridge.ts";
import { t } from "../t.ts";
import {
  abortPayment,
  beginPayment,
  decidePayment,
  forgetPayment,
  inquirePayment,
  openPayment,
  readPayment,
  reversePayment,
  tokenOf,
  type PaidAtTerminal,
  type TerminalPayment,
} from "./terminal.ts";
import styles from "./terminal.module.css";

type TerminalPanelProps = {
  /** What the card is to pay, tip included. */
  readonly amount: Money;
  readonly of: PaidAtTerminal;
  readonly onApproved: (token: string) => void;
  readonly onBack: () => void;
};
const ASK_MS = 700;

/** A payment at the terminal beside the till: what is asked there now, and what to do when nobody knows how it ended [DEV-9]. */
export function TerminalPanel({ amount, of, onApproved, onBack }: TerminalPanelProps) {
  const [left] = useState(() => openPayment());
  const [isFree, setFree] = useState(left === null || left.amount === amount.amount);
  if (left && !isFree)
    return <LeftPayment id={left.id} amount={{ ...amount, amount: left.amount }} onFree={() => setFree(true)} onBack={onBack} />;
  return <PaymentHere amount={amount} of={of} onApproved={onApproved} onBack={onBack} />;
}

function PaymentHere({ amount, of, onApproved, onBack }: TerminalPanelProps) {
  const queries = useQueryClient();
  const begun = useMutation({ networkMode: "always", mutationFn: () => beginPayment(amount.amount, of) });
  const begin = useEffectEvent(() => begun.mutate());
  useEffect(() => begin(), []);
  const id = begun.data?.id ?? "";
  const payment = useQuery({
    queryKey: ["terminal-payment", id],
    queryFn: () => readPayment(id),
    enabled: begun.isSuccess,
    networkMode: "always",
    refetchInterval: ({ state }) => (isUnderWay(state.data) ? ASK_MS : false),
  });
  const { data } = payment;
  const approved = useEffectEvent((done: TerminalPayment) => onApproved(tokenOf(done)));
  useEffect(() => {
    if (data?.state === "approved") approved(data);
    if (data?.state === "declined") forgetPayment();
  }, [data]);
  const show = (next: TerminalPayment): void => void queries.setQueryData(["terminal-payment", id], next);
  if (begun.isError) return <NotBegun error={begun.error} onAgain={() => begun.mutate()} onBack={onBack} />;
  if (data?.state === "declined") return <Declined reason={data.reason} onBack={onBack} />;
  if (data?.state === "unknown") return <UnknownPayment payment={data} onKnown={show} />;
  return (
    <section className={styles.panel} role="status">
      <p className={styles.huge}>{formatMoney(amount)}</p>
      <p>{t(data?.state === "approved" ? "till.terminal.approved" : "till.terminal.in_flight")}</p>
      <Button onClick={() => void abortPayment(id)} disabled={id === "" || data?.state === "approved"}>
        {t("till.terminal.abort")}
      </Button>
    </section>
  );
}

const isUnderWay = (payment: TerminalPayment | undefined): boolean =>
  payment === undefined || payment.state === "requested" || payment.state === "in_flight";

/** Somebody must find out before anybody is charged again. */
function UnknownPayment({ payment, onKnown }: { readonly payment: TerminalPayment; readonly onKnown: (next: TerminalPayment) => void }) {
  const ask = useMutation({ networkMode: "always", mutationFn: () => inquirePayment(payment.id), onSuccess: onKnown });
  const decide = useMutation({
    networkMode: "always",
    mutationFn: (state: "approved" | "declined") => decidePayment(payment.id, state),
    onSuccess: onKnown,
  });
  const isStillUnknown = ask.isError || ask.data?.state === "unknown";
  return (
    <section className={styles.panel} role="alert">
      <p>{t("till.terminal.unknown")}</p>
      <Button kind="primary" busy={ask.isPending} onClick={() => ask.mutate()}>
        {t("till.terminal.inquire")}
      </Button>
      {isStillUnknown ? (
        <>
          <p>{t("till.terminal.still_unknown")}</p>
          <Button onClick={() => decide.mutate("approved")}>{t("till.terminal.was_paid")}</Button>
          <Button onClick={() => decide.mutate("declined")}>{t("till.terminal.was_not_paid")}</Button>
        </>
      ) : null}
    </section>
  );
}

function Declined({ reason, onBack }: { readonly reason: string | null; readonly onBack: () => void }) {
  return (
    <section className={styles.panel} role="alert">
      <p>{t(reason === "unreachable" ? "till.terminal.unreachable" : "till.terminal.declined")}</p>
      {reason === null || reason === "unreachable" ? null : <small>{reason}</small>}
      <Button kind="primary" onClick={onBack}>
        {t("till.terminal.other_way")}
      </Button>
    </section>
  );
}

function NotBegun({ error, onAgain, onBack }: { readonly error: Error; readonly onAgain: () => void; readonly onBack: () => void }) {
  const isUndecided = error instanceof BridgeError && error.code === "bridge.terminal_undecided";
  useEffect(() => {
    // It was refused, so nothing was asked of the terminal.
    if (isUndecided) forgetPayment();
  }, [isUndecided]);
  return (
    <section className={styles.panel} role="alert">
      <p>{t(isUndecided ? "till.terminal.undecided" : "till.print.problem.bridge_unreachable")}</p>
      <Button onClick={onAgain}>{t("till.terminal.again")}</Button>
      <Button kind="quiet" onClick={onBack}>
        {t("till.terminal.other_way")}
      </Button>
    </section>
  );
}

type LeftPaymentProps = { readonly id: string; readonly amount: Money; readonly onFree: () => void; readonly onBack: () => void };

/** The terminal was asked for another amount before, for a ticket that was changed or given up: what was taken goes back first. */
function LeftPayment({ id, amount, onFree, onBack }: LeftPaymentProps) {
  const free = useMutation({
    networkMode: "always",
    mutationFn: async () => {
      const found = await readPayment(id).catch((error: unknown) => {
        if (error instanceof BridgeError && error.code === "bridge.payment_unknown") return null;
        throw error;
      });
      const known = found?.state === "unknown" ? await inquirePayment(id) : found;
      if (known && known.state !== "approved" && known.state !== "declined") throw new Error("not decided");
      if (known?.state === "approved" && !(await reversePayment(known.receiptNumber ?? ""))) throw new Error("not given back");
    },
    onSuccess: () => {
      forgetPayment();
      onFree();
    },
  });
  return (
    <section className={styles.panel} role="alert">
      <p>{t("till.terminal.left", { amount: formatMoney(amount) })}</p>
      {free.isError ? <p>{t("till.terminal.left_failed")}</p> : null}
      <Button kind="primary" busy={free.isPending} onClick={() => free.mutate()}>
        {t("till.terminal.give_back")}
      </Button>
      <Button kind="quiet" onClick={onBack}>
        {t("till.terminal.other_way")}
      </Button>
    </section>
  );
}
