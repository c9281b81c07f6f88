import { useMutation } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState, type ReactNode } from "react";
import IconCreditCard from "@tabler/icons-react/dist/esm/icons/IconCreditCard.mjs";
import type { KioskView } from "@weft/contracts/client";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { Sheet } from "@weft/ui/shop/sheet.tsx";
import { BridgeError } from "../../print/bridge.ts";
import { abortPayment, decidePayment } from "../../terminal/terminal.ts";
import { t } from "../../t.ts";
import { useKioskCart } from "../cart-bar.tsx";
import { goTo, useOrder } from "../order.ts";
import { PinPad } from "../pin-pad.tsx";
import { RegisterLocked, type CardKiosk } from "./register.ts";
import { LeftPayment } from "./left-payment.ts";
import { takeCard, type CardState } from "./take-card.ts";
import styles from "../kiosk.module.css";

/** The card is asked for at the terminal beside the kiosk; what happens there is told in large words. */
export function CardScreen({ kiosk }: { readonly kiosk: KioskView }) {
  const { registerId } = kiosk;
  return registerId === null ? null : <PayByCard kiosk={{ ...kiosk, registerId }} />;
}

function PayByCard({ kiosk }: { readonly kiosk: CardKiosk }) {
  const { cartId } = useOrder();
  const { data } = useKioskCart();
  const [state, show] = useState<CardState>({ kind: "preparing" });
  const pay = useMutation({ networkMode: "always", mutationFn: () => takeCard(kiosk, cartId ?? "", show) });
  const begin = useEffectEvent(() => pay.mutate());
  useEffect(() => begin(), []);
  const others = <Others kiosk={kiosk} onAgain={() => pay.mutate()} />;
  const total = data ? formatMoney(data.totals.total) : "";
  if (pay.isError)
    return (
      <Said title={t("till.kiosk.card_off")} text={troubleText(pay.error)} isAlert>
        {others}
      </Said>
    );
  switch (state.kind) {
    case "preparing":
    case "booking":
      return <Said title={t(`till.kiosk.card_${state.kind}`)} text={t("till.kiosk.card_wait")} />;
    case "asked":
      return (
        <Said title={t("till.kiosk.card_asked", { total })} text={t("till.kiosk.card_asked_text")}>
          <IconCreditCard size={96} stroke={1.25} aria-hidden />
          {state.paymentId === null ? null : <Abort id={state.paymentId} />}
        </Said>
      );
    case "declined":
      return (
        <Said
          title={t(isOff(state.reason) ? "till.kiosk.card_off" : "till.kiosk.card_declined")}
          text={t(declinedKey(state.reason))}
          isAlert
        >
          {others}
        </Said>
      );
    case "given_back":
      return (
        <Said title={t("till.kiosk.card_refused")} text={t(state.isDone ? "till.kiosk.card_back" : "till.kiosk.card_not_back")} isAlert>
          {others}
        </Said>
      );
    case "unknown":
      return (
        <Said title={t("till.kiosk.card_unknown")} text={t("till.kiosk.card_unknown_text")} isAlert>
          <Decide id={state.paymentId} />
        </Said>
      );
  }
}

type SaidProps = { readonly title: string; readonly text: string; readonly isAlert?: boolean; readonly children?: ReactNode };

function Said({ title, text, isAlert = false, children }: SaidProps) {
  return (
    <section className={styles.said} role={isAlert ? "alert" : "status"}>
      <h1>{title}</h1>
      <p>{text}</p>
      {children}
    </section>
  );
}

/** No card was asked for at all. */
const isOff = (reason: string | null): boolean => reason === "unreachable" || reason === "no_terminal";

function declinedKey(reason: string | null) {
  if (reason === "unreachable") return "till.kiosk.card_unreachable";
  return reason === "no_terminal" ? "till.kiosk.card_none" : "till.kiosk.card_declined_text";
}

/** What a customer can make of it: the counter is always there. */
function troubleText(error: Error): string {
  if (error instanceof BridgeError) return t("till.kiosk.card_unreachable");
  if (error instanceof RegisterLocked || error instanceof LeftPayment) return t("till.kiosk.card_staff");
  return problemText(error);
}

/** Once more, or in another way; the cart is as it was. */
function Others({ kiosk, onAgain }: { readonly kiosk: CardKiosk; readonly onAgain: () => void }) {
  return (
    <div className={styles.bar}>
      <Button className={styles.action} onClick={() => goTo(kiosk.ways.length > 1 ? "pay" : "cart")}>
        {t("till.terminal.other_way")}
      </Button>
      <Button kind="primary" className={styles.action} onClick={onAgain}>
        {t("till.terminal.again")}
      </Button>
    </div>
  );
}

function Abort({ id }: { readonly id: string }) {
  const abort = useMutation({ networkMode: "always", mutationFn: () => abortPayment(id) });
  return (
    <Button className={styles.action} busy={abort.isPending} onClick={() => abort.mutate()}>
      {t("till.terminal.abort")}
    </Button>
  );
}

/** The terminal is asked again and again; where it cannot say, a manager has looked at its last receipt. */
function Decide({ id }: { readonly id: string }) {
  const [isOpen, setOpen] = useState(false);
  const [isLetIn, setLetIn] = useState(false);
  const decide = useMutation({ networkMode: "always", mutationFn: (state: "approved" | "declined") => decidePayment(id, state) });
  return (
    <>
      <Button className={styles.action} onClick={() => setOpen(true)}>
        {t("till.kiosk.staff")}
      </Button>
      <Sheet open={isOpen} onClose={() => setOpen(false)} title={t("till.kiosk.staff")}>
        {isLetIn ? (
          <div className={styles.settings}>
            <p>{t("till.terminal.still_unknown")}</p>
            <Button wide busy={decide.isPending} onClick={() => decide.mutate("approved")}>
              {t("till.terminal.was_paid")}
            </Button>
            <Button wide busy={decide.isPending} onClick={() => decide.mutate("declined")}>
              {t("till.terminal.was_not_paid")}
            </Button>
          </div>
        ) : (
          <PinPad onLetIn={() => setLetIn(true)} />
        )}
      </Sheet>
    </>
  );
}
