import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FulfillmentView } from "@weft/contracts/client";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Stepper } from "@weft/ui/shop/stepper.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { textOf } from "../common/text.ts";
import { t } from "../t.ts";
import styles from "./collections.module.css";

type Props = {
  readonly fulfillment: FulfillmentView;
  /** What is left of it after some was taken off. */
  readonly onChanged: (left: FulfillmentView) => void;
  /** The rest is handed over now; these units stay for later. */
  readonly onPart: (stays: readonly StayingUnits[]) => void;
};

export type StayingUnits = { readonly orderLineId: string; readonly quantity: number };

/** What is in the order. Where it may be changed here, its customer takes less of it: counted first, then taken off with its money. */
export function OrderUnits({ fulfillment, onChanged, onPart }: Props) {
  const [left, setLeft] = useState<Readonly<Record<string, number>>>({});
  const { lines, mayChange } = fulfillment;
  const off = lines.flatMap(({ orderLineId, quantity }) => {
    const count = quantity - (left[orderLineId] ?? quantity);
    return count > 0 ? [{ orderLineId, quantity: count }] : [];
  });
  return (
    <>
      <ul className={mayChange ? styles.units : styles.lines}>
        {lines.map(({ orderLineId, quantity, name, options }) => (
          <li key={orderLineId}>
            <span>
              {mayChange ? null : <b>{quantity} </b>}
              {textOf(name)}
              {options.length > 0 ? <small> {options.map((option) => textOf(option.name)).join(", ")}</small> : null}
            </span>
            {mayChange ? (
              <span data-tour="units">
                <Stepper
                  what={textOf(name)}
                  min={0}
                  max={quantity}
                  value={left[orderLineId] ?? quantity}
                  onChange={(count) => setLeft({ ...left, [orderLineId]: count })}
                />
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      {off.length > 0 ? <TakeOff fulfillment={fulfillment} off={off} onChanged={onChanged} onPart={onPart} /> : null}
    </>
  );
}

type TakeOffProps = Props & { readonly off: readonly StayingUnits[] };

function TakeOff({ fulfillment: { id, due, lines }, off, onChanged, onPart }: TakeOffProps) {
  const queries = useQueryClient();
  const [key] = useState(newKey);
  const take = useMutation({
    mutationFn: () =>
      api.ask("fulfillments.reject", { params: { id }, body: { reason: "not_wanted", lines: [...off] }, headers: keyHeader(key) }),
    onSuccess: (changed) => {
      void queries.invalidateQueries({ queryKey: ["work"] });
      showToast(t("till.collections.taken_off"));
      onChanged(changed);
    },
  });
  const count = off.reduce((sum, { quantity }) => sum + quantity, 0);
  return (
    <div className={styles.part}>
      {take.error ? <ProblemNote error={take.error} /> : null}
      <p>{t(due.amount > 0 ? "till.collections.take_off_due" : "till.collections.take_off_paid", { count })}</p>
      <Button data-tour="take-off" busy={take.isPending} onClick={() => take.mutate()}>
        {t("till.collections.take_off", { count })}
      </Button>
      {count < lines.reduce((sum, { quantity }) => sum + quantity, 0) ? (
        <>
          <p>{t("till.collections.part_hint", { count })}</p>
          <Button onClick={() => onPart(off)}>{t("till.collections.part")}</Button>
        </>
      ) : null}
    </div>
  );
}
