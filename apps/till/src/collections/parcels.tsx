import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { FulfillmentView } from "@weft/contracts/client";
import { formatDateTime } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { api } from "../api.ts";
import { textOf } from "../common/text.ts";
import { useTill } from "../device/till-context.ts";
import { t } from "../t.ts";
import { Goods } from "./goods.tsx";
import { parcelsQuery } from "./work.ts";
import styles from "./collections.module.css";

/** What this store packs for carriers; nothing where it sends nothing. A parcel is handed to its carrier in the office. */
export function Parcels({ placeId }: { readonly placeId: string }) {
  const parcels = useQuery(parcelsQuery(placeId)).data?.items ?? [];
  if (parcels.length === 0) return null;
  return (
    <section className={styles.column} aria-labelledby="column-parcels">
      <h2 id="column-parcels">
        {t("till.collections.parcels")} <span className={styles.count}>{parcels.length}</span>
      </h2>
      <ul className={styles.cards}>
        {parcels.map((parcel) => (
          <ParcelCard key={parcel.id} parcel={parcel} />
        ))}
      </ul>
    </section>
  );
}

function ParcelCard({ parcel: { id, orderNumber, customerName, lines, delivery } }: { readonly parcel: FulfillmentView }) {
  const { timeZone } = useTill();
  const queries = useQueryClient();
  const pack = useMutation({
    mutationFn: () => api.ask("fulfillments.pack", { params: { id } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ["work"] }),
  });
  const shipBy = delivery?.shipBy ?? null;
  return (
    <li className={styles.card}>
      <header>
        <strong>{orderNumber}</strong>
        <span>{customerName ?? t("till.collections.nameless")}</span>
      </header>
      <p className={styles.facts}>
        <span>{delivery ? textOf(delivery.methodName) : ""}</span>
        {shipBy === null ? null : (
          <span>{t("till.collections.leaves_by", { time: formatDateTime(shipBy, { timeZone, style: "day" }) })}</span>
        )}
      </p>
      <Goods lines={lines} />
      {pack.error ? <ProblemNote error={pack.error} /> : null}
      <div className={styles.actions}>
        <Button busy={pack.isPending} onClick={() => pack.mutate()}>
          {t("till.collections.packed")}
        </Button>
      </div>
    </li>
  );
}
