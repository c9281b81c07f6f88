import { queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { DepositView } from "@weft/contracts/client";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { cashRounding } from "../../../../hub/src/modules/payments/domain.ts";
import { api } from "../api.ts";
import { textOf } from "../common/text.ts";
import { useTill } from "../device/till-context.ts";
import { unwrapAnswer } from "../outbox/answer.ts";
import { registerOutbox } from "../outbox/register-outbox.ts";
import { t } from "../t.ts";
import styles from "./empties.module.css";

const MOST = 999;

export const depositsQuery = queryOptions({
  queryKey: ["deposits"],
  queryFn: ({ signal }) => api.ask("deposits.list", { signal }),
  staleTime: 300_000,
});

/** Empties without a receipt: how many of each, and what is given back for them in cash. Nothing stands here where no deposit is known. */
export function Empties() {
  const { shift, register, currency } = useTill();
  const here = depositsIn(useQuery(depositsQuery).data?.items ?? [], register.country, currency);
  const [counts, setCounts] = useState<Readonly<Record<string, number>>>({});
  const lines = here.flatMap(({ code, each }) => ((counts[code] ?? 0) > 0 ? [{ code, quantity: counts[code] ?? 0, each }] : []));
  const sum = lines.reduce((all, { quantity, each }) => all + quantity * each, 0);
  const total = { amount: sum + cashRounding(sum, register.cashRounding), currency };
  const give = useMutation({
    mutationFn: async () => {
      const { receiptNumber } = unwrapAnswer(await registerOutbox().perform("deposit.give_back", { shiftId: shift.id, lines }));
      return { receiptNumber, amount: total };
    },
    onSuccess: () => setCounts({}),
  });
  if (here.length === 0) return null;
  return (
    <form
      className={styles.empties}
      aria-labelledby="empties-title"
      onSubmit={(event) => {
        event.preventDefault();
        if (sum > 0) give.mutate();
      }}
    >
      <h2 id="empties-title">{t("till.empties.title")}</h2>
      <p>{t("till.empties.text")}</p>
      <ul>
        {here.map(({ code, name, each }) => (
          <li key={code}>
            <span>
              {name} <small>{formatMoney({ amount: each, currency })}</small>
            </span>
            <input
              type="number"
              inputMode="numeric"
              min={0}
              max={MOST}
              aria-label={t("till.empties.count", { name })}
              value={counts[code] ?? 0}
              onFocus={({ target }) => target.select()}
              onChange={({ target }) => setCounts({ ...counts, [code]: countOf(target.value) })}
            />
          </li>
        ))}
      </ul>
      {give.data && sum === 0 ? (
        <p className={styles.given} role="status">
          <strong>{formatMoney(give.data.amount)}</strong>
          <span>{t("till.empties.given", { number: give.data.receiptNumber ?? "" })}</span>
        </p>
      ) : null}
      {give.error ? <ProblemNote error={give.error} /> : null}
      <Button type="submit" kind="primary" wide busy={give.isPending} disabled={sum === 0}>
        {sum === 0 ? t("till.empties.give_nothing") : t("till.empties.give", { amount: formatMoney(total) })}
      </Button>
    </form>
  );
}

/** What was typed as a number of empties. */
const countOf = (typed: string): number => Math.max(0, Math.min(MOST, Math.trunc(Number(typed)) || 0));

/** What each deposit is in the country of the till. */
function depositsIn(deposits: readonly DepositView[], country: string, currency: string) {
  return deposits.flatMap(({ code, name, amounts }) => {
    const set = amounts.find((one) => one.country === country && one.amount.currency === currency);
    return set ? [{ code, name: textOf(name), each: set.amount.amount }] : [];
  });
}
