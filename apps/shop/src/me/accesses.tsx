import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { AccessView } from "@weft/contracts/client";
import { formatDateTime, formatList } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { t } from "../t.ts";
import styles from "./me.module.css";

const SHOWN_AT_FIRST = 3;

const accessesQuery = queryOptions({
  queryKey: ["me", "accesses"],
  queryFn: ({ signal }) => api.ask("customers.accesses", { params: { id: "me" }, signal }),
});

/** Where and when staff opened the customer's file, and the way to say that one was not there. */
export function Accesses() {
  const accesses = useQuery(accessesQuery);
  const [isAll, setAll] = useState(false);
  const items = accesses.data?.items ?? [];
  const shown = isAll ? items : items.slice(0, SHOWN_AT_FIRST);
  return (
    <section className={styles.part} aria-labelledby="accesses-title">
      <h2 id="accesses-title">{t("shop.access.title")}</h2>
      <p className={styles.quiet}>{t("shop.access.text")}</p>
      {accesses.isPending ? <Skeleton height="5rem" /> : null}
      {accesses.isError ? <ProblemNote error={accesses.error} onRetry={accesses.refetch} /> : null}
      {accesses.data && items.length === 0 ? <p>{t("shop.access.none")}</p> : null}
      {shown.length > 0 ? (
        <ul className={styles.accesses}>
          {shown.map((access) => (
            <AccessRow key={access.id} access={access} />
          ))}
        </ul>
      ) : null}
      {shown.length < items.length ? (
        <Button kind="quiet" onClick={() => setAll(true)}>
          {t("shop.access.all", { count: items.length })}
        </Button>
      ) : null}
    </section>
  );
}

function AccessRow({ access }: { readonly access: AccessView }) {
  const { id, at, timeZone, what, objectedAt } = access;
  const queries = useQueryClient();
  const object = useMutation({
    mutationFn: () => api.ask("customers.objectToAccess", { params: { id: "me", accessId: id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: accessesQuery.queryKey }),
  });
  return (
    <li>
      <span>
        <strong>{placeOf(access)}</strong>
        <small>
          {formatList(what.map((kind) => t(`shop.access.what.${kind}`)))} ·{" "}
          <time dateTime={at}>{formatDateTime(at, timeZone === null ? {} : { timeZone })}</time>
        </small>
      </span>
      {objectedAt === null ? (
        <Button busy={object.isPending} onClick={() => object.mutate()}>
          {t(what.includes("opened") ? "shop.access.not_me" : "shop.access.ask_why")}
        </Button>
      ) : (
        <small role="status">{t("shop.access.objected")}</small>
      )}
      {object.error ? <ProblemNote error={object.error} /> : null}
    </li>
  );
}

/** "Lyon Bellecour, Till 2", or the channel where it was at no place. */
function placeOf({ placeName, deviceName, channelKind }: AccessView): string {
  if (placeName !== null) return deviceName === null ? placeName : t("shop.access.place", { place: placeName, device: deviceName });
  return channelKind === null ? t("shop.access.head_office") : t(`ui.channel.${channelKind}`);
}
