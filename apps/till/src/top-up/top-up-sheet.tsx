import { useMutation } from "@tanstack/react-query";
import { useEffect, useState, type FormEvent } from "react";
import type { GiftCardView, ProductView, VariantView } from "@weft/contracts/client";
import { lineTotal } from "@weft/kernel";
import { formatDate, formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Sheet } from "@weft/ui/shop/sheet.tsx";
import { readGiftCardText } from "../../../../hub/src/modules/payments/domain.ts";
import { api } from "../api.ts";
import { amountOf } from "../common/amount.ts";
import { useNow } from "../common/use-now.ts";
import { useTill } from "../device/till-context.ts";
import { useAway } from "../local/use-away.ts";
import { useScanner } from "../scan/use-scanner.ts";
import { changeCart } from "../ticket/ticket.ts";
import { t } from "../t.ts";
import styles from "./top-up.module.css";

type Props = {
  /** The goods that are gift cards. */
  readonly product: ProductView;
  /** What was scanned before; left out where somebody opened this by hand. */
  readonly scanned?: string | undefined;
  readonly onClose: () => void;
};

/** More on a gift card that a customer has: what is on it, then an amount, which stands on the ticket like goods. */
export function TopUpSheet({ product, scanned, onClose }: Props) {
  const isAway = useAway();
  const [code, setCode] = useState("");
  const lookUp = useMutation({
    mutationFn: (text: string) => api.ask("giftCards.lookUp", { body: { code: readGiftCardText(text).code } }),
  });
  const { mutate } = lookUp;
  useEffect(() => {
    if (scanned !== undefined) mutate(scanned);
  }, [scanned, mutate]);
  useScanner((text) => mutate(text));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (code.trim() !== "") mutate(code);
  };
  return (
    <Sheet open onClose={onClose} title={t("till.top_up.title")}>
      {isAway ? <p role="status">{t("till.top_up.needs_hub")}</p> : null}
      {lookUp.data ? (
        <Amount card={lookUp.data} product={product} isAway={isAway} onDone={onClose} />
      ) : (
        <form className={styles.code} onSubmit={submit}>
          <Field
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the sheet is opened to type or scan a code
            autoFocus
            label={t("till.pay.gift_card")}
            hint={t("till.top_up.scan")}
            autoComplete="off"
            autoCapitalize="characters"
            value={code}
            onChange={({ target }) => setCode(target.value)}
          />
          <Button type="submit" kind="primary" wide disabled={isAway || code.trim() === ""} busy={lookUp.isPending}>
            {t("till.top_up.look_up")}
          </Button>
        </form>
      )}
      {lookUp.error ? <ProblemNote error={lookUp.error} /> : null}
    </Sheet>
  );
}

type AmountProps = {
  readonly card: GiftCardView;
  readonly product: ProductView;
  readonly isAway: boolean;
  readonly onDone: () => void;
};

function Amount({ card: { cardId, last4, left, isBlocked, expiresAt }, product, isAway, onDone }: AmountProps) {
  const { timeZone, currency } = useTill();
  const now = useNow();
  const [typed, setTyped] = useState("");
  const sold = product.variants.filter(({ price }) => price?.currency === currency);
  const [first] = sold;
  const amount = amountOf(typed, currency) ?? 0;
  const hasEnded = expiresAt !== null && Date.parse(expiresAt) <= now.getTime();
  const refusal = isBlocked ? "blocked" : hasEnded ? "ended" : left.currency === currency ? null : "other_currency";
  const add = (of: number): void => {
    if (!first) return;
    const ghost = { name: t("till.top_up.line", { last4 }), detail: "", price: formatMoney({ amount: of, currency }) };
    changeCart({ kind: "add", sku: first.sku, quantity: 1, options: [], topUp: { cardId, amount: of } }, ghost);
    onDone();
  };
  return (
    <>
      <output className={styles.left}>
        <span>{t("till.top_up.card", { last4 })}</span>
        <strong>{formatMoney(left)}</strong>
        {expiresAt === null ? null : (
          <small>{t("till.gift_card.until", { day: formatDate(new Date(Date.parse(expiresAt) - 1), { timeZone }) })}</small>
        )}
      </output>
      {refusal ? (
        <p role="alert">{t(`till.top_up.${refusal}`)}</p>
      ) : (
        <>
          <div className={styles.amounts} role="group" aria-label={t("till.top_up.amount")}>
            {worths(sold).map((worth) => (
              <Button key={worth} disabled={isAway} onClick={() => add(worth)}>
                {formatMoney({ amount: worth, currency })}
              </Button>
            ))}
          </div>
          <form
            className={styles.code}
            onSubmit={(event) => {
              event.preventDefault();
              if (amount > 0) add(amount);
            }}
          >
            <Field
              label={t("till.top_up.other")}
              inputMode="decimal"
              autoComplete="off"
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
            />
            <Button type="submit" kind="primary" wide disabled={isAway || amount === 0}>
              {amount === 0 ? t("till.top_up.add_later") : t("till.top_up.add", { amount: formatMoney({ amount, currency }) })}
            </Button>
          </form>
        </>
      )}
    </>
  );
}

/** What gift cards are sold for here: the amounts that people know. */
const worths = (variants: readonly VariantView[]): number[] => [
  ...new Set(variants.flatMap(({ price }) => (price ? [lineTotal(price, 1)] : []))),
];
