import { useMutation, useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { readGiftCardText } from "../../../../hub/src/modules/payments/domain.ts";
import { api } from "../api.ts";
import { useScanner } from "../scan/use-scanner.ts";
import { t } from "../t.ts";
import type { ValueTender } from "./use-pay.ts";
import styles from "./pay.module.css";

type Amount = { readonly amount: number; readonly currency: string };
type ValueWaysProps = {
  /** What is still to be paid. */
  readonly due: Amount;
  readonly customerId: string | undefined;
  readonly values: readonly ValueTender[];
  readonly onChange: (values: readonly ValueTender[]) => void;
};

/** Points and store credit of whoever is served, and gift cards by their code: each takes what it has off what is due. A tap takes it back. */
export function ValueWays({ due, customerId, values, onChange }: ValueWaysProps) {
  const [code, setCode] = useState("");
  const credit = useQuery({
    queryKey: ["store-credit", customerId],
    queryFn: ({ signal }) => api.ask("storeCredit.read", { params: { id: customerId ?? "" }, signal }),
    enabled: customerId !== undefined,
    retry: false,
  });
  const own = credit.data?.balances.find(({ currency }) => currency === due.currency);
  const usesCredit = values.some(({ kind }) => kind === "store_credit");
  const take = (tender: ValueTender, left: number): void => {
    const amount = Math.min(left, due.amount);
    if (amount > 0) onChange([...values, { ...tender, amount }]);
  };
  const lookUp = useMutation({
    mutationFn: (typed: string) => api.ask("giftCards.lookUp", { body: { code: readGiftCardText(typed).code } }),
    onSuccess: ({ cardId, left, isBlocked }) => {
      const isUsed = values.some((value) => value.kind === "gift_card" && value.cardId === cardId);
      if (isBlocked || isUsed || left.currency !== due.currency) return;
      take({ kind: "gift_card", cardId }, left.amount);
      setCode("");
    },
  });
  useScanner((text) => lookUp.mutate(text));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (code.trim() !== "") lookUp.mutate(code);
  };
  return (
    <div className={styles.values}>
      {values.map((value, index) => (
        <Button
          key={value.kind === "gift_card" ? value.cardId : value.kind}
          onClick={() => onChange(values.filter((_, at) => at !== index))}
        >
          {t(`till.pay.takes_off.${value.kind}`, { amount: formatMoney({ amount: value.amount ?? 0, currency: due.currency }) })}
        </Button>
      ))}
      {customerId && due.amount > 0 ? <PointsWay due={due} customerId={customerId} values={values} onTake={take} /> : null}
      {own && own.amount > 0 && !usesCredit && due.amount > 0 ? (
        <Button onClick={() => take({ kind: "store_credit" }, own.amount)}>
          {t("till.pay.store_credit", { amount: formatMoney(own) })}
        </Button>
      ) : null}
      {due.amount > 0 ? (
        <form onSubmit={submit}>
          <input
            aria-label={t("till.pay.gift_card")}
            placeholder={t("till.pay.gift_card")}
            autoComplete="off"
            autoCapitalize="characters"
            value={code}
            onChange={({ target }) => setCode(target.value)}
          />
          <Button type="submit" busy={lookUp.isPending}>
            {t("till.pay.gift_card_use")}
          </Button>
        </form>
      ) : null}
      {lookUp.data && (lookUp.data.isBlocked || lookUp.data.left.amount === 0) ? (
        <p role="status">
          {lookUp.data.isBlocked
            ? t("till.pay.gift_card_blocked")
            : t("till.pay.gift_card_left", { amount: formatMoney(lookUp.data.left) })}
        </p>
      ) : null}
      {lookUp.error ? <ProblemNote error={lookUp.error} /> : null}
    </div>
  );
}

type PointsWayProps = Omit<ValueWaysProps, "customerId" | "onChange"> & {
  readonly customerId: string;
  readonly onTake: (tender: ValueTender, left: number) => void;
};

/** Points where the program lets them pay: a part of the whole, from a minimum on. */
function PointsWay({ due, customerId, values, onTake }: PointsWayProps) {
  const { data } = useQuery({
    queryKey: ["points-to-pay", customerId],
    queryFn: ({ signal }) => api.ask("loyalty.read", { params: { id: customerId }, signal }),
    retry: false,
  });
  const paying = data?.paying;
  if (!data || !paying || paying.worth.currency !== due.currency || values.some(({ kind }) => kind === "points")) return null;
  const total = values.reduce((sum, { amount = 0 }) => sum + amount, due.amount);
  const most = Math.min(paying.worth.amount, Math.floor((total * paying.maxPercent) / 100));
  const least = Math.max(1, Math.floor((paying.minimum * paying.minorUnits) / paying.points));
  if (Math.min(most, due.amount) < least) return null;
  const amount = formatMoney({ amount: Math.min(most, due.amount), currency: due.currency });
  return (
    <Button onClick={() => onTake({ kind: "points" }, most)}>
      {t("till.pay.points", { amount, points: formatNumber(data.balance), count: data.balance })}
    </Button>
  );
}
