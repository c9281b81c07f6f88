import { useMutation, useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import type { PublicKey } from "../../../../hub/src/modules/payments/domain.ts";
import type { TenderHere } from "../../../../hub/src/modules/till/domain/index.ts";
import { useTill } from "../device/till-context.ts";
import { hubKeysQuery, takeGiftCard, takePoints } from "../local/shown-rights.ts";
import { keptActs } from "../outbox/register-outbox.ts";
import { useScanner } from "../scan/use-scanner.ts";
import { useTicket } from "../ticket/ticket.ts";
import { t } from "../t.ts";
import styles from "./pay.module.css";

type Props = {
  /** What is paid now. */
  readonly due: { readonly amount: number; readonly currency: string };
  /** What all of it costs, in minor units. */
  readonly total: number;
  /** What was taken like this before. */
  readonly taken: readonly TenderHere[];
  readonly onTake: (tender: TenderHere) => void;
};

/** Gift cards and points while the hub cannot be asked: by the signed code alone, up to what the place allows [PAY-52, LOY-40]. */
export function ValuesAlone({ due, total, taken, onTake }: Props) {
  const { register } = useTill();
  const keys = useQuery(hubKeysQuery).data;
  const [text, setText] = useState("");
  const take = useMutation({
    networkMode: "always",
    mutationFn: async (shown: string) =>
      takeGiftCard({
        text: shown,
        keys: keys ?? [],
        due,
        placeMost: register.valueMostAlone,
        others: taken,
        acts: await keptActs(register.id),
        at: new Date(),
      }),
    onSuccess: (found) => {
      setText("");
      if ("tender" in found) onTake(found.tender);
    },
  });
  useScanner((shown) => take.mutate(shown));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== "") take.mutate(text);
  };
  if (register.valueMostAlone === 0) return null;
  const most = formatMoney({ amount: register.valueMostAlone, currency: due.currency });
  return (
    <div className={styles.values}>
      {due.amount > 0 && keys ? <PointsAlone due={due} total={total} taken={taken} onTake={onTake} keys={keys} /> : null}
      {due.amount > 0 ? (
        <form onSubmit={submit}>
          <input
            aria-label={t("till.pay.gift_card_signed")}
            placeholder={t("till.pay.gift_card_signed")}
            autoComplete="off"
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
          <Button type="submit" busy={take.isPending}>
            {t("till.pay.gift_card_use")}
          </Button>
        </form>
      ) : null}
      <p role="status">
        {take.data && "because" in take.data
          ? t(`till.pay.gift_card_not.${take.data.because}`, { most })
          : t("till.pay.gift_card_alone", { most })}
      </p>
    </div>
  );
}

/** Points of the member whose card was scanned: one tap, where the card says that they pay. */
function PointsAlone({ due, total, taken, onTake, keys }: Props & { readonly keys: readonly PublicKey[] }) {
  const { register } = useTill();
  const { shownCard } = useTicket();
  const found = useQuery({
    queryKey: ["points-alone", shownCard?.text, due.amount, taken.length],
    queryFn: async () =>
      takePoints({
        text: shownCard?.text ?? "",
        keys,
        due,
        total,
        placeMost: register.valueMostAlone,
        others: taken,
        acts: await keptActs(register.id),
        at: new Date(),
      }),
    enabled: shownCard !== null,
    networkMode: "always",
  });
  const { data } = found;
  if (!data) return null;
  return (
    <Button onClick={() => onTake(data)}>
      {t("till.pay.points_alone", { amount: formatMoney({ amount: data.amount, currency: due.currency }) })}
    </Button>
  );
}
