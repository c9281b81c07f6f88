import { Button, TextInput } from "@mantine/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { BodyOf, StockConflictView } from "@weft/contracts/client";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Beside } from "../common/beside.tsx";
import form from "../common/form.module.css";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";

const promisedQuery = (id: string) =>
  queryOptions({
    queryKey: ["conflicts", id, "orders"],
    queryFn: ({ signal }) => api.ask("stock.conflictOrders", { params: { id }, signal }),
  });

/** Who was promised what is missing now, and what is to happen: one of the orders is canceled, or goods are waited for. */
export function ConflictBeside({ conflict, onClose }: { readonly conflict: StockConflictView; readonly onClose: () => void }) {
  const may = useMay();
  const promised = useQuery(promisedQuery(conflict.id));
  const [note, setNote] = useState("");
  // A key per decision: pressed twice it is one cancellation.
  const [key, setKey] = useState(newKey);
  const resolve = useAct(
    (body: BodyOf<"stock.resolveConflict">) =>
      api.ask("stock.resolveConflict", { params: { id: conflict.id }, body, headers: keyHeader(key) }),
    [["conflicts"], ["orders"], ["tasks"]],
  );
  const hasNote = note.trim().length >= 3;
  const decide = (body: BodyOf<"stock.resolveConflict">): void =>
    resolve.mutate(body, {
      onSuccess: ({ state }) => showToast(t(`office.conflict.now_${state}`)),
      onSettled: () => setKey(newKey()),
    });
  return (
    <Beside title={conflict.sku} onClose={onClose}>
      <p>{t("office.conflict.promised", { count: conflict.missing })}</p>
      {promised.isPending ? <Skeleton height="4rem" /> : null}
      {promised.isError ? <ProblemNote error={promised.error} onRetry={promised.refetch} /> : null}
      <TextInput
        label={t("office.conflict.note")}
        description={t("office.conflict.note_hint")}
        value={note}
        maxLength={300}
        onChange={({ target }) => setNote(target.value)}
      />
      <ul className={form.rows}>
        {promised.data?.items.map(({ orderId, number, placedAt, isCancelable }) => (
          <li key={orderId}>
            <span className={form.grow}>
              <Link to="/orders" search={{ open: orderId }}>
                {number}
              </Link>{" "}
              <small>
                <TimeAgo at={placedAt} />
              </small>
            </span>
            {may("stock.resolveConflict") && conflict.state === "open" && isCancelable ? (
              <Button
                variant="default"
                disabled={!hasNote}
                loading={resolve.isPending}
                onClick={() => decide({ outcome: "cancel_order", orderId, note: note.trim() })}
              >
                {t("office.conflict.cancel", { number })}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {may("stock.resolveConflict") && conflict.state === "open" ? (
        <Button
          variant="default"
          disabled={!hasNote}
          loading={resolve.isPending}
          onClick={() => decide({ outcome: "wait", note: note.trim() })}
        >
          {t("office.conflict.wait")}
        </Button>
      ) : null}
    </Beside>
  );
}
