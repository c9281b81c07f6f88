import { useMutation } from "@tanstack/react-query";
import type { FulfillmentView } from "@weft/contracts/client";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { api, tokenHeader } from "../api.ts";
import { t } from "../t.ts";
import { useNow } from "../use-now.ts";
import styles from "./order.module.css";
import { orderToken } from "./order-query.ts";

/** Who comes hours early helps nobody by saying so. */
const SOON_MS = 2 * 3_600_000;

/** "I'm on my way", "I'm here": the order comes forward at its store. It is said by a tap; where the phone is, nobody asks. */
export function Arrival({ fulfillment }: { readonly fulfillment: FulfillmentView }) {
  const { id, orderId, arrival, awaitsOn, dueAt, promisedAt } = fulfillment;
  const now = useNow();
  const arrive = useMutation({
    mutationFn: (where: "near" | "here") =>
      api.ask("fulfillments.arrive", { params: { id }, body: { where }, headers: tokenHeader(orderToken(orderId) ?? null) }),
    onSettled: () => api.queries.invalidateQueries({ queryKey: ["order", orderId] }),
  });
  const isSoon = Date.parse(dueAt ?? promisedAt ?? now.toISOString()) - now.getTime() <= SOON_MS;
  if (awaitsOn !== null || !isSoon) return null;
  const said = arrive.data?.arrival ?? arrival;
  return (
    <div className={styles.arrival}>
      <p role="status">{said === null ? t("shop.arrival.ask") : t(`shop.arrival.said_${said}`)}</p>
      <div>
        {said === null ? (
          <Button kind="quiet" busy={arrive.isPending} onClick={() => arrive.mutate("near")}>
            {t("shop.arrival.near")}
          </Button>
        ) : null}
        {said === "here" ? null : (
          <Button kind="quiet" busy={arrive.isPending} onClick={() => arrive.mutate("here")}>
            {t("shop.arrival.here")}
          </Button>
        )}
      </div>
      {arrive.isError ? <ProblemNote error={arrive.error} /> : null}
    </div>
  );
}
