import { Button, TextInput } from "@mantine/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import type { AnswerOf, BodyOf, StockConflictView } from "@weft/contracts/client";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { formatDate } from "@weft/ui/i18n/format.ts";
import { useState } from "react";
import { PageLink } from "../common/page-link.tsx";
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
    async (body: BodyOf<"stock.resolveConflict">) => {
      const { state } = await api.ask("stock.resolveConflict", { params: { id: conflict.id }, body, headers: keyHeader(key) });
      // Said here: a conflict that is over leaves the list, and this panel with it, before anything that waits for the list.
      showToast(t(`office.conflict.now_${state}`));
    },
    [["conflicts"], ["orders"], ["tasks"]],
  );
  const hasNote = note.trim().length >= 3;
  const mayDecide = may("stock.resolveConflict") && conflict.state === "open";
  const decide = (body: BodyOf<"stock.resolveConflict">): void => resolve.mutate(body, { onSettled: () => setKey(newKey()) });
  return (
    <Beside title={conflict.sku} onClose={onClose}>
      <p>{t("office.conflict.promised", { count: conflict.missing })}</p>
      {conflict.reason === null ? null : <p>{t("office.conflict.declined", { reason: conflict.reason })}</p>}
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
        {promised.data?.items.map((order) => (
          <PromisedOrder
            key={order.orderId}
            order={order}
            mayDecide={mayDecide}
            isReady={hasNote && !resolve.isPending}
            onDecide={(decision) => decide({ ...decision, orderId: order.orderId, note: note.trim() })}
          />
        ))}
      </ul>
      {mayDecide ? (
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

type Decision =
  | { readonly outcome: "other_place" | "cancel_line" | "cancel_order" }
  /** The day as it was shown. */
  | { readonly outcome: "wait_until"; readonly on: string };

type PromisedOrderProps = {
  readonly order: AnswerOf<"stock.conflictOrders">["items"][number];
  readonly mayDecide: boolean;
  /** A reason is given, and nothing is on its way. */
  readonly isReady: boolean;
  readonly onDecide: (decision: Decision) => void;
};

/** One of those who were promised the goods, and what may become of it: the mildest first. */
function PromisedOrder({ order, mayDecide, isReady, onDecide }: PromisedOrderProps) {
  const { orderId, number, placedAt, quantity } = order;
  const offered = ways(order);
  return (
    <li className={form.stacked}>
      <span>
        <PageLink to="/orders" search={{ open: orderId }}>
          {number}
        </PageLink>{" "}
        {t("office.conflict.units", { count: quantity })}{" "}
        <small>
          <TimeAgo at={placedAt} />
        </small>
      </span>
      {mayDecide && offered.length === 0 ? <small>{t("office.conflict.too_late")}</small> : null}
      {mayDecide ? (
        <div className={form.row}>
          {offered.map(({ decision, label }, index) => (
            <Button
              key={decision.outcome}
              size="xs"
              variant={index === 0 ? "filled" : "default"}
              disabled={!isReady}
              onClick={() => onDecide(decision)}
            >
              {label}
            </Button>
          ))}
        </div>
      ) : null}
    </li>
  );
}

/** What may become of one of those who were promised the goods, the mildest first. */
function ways({ number, units, otherPlaceName, comesOn, isCancelable }: PromisedOrderProps["order"]) {
  const offered: { readonly decision: Decision; readonly label: string }[] = [];
  if (otherPlaceName !== null)
    offered.push({ decision: { outcome: "other_place" }, label: t("office.conflict.other_place", { place: otherPlaceName }) });
  if (comesOn !== null) {
    const day = formatDate(comesOn, { timeZone: "UTC", style: "day" });
    offered.push({ decision: { outcome: "wait_until", on: comesOn }, label: t("office.conflict.wait_until", { day }) });
  }
  if (units > 0) offered.push({ decision: { outcome: "cancel_line" }, label: t("office.conflict.cancel_line", { count: units }) });
  if (isCancelable) offered.push({ decision: { outcome: "cancel_order" }, label: t("office.conflict.cancel", { number }) });
  return offered;
}
