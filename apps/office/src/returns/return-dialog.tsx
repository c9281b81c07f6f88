import { Button, Modal, NativeSelect, NumberInput } from "@mantine/core";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Disposition, OrderView, ReturnOfferView, ReturnReason } from "@weft/contracts/client";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { closedText } from "@weft/ui/app/return-text.ts";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useOwnPlaceOptions } from "../common/places.ts";
import { inLanguage } from "../common/text.ts";
import { t } from "../t.ts";
import styles from "../orders/orders.module.css";

type ReturnDialogProps = { readonly order: OrderView; readonly isOpen: boolean; readonly onClose: () => void };

/** Goods of an order come back at a store without its till: chosen with their reason, and told first what goes back. */
export function ReturnDialog({ order, isOpen, onClose }: ReturnDialogProps) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t("office.returns.dialog", { number: order.number })}
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      {isOpen ? <ReturnForm order={order} onClose={onClose} /> : null}
    </Modal>
  );
}

const REASONS: readonly ReturnReason[] = ["changed_mind", "defective", "wrong_item", "not_as_described", "other"];
const DISPOSITIONS: readonly Disposition[] = ["restock", "quarantine", "write_off"];

function ReturnForm({ order, onClose }: Pick<ReturnDialogProps, "order" | "onClose">) {
  const places = useOwnPlaceOptions();
  const [chosen, setPlace] = useState<string | null>(null);
  const placeId = chosen ?? places.find(({ value }) => value === order.placeId)?.value ?? places[0]?.value ?? "";
  const [units, setUnits] = useState<Readonly<Record<string, number>>>({});
  const [reason, setReason] = useState<ReturnReason>("changed_mind");
  const [disposition, setDisposition] = useState<Disposition>("restock");
  const [key] = useState(newKey);
  const queries = useQueryClient();
  const asked = Object.entries(units).filter(([, quantity]) => quantity > 0);
  const question = asked.map(([id, quantity]) => `${id}:${quantity}`).join(",");
  const offer = useQuery({
    queryKey: ["return-offer", order.id, placeId, question],
    queryFn: ({ signal }) =>
      api.ask("returns.offer", { params: { id: order.id }, query: { placeId, ...(question !== "" && { units: question }) }, signal }),
    enabled: placeId !== "",
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 0,
  });
  const take = useMutation({
    mutationFn: (lines: ReturnOfferView["lines"]) =>
      api.ask("returns.take", {
        params: { id: order.id },
        body: {
          placeId,
          lines: asked.map(([orderLineId, quantity]) => {
            const isRestockable = lines.find((line) => line.orderLineId === orderLineId)?.isRestockable ?? false;
            return { orderLineId, quantity, reason, disposition: isRestockable || disposition !== "restock" ? disposition : "write_off" };
          }),
        },
        headers: keyHeader(key),
      }),
    onSuccess: async (back) => {
      onClose();
      showToast(t("office.returns.done", { number: back.number ?? "", amount: formatMoney(back.total) }));
      await queries.invalidateQueries({ queryKey: ["order", order.id] });
    },
  });
  if (!offer.data) return offer.isError ? <ProblemNote error={offer.error} onRetry={offer.refetch} /> : <ScreenSkeleton />;
  const { closed, lines, refund } = offer.data;
  const total = question === "" ? null : refund;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        take.mutate(lines);
      }}
    >
      <NativeSelect label={t("office.returns.place")} data={places} value={placeId} onChange={({ target }) => setPlace(target.value)} />
      {closed === null ? null : <p role="status">{closedText(closed)}</p>}
      {lines
        .filter(({ returnable }) => closed === null && returnable > 0)
        .map((line) => (
          <NumberInput
            key={line.orderLineId}
            label={inLanguage(line.name)}
            description={[t("office.returns.returnable", { count: line.returnable }), line.isFaultyOnly && t("ui.return.faulty_only")]
              .filter(Boolean)
              .join(" · ")}
            min={0}
            max={line.returnable}
            clampBehavior="strict"
            allowDecimal={false}
            value={units[line.orderLineId] ?? 0}
            onChange={(quantity) => setUnits({ ...units, [line.orderLineId]: Number(quantity) || 0 })}
          />
        ))}
      {closed === null ? (
        <>
          <NativeSelect
            label={t("office.returns.reason")}
            value={reason}
            data={REASONS.map((value) => ({ value, label: t(`ui.return.reason.${value}`) }))}
            onChange={({ target }) => setReason(target.value as ReturnReason)} // one of its options
          />
          <NativeSelect
            label={t("office.returns.disposition")}
            value={disposition}
            data={DISPOSITIONS.map((value) => ({ value, label: t(`ui.return.disposition.${value}`) }))}
            onChange={({ target }) => setDisposition(target.value as Disposition)} // one of its options
          />
        </>
      ) : null}
      <p aria-live="polite">{total?.parts.map(({ kind, amount }) => `${t(`ui.return.to.${kind}`)}: ${formatMoney(amount)}`).join(" · ")}</p>
      <p role="alert" className={styles.error}>
        {take.error ? problemText(take.error) : null}
      </p>
      <Button type="submit" size="sm" disabled={total === null || offer.isPlaceholderData} loading={take.isPending}>
        {total === null ? t("office.returns.take_nothing") : t("office.returns.take", { amount: formatMoney(total.total) })}
      </Button>
    </form>
  );
}
