import { NativeSelect } from "@mantine/core";
import { formatTime } from "@weft/ui/i18n/format.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { canMove, slotsToMoveTo } from "./move-slots.ts";
import type { CollectionDay, DaySlot } from "./queries.ts";

type MoveChoiceProps = {
  readonly due: DaySlot["fulfillments"][number];
  readonly slot: DaySlot;
  readonly day: CollectionDay;
  readonly placeId: string;
  /** When the day was asked for. */
  readonly now: Date;
};

/** Moves an order into another slot of the day; its customer is told. It can be moved back in the same way. */
export function MoveChoice({ due, slot, day: { slots, timeZone }, placeId, now }: MoveChoiceProps) {
  const may = useMay();
  const move = useAct(
    (slotId: string) => api.ask("fulfillments.moveSlot", { params: { id: due.id }, body: { slotId } }),
    [["work", placeId]],
  );
  const free = slotsToMoveTo(slots, slot, now);
  if (!may("fulfillments.moveSlot") || !canMove(due) || free.length === 0) return null;
  const label = t("office.collections.move", { number: due.orderNumber });
  return (
    <NativeSelect
      size="xs"
      aria-label={label}
      value=""
      disabled={move.isPending}
      data={[
        { value: "", label: t("office.collections.move_to") },
        ...free.map(({ id, startsAt }) => ({ value: id, label: formatTime(startsAt, { timeZone }) })),
      ]}
      onChange={({ currentTarget }) => {
        if (currentTarget.value !== "") move.act(currentTarget.value, () => showToast(t("office.collections.moved")));
      }}
    />
  );
}
