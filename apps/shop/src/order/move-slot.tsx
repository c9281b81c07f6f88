import { useMutation, useQuery } from "@tanstack/react-query";
import type { FulfillmentView } from "@weft/contracts/client";
import { Button } from "@weft/ui/shop/button.tsx";
import { Dialog } from "@weft/ui/shop/dialog.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { useCallback, useState } from "react";
import { api, tokenHeader } from "../api.ts";
import { SlotSelect } from "../checkout/slot-select.tsx";
import { freeSlots, slotsQuery } from "../checkout/slots.ts";
import { t } from "../t.ts";
import { orderToken } from "./order-query.ts";

/** While nobody has begun with it. */
const CHANGEABLE: ReadonlySet<string> = new Set(["planned", "assigned", "accepted"]);

type MoveSlotProps = { readonly fulfillment: FulfillmentView; readonly timeZone: string };

/** Another slot for what its customer collects; where the store hands over in slots, and as long as it has not begun. */
export function MoveSlot({ fulfillment, timeZone }: MoveSlotProps) {
  const { id, orderId, placeId, slot } = fulfillment;
  const [isOpen, setIsOpen] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const close = useCallback(() => setIsOpen(false), []);
  const mayMove = slot !== null && CHANGEABLE.has(fulfillment.state);
  const slots = useQuery({
    ...slotsQuery(placeId, { what: { fulfillmentId: id }, token: orderToken(orderId) ?? null }),
    enabled: mayMove && isOpen,
  });
  const free = freeSlots(slots.data?.items ?? []).filter((each) => each.id !== slot?.id);
  const slotId = free.find((each) => each.id === chosen)?.id ?? free[0]?.id;
  const move = useMutation({
    mutationFn: (to: string) =>
      api.ask("fulfillments.moveSlot", {
        params: { id },
        body: { slotId: to },
        headers: tokenHeader(orderToken(orderId) ?? null),
      }),
    onSuccess: () => setIsOpen(false),
    onSettled: async () => {
      await api.queries.invalidateQueries({ queryKey: ["slots", placeId] });
      await api.queries.invalidateQueries({ queryKey: ["order", orderId] });
    },
  });
  const problem = move.error ?? slots.error;
  if (!mayMove) return null;
  return (
    <>
      <Button kind="quiet" onClick={() => setIsOpen(true)}>
        {t("shop.slots.move")}
      </Button>
      <Dialog
        open={isOpen}
        onClose={close}
        title={t("shop.slots.move_title")}
        actions={
          <>
            <Button onClick={close}>{t("shop.slots.keep")}</Button>
            <Button
              kind="primary"
              busy={move.isPending}
              disabled={slotId === undefined}
              onClick={() => (slotId === undefined ? undefined : move.mutate(slotId))}
            >
              {t("shop.slots.move_confirm")}
            </Button>
          </>
        }
      >
        {slots.data && free.length === 0 ? <p>{t("shop.slots.none")}</p> : null}
        {slotId === undefined ? null : (
          <SlotSelect slots={free} timeZone={timeZone} value={slotId} onChoose={(each) => setChosen(each.id)} />
        )}
        {problem ? <ProblemNote error={problem} /> : null}
      </Dialog>
    </>
  );
}
