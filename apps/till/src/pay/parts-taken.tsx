import { useMutation } from "@tanstack/react-query";
import { useEffect, useId, useRef } from "react";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { tipOf } from "../../../../hub/src/modules/payments/domain.ts";
import { useTill } from "../device/till-context.ts";
import { openDrawer } from "../print/open-drawer.ts";
import { readPayment, reversePayment } from "../terminal/terminal.ts";
import { t } from "../t.ts";
import {
  changeNow,
  changeOf,
  dropPart,
  handedOver,
  isCharged,
  needsHub,
  restorePart,
  usePayment,
  type Part,
  type PartTender,
} from "./payment.ts";
import { wayOfPart } from "./part-words.ts";
import styles from "./pay.module.css";

type PartsTakenProps = {
  /** What is paid: a ticket by its key, an order by what is fetched of it. */
  readonly subject: string;
  readonly currency: string;
  readonly isAway?: boolean;
  /** Shown where nothing goes on: only what has to go back. */
  readonly chargedOnly?: boolean;
  /** The screen shows the change of the last part somewhere else. */
  readonly isWithoutChange?: boolean;
};

/** What has been paid so far, each part with its way back: what was only agreed goes by a tap, cash out of the drawer, a card at its terminal [TIL-58]. */
export function PartsTaken({ subject, currency, isAway = false, chargedOnly = false, isWithoutChange = false }: PartsTakenProps) {
  const { parts } = usePayment(subject);
  const shown = chargedOnly ? parts.filter(({ tender }) => isCharged(tender)) : parts;
  const title = useId();
  if (shown.length === 0) return null;
  return (
    <section className={styles.parts} aria-labelledby={title}>
      <h2 id={title}>{t("till.parts.taken")}</h2>
      <ul>
        {shown.map((part) => (
          <li key={part.id}>
            <span>
              {wayOfPart(part.tender)}
              <small>{noteOf(part.tender, currency, isAway)}</small>
            </span>
            <strong>{formatMoney({ amount: part.tender.amount, currency })}</strong>
            <TakeBack subject={subject} part={part} currency={currency} />
          </li>
        ))}
      </ul>
      {chargedOnly || isWithoutChange ? null : <ChangeOfPart subject={subject} currency={currency} />}
    </section>
  );
}

/** What goes back to the one who has paid the last part, in huge figures, until the next one pays. */
export function ChangeOfPart({ subject, currency }: Pick<PartsTakenProps, "subject" | "currency">) {
  const payment = usePayment(subject);
  const { parts } = payment;
  const shown = useRef<HTMLParagraphElement>(null);
  const before = useRef(parts.length);
  useEffect(() => {
    // A part may have been taken further down.
    if (parts.length > before.current) shown.current?.scrollIntoView({ block: "nearest" });
    before.current = parts.length;
  }, [parts.length]);
  const change = changeNow(payment);
  if (change <= 0) return null;
  return (
    <p ref={shown} className={styles.change} role="status">
      <span>{t("till.paid.change")}</span> <strong>{formatMoney({ amount: change, currency })}</strong>
    </p>
  );
}

/** What else is to be known of a part: what was given for it, its tip, and whether it is only agreed. */
function noteOf(tender: PartTender, currency: string, isAway: boolean): string {
  const money = (amount: number): string => formatMoney({ amount, currency });
  const tip = "right" in tender ? 0 : tipOf(tender);
  const change = changeOf(tender) ?? 0;
  return [
    ...(tip > 0 ? [t("till.paid.tip", { amount: money(tip) })] : []),
    ...(change > 0 ? [t("till.parts.received", { received: money(handedOver(tender) + change), change: money(change) })] : []),
    ...(needsHub(tender) && isAway ? [t("till.parts.needs_hub")] : []),
    ...(tender.kind === "card" && !isCharged(tender) && !isAway ? [t("till.parts.charged_last")] : []),
  ].join(" · ");
}

/** One part goes back to who paid it. */
function TakeBack({ subject, part, currency }: { readonly subject: string; readonly part: Part; readonly currency: string }) {
  const { register } = useTill();
  const { tender } = part;
  const amount = formatMoney({ amount: handedOver(tender), currency });
  const isAtTerminal = tender.kind === "card" && isCharged(tender);
  const back = useMutation({
    networkMode: "always",
    mutationFn: async () => {
      if (isAtTerminal && !(await reversedAtTerminal(tender))) throw new Error("the terminal did not give it back");
    },
    onSuccess: () => {
      dropPart(subject, part.id);
      if (tender.kind === "cash") {
        openDrawer(register.id, `back ${part.id}`);
        showToast(t("till.parts.give_cash", { amount }), () => restorePart(subject, part));
      } else if (isAtTerminal) showToast(t("till.parts.given_back", { amount }));
    },
  });
  return (
    <>
      <Button busy={back.isPending} onClick={() => back.mutate()}>
        {isCharged(tender) ? t("till.parts.give_back", { amount }) : t("till.parts.take_off")}
      </Button>
      {back.isError ? <p role="alert">{t("till.terminal.left_failed")}</p> : null}
    </>
  );
}

/** Gives back what the terminal took. Says whether it did. */
async function reversedAtTerminal(tender: PartTender): Promise<boolean> {
  const [, id = ""] = "token" in tender ? tender.token.split(":") : [];
  const { receiptNumber } = await readPayment(id);
  return reversePayment(receiptNumber ?? "");
}
