import { useMutation, useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import type { TenderInput } from "@weft/contracts/client";
import { formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { readGiftCardText } from "../../../../hub/src/modules/payments/domain.ts";
import { api } from "../api.ts";
import { useScanner } from "../scan/use-scanner.ts";
import { t } from "../t.ts";
import type { PartTender } from "./payment.ts";
import styles from "./pay.module.css";

type Amount = { readonly amount: number; readonly currency: string };
type ValueTender = Extract<TenderInput, { kind: "store_credit" | "gift_card" | "points" }>;
type ValueWaysProps = {
  /** What is paid now. */
  readonly due: Amount;
  /** What all of it costs, in minor units. */
  readonly total: number;
  readonly customerId: string | undefined;
  /** What has paid before. */
  readonly taken: readonly PartTender[];
  readonly onTake: (tender: PartTender) => void;
};

/** Points and store credit of whoever is served, and gift cards by their code: each takes what it has off what is due. */
export function ValueWays({ due, total, customerId, taken, onTake }: ValueWaysProps) {
  const [code, setCode] = useState("");
  const credit = useQuery({
    queryKey: ["store-credit", customerId],
    queryFn: ({ signal }) => api.ask("storeCredit.read", { params: { id: customerId ?? "" }, signal }),
    enabled: customerId !== undefined,
    retry: false,
  });
  const own = credit.data?.balances.find(({ currency }) => currency === due.currency);
  const usesCredit = taken.some(({ kind }) => kind === "store_credit");
  const take = (tender: ValueTender, left: number): void => {
    const amount = Math.min(left, due.amount);
    if (amount > 0) onTake({ ...tender, amount });
  };
  const lookUp = useMutation({
    mutationFn: (typed: string) => api.ask("giftCards.lookUp", { body: { code: readGiftCardText(typed).code } }),
    onSuccess: ({ cardId, left, isBlocked }) => {
      const isUsed = taken.some((value) => value.kind === "gift_card" && "cardId" in value && value.cardId === cardId);
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
      {customerId && due.amount > 0 ? <PointsWay due={due} total={total} customerId={customerId} taken={taken} onTake={take} /> : null}
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

type PointsWayProps = Omit<ValueWaysProps, "customerId" | "onTake"> & {
  readonly customerId: string;
  readonly onTake: (tender: ValueTender, left: number) => void;
};

/** Points where the program lets them pay: a part of the whole, from a minimum on. */
function PointsWay({ due, total, customerId, taken, onTake }: PointsWayProps) {
  const { data } = useQuery({
    queryKey: ["points-to-pay", customerId],
    queryFn: ({ signal }) => api.ask("loyalty.read", { params: { id: customerId }, signal }),
    retry: false,
  });
  const paying = data?.paying;
  if (!data || !paying || paying.worth.currency !== due.currency || taken.some(({ kind }) => kind === "points")) return null;
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
