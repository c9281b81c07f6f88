import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { OrderReturnsView, ReturnReason } from "@weft/contracts/client";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { ChoiceGroup } from "@weft/ui/shop/choice.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { SelectField } from "@weft/ui/shop/select-field.tsx";
import { Stepper } from "@weft/ui/shop/stepper.tsx";
import { useState } from "react";
import { api, tokenHeader } from "../api.ts";
import { orderToken } from "../order/order-query.ts";
import { t } from "../t.ts";
import { inLanguage } from "../text.ts";
import { announced, choose, reasonsFor, type Draft } from "./draft.ts";
import styles from "./returns.module.css";

type Way = "store" | "parcel";
type Wish = "money" | "exchange";

/** What comes back, why, how, and what is wanted for it. Nothing moves before it is there, so it may be taken back. */
export function AnnounceForm({ returns }: { readonly returns: OrderReturnsView }) {
  const { orderId, lines, mayParcel } = returns;
  const [draft, setDraft] = useState<Draft>({});
  const [way, setWay] = useState<Way>("store");
  const [wish, setWish] = useState<Wish>("money");
  const [key] = useState(newKey);
  const queries = useQueryClient();
  const units = announced(draft);
  const send = useMutation({
    mutationFn: () =>
      api.ask("returns.request", {
        params: { id: orderId },
        // An exchange is made at a counter, where the other goods are.
        body: { way, wish: way === "parcel" ? "money" : wish, lines: units },
        headers: { ...keyHeader(key), ...tokenHeader(orderToken(orderId) ?? null) },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["order-returns", orderId] }),
  });
  return (
    <details className={styles.announce}>
      <summary>{t("shop.returns.open")}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send.mutate();
        }}
      >
        <Lines lines={lines} draft={draft} onChange={setDraft} />
        <ChoiceGroup<Way>
          label={t("shop.returns.how")}
          value={way}
          onChange={setWay}
          choices={[
            { value: "store", label: t("shop.returns.way.store"), note: t("shop.returns.any_store") },
            ...(mayParcel ? [{ value: "parcel" as const, label: t("shop.returns.way.parcel"), note: whoPays(returns, units) }] : []),
          ]}
        />
        {way === "store" ? (
          <ChoiceGroup<Wish>
            label={t("shop.returns.wish")}
            value={wish}
            onChange={setWish}
            choices={[
              { value: "money", label: t("shop.returns.wish.money") },
              { value: "exchange", label: t("shop.returns.wish.exchange") },
            ]}
          />
        ) : null}
        <Button type="submit" kind="primary" wide disabled={units.length === 0} busy={send.isPending}>
          {t("shop.returns.announce")}
        </Button>
        {send.error ? <ProblemNote error={send.error} /> : null}
      </form>
    </details>
  );
}

type LinesProps = {
  readonly lines: OrderReturnsView["lines"];
  readonly draft: Draft;
  readonly onChange: (change: (before: Draft) => Draft) => void;
};

function Lines({ lines, draft, onChange }: LinesProps) {
  return (
    <ul className={styles.lines}>
      {lines
        .filter(({ returnable }) => returnable > 0)
        .map((line) => {
          const name = inLanguage(line.name);
          const chosen = draft[line.orderLineId];
          return (
            <li key={line.orderLineId}>
              <div className={styles.line}>
                <span>
                  {name}
                  {line.options.length > 0 ? <small>{line.options.map(inLanguage).join(" · ")}</small> : null}
                  {line.isFaultyOnly ? <small>{t("ui.return.faulty_only")}</small> : null}
                </span>
                <Stepper
                  what={name}
                  min={0}
                  max={line.returnable}
                  value={chosen?.quantity ?? 0}
                  onChange={(quantity) => onChange((before) => choose(before, line, { quantity }))}
                />
              </div>
              {chosen && chosen.quantity > 0 ? (
                <SelectField
                  label={t("shop.returns.why", { name })}
                  value={chosen.reason}
                  // Its options are these.
                  onChoose={(reason) => onChange((before) => choose(before, line, { reason: reason as ReturnReason }))}
                >
                  {reasonsFor(line).map((reason) => (
                    <option key={reason} value={reason}>
                      {t(`shop.returns.reason.${reason}`)}
                    </option>
                  ))}
                </SelectField>
              ) : null}
            </li>
          );
        })}
    </ul>
  );
}

/** Whose fault it is pays for the way back. */
function whoPays({ isParcelFree }: OrderReturnsView, units: ReturnType<typeof announced>): string {
  const isFault = units.length > 0 && units.every(({ reason }) => reason !== "changed_mind" && reason !== "other");
  return isParcelFree || isFault ? t("shop.returns.parcel_free") : t("shop.returns.parcel_own");
}
