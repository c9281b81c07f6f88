import { Button, NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { BodyOf, StockLevelView } from "@weft/contracts/client";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import form from "../common/form.module.css";
import { t } from "../t.ts";
import { movementOf, undoOf, type Booking } from "./movement.ts";

const KINDS = ["receipt", "count", "waste", "correction"] as const;

/** Books goods in or out, or a count. What was booked is taken back by the opposite booking, which both stay in the movements. */
export function MoveForm({ level }: { readonly level: StockLevelView }) {
  const [kind, setKind] = useState<Booking["kind"]>("receipt");
  const [quantity, setQuantity] = useState<number | "">("");
  const [reason, setReason] = useState("");
  const book = useBook(() => {
    setQuantity("");
    setReason("");
  });
  const isReady = quantity !== "" && reason.trim() !== "";
  return (
    <form
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (quantity === "" || !isReady) return;
        const booking = { kind, quantity, reason: reason.trim() };
        book.mutate({ body: movementOf(level, booking), undo: undoOf(level, booking, t("office.stock.undo_reason")) });
      }}
    >
      <div className={form.row}>
        <NativeSelect
          size="xs"
          label={t("office.stock.what")}
          value={kind}
          data={KINDS.map((each) => ({ value: each, label: t(`office.stock.kind.${each}`) }))}
          onChange={({ currentTarget }) => setKind(KINDS.find((each) => each === currentTarget.value) ?? "receipt")}
        />
        <NumberInput
          label={kind === "count" ? t("office.stock.counted") : t("office.stock.quantity")}
          allowDecimal={false}
          min={kind === "correction" ? -100_000 : kind === "count" ? 0 : 1}
          max={100_000}
          value={quantity}
          onChange={(value) => setQuantity(typeof value === "number" ? value : "")}
        />
      </div>
      <TextInput
        label={t("office.order.reason")}
        maxLength={300}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
      <p role="alert" className={form.error}>
        {book.error ? problemText(book.error) : null}
      </p>
      <Button type="submit" disabled={!isReady} loading={book.isPending}>
        {t("office.stock.book_go")}
      </Button>
    </form>
  );
}

type Movement = BodyOf<"stock.move">;

function useBook(onBooked: () => void) {
  const queries = useQueryClient();
  const send = (body: Movement): Promise<StockLevelView> => api.ask("stock.move", { body, headers: keyHeader(newKey()) });
  const refresh = (): Promise<void> => queries.invalidateQueries({ queryKey: ["stock"] });
  return useMutation({
    mutationFn: ({ body }: { body: Movement; undo: Movement | undefined }) => send(body),
    onSuccess: async (_level, { undo }) => {
      onBooked();
      showToast(t("office.stock.booked"), undo && (() => void send(undo).then(refresh, (error: unknown) => showToast(problemText(error)))));
      await refresh();
    },
  });
}
