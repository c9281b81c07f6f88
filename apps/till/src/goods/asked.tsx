import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { StockAskedLineView } from "@weft/contracts/client";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { formatDate, formatNumber } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { textOf } from "../common/text.ts";
import { useTill } from "../device/till-context.ts";
import { t } from "../t.ts";
import { DeclineAsked } from "./decline-asked.tsx";
import { useAsked } from "./queries.ts";
import styles from "./goods.module.css";

/** What customers have bought that lies here, and fetch at other stores: one card for each of those, the earliest promise first. */
export function Asked() {
  const { register } = useTill();
  const asked = useAsked(register.placeId);
  const stores = Map.groupBy(asked.data?.items ?? [], ({ placeId }) => placeId);
  if (asked.isError) return <ProblemNote error={asked.error} onRetry={asked.refetch} />;
  if (stores.size === 0) return null;
  return (
    <ul className={styles.cards}>
      {[...stores.values()].map((lines) => (
        <AskedBy key={lines[0]?.placeId} lines={lines} />
      ))}
    </ul>
  );
}

function AskedBy({ lines }: { readonly lines: readonly StockAskedLineView[] }) {
  const queries = useQueryClient();
  const [key, setKey] = useState(newKey);
  const [first] = lines;
  const send = useMutation({
    mutationFn: async ({ fromPlaceId, placeId }: Pick<StockAskedLineView, "fromPlaceId" | "placeId">) => {
      const body = { fromPlaceId, placeId, orderLineIds: lines.map(({ orderLineId }) => orderLineId), note: null };
      return api.ask("stock.sendAsked", { body, headers: keyHeader(key) });
    },
    onSuccess: ({ number }) => showToast(t("till.goods.asked_sent", { number })),
    onSettled: () => {
      setKey(newKey());
      return queries.invalidateQueries({ queryKey: ["goods"] });
    },
  });
  if (!first) return null;
  return (
    <li className={styles.card}>
      <header>
        <strong>{t("till.goods.asked", { place: first.placeName })}</strong>
        <span>{t("till.goods.asked_by", { day: formatDate(first.dueOn, { timeZone: "UTC", style: "day" }) })}</span>
      </header>
      <ul className={styles.lines}>
        {lines.map(({ orderLineId, name, quantity }) => (
          <li key={orderLineId}>
            <span>{textOf(name)}</span>
            <span>{formatNumber(quantity)}</span>
          </li>
        ))}
      </ul>
      {send.error ? <ProblemNote error={send.error} /> : null}
      <Button kind="primary" busy={send.isPending} onClick={() => send.mutate(first)}>
        {t("till.goods.asked_send")}
      </Button>
      <DeclineAsked way={first} lines={lines} />
    </li>
  );
}
