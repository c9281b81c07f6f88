import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { api } from "../api.ts";
import { loyaltyQuery } from "../card/loyalty.ts";
import { creditQuery } from "../customer/credit.ts";
import { useCustomer } from "../customer/session.ts";
import { t } from "../t.ts";
import type { PlannedValue } from "./stored-value.ts";
import type { PlanState } from "./use-plan.ts";
import styles from "./checkout.module.css";

/** Points, store credit and gift cards: they pay first, and what they leave is paid as chosen below. */
export function ValueChoice({ plan, change, currency }: PlanState & { readonly currency: string }) {
  const customer = useCustomer();
  const credit = useQuery({ ...creditQuery(customer?.customerId ?? ""), enabled: customer !== null });
  const own = credit.data?.balances.find((balance) => balance.currency === currency && balance.amount > 0);
  const values = plan.values ?? [];
  const without = (gone: PlannedValue): readonly PlannedValue[] => values.filter((value) => value !== gone);
  const used = values.find(({ kind }) => kind === "store_credit");
  return (
    <section className={styles.pay} aria-label={t("shop.credit.title")}>
      {customer ? <PointsChoice customerId={customer.customerId} values={values} change={change} currency={currency} /> : null}
      {own ? (
        <label className={styles.ownCredit}>
          <input
            type="checkbox"
            checked={used !== undefined}
            onChange={() => change({ values: used ? without(used) : [{ kind: "store_credit", left: own.amount }, ...values] })}
          />
          {t("shop.credit.use", { amount: formatMoney(own) })}
        </label>
      ) : null}
      {values.map((value) =>
        value.kind === "gift_card" ? (
          <Button key={value.code} onClick={() => change({ values: without(value) })}>
            {t("shop.gift_card.used", { last4: value.last4, amount: formatMoney({ amount: value.left, currency }) })}
          </Button>
        ) : null,
      )}
      <GiftCardField currency={currency} values={values} onFound={(card) => change({ values: [...values, card] })} />
    </section>
  );
}

type PointsChoiceProps = Pick<PlanState, "change"> & {
  readonly customerId: string;
  readonly values: readonly PlannedValue[];
  readonly currency: string;
};

/** Points where the program lets them pay; they go before the rest, because they pay a part only. */
function PointsChoice({ customerId, values, change, currency }: PointsChoiceProps) {
  const { data } = useQuery(loyaltyQuery(customerId));
  const paying = data?.paying;
  const used = values.find(({ kind }) => kind === "points");
  if (!data || !paying || paying.worth.currency !== currency || data.balance < paying.minimum) return null;
  const least = Math.max(1, Math.floor((paying.minimum * paying.minorUnits) / paying.points));
  const planned = { kind: "points", left: paying.worth.amount, least, maxPercent: paying.maxPercent } as const;
  return (
    <label className={styles.ownCredit}>
      <input
        type="checkbox"
        checked={used !== undefined}
        onChange={() => change({ values: used ? values.filter((value) => value !== used) : [planned, ...values] })}
      />
      {t("shop.points.use", { points: formatNumber(data.balance), count: data.balance, amount: formatMoney(paying.worth) })}
    </label>
  );
}

type GiftCardFieldProps = {
  readonly currency: string;
  readonly values: readonly PlannedValue[];
  readonly onFound: (card: Extract<PlannedValue, { kind: "gift_card" }>) => void;
};

function GiftCardField({ currency, values, onFound }: GiftCardFieldProps) {
  const [code, setCode] = useState("");
  const lookUp = useMutation({
    mutationFn: () => api.ask("giftCards.lookUp", { body: { code } }),
    onSuccess: ({ left, last4, isBlocked }) => {
      const isUsed = values.some((value) => value.kind === "gift_card" && value.last4 === last4);
      if (isBlocked || isUsed || left.amount === 0 || left.currency !== currency) return;
      onFound({ kind: "gift_card", code, last4, left: left.amount });
      setCode("");
    },
  });
  const found = lookUp.data;
  return (
    <div className={styles.codeRow}>
      <Field label={t("shop.gift_card.code")} value={code} autoComplete="off" onChange={({ target }) => setCode(target.value)} />
      <Button disabled={code.trim() === ""} busy={lookUp.isPending} onClick={() => lookUp.mutate()}>
        {t("shop.gift_card.use")}
      </Button>
      {found && (found.isBlocked || found.left.amount === 0) ? (
        <p role="status">{t(found.isBlocked ? "shop.gift_card.blocked" : "shop.gift_card.empty")}</p>
      ) : null}
      {lookUp.error ? <ProblemNote error={lookUp.error} /> : null}
    </div>
  );
}
