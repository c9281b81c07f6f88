import { Button, Menu } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { formatTime } from "@weft/ui/i18n/format.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
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
};

/** Moves an order into another slot of the day with room for it; its customer is told. It can be moved back in the same way. */
export function MoveChoice({ due, slot, day, placeId }: MoveChoiceProps) {
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  const move = useAct(
    (slotId: string) => api.ask("fulfillments.moveSlot", { params: { id: due.id }, body: { slotId } }),
    [["work", placeId]],
  );
  if (!may("fulfillments.moveSlot") || !canMove(due)) return null;
  return (
    <Menu opened={isOpen} onChange={setOpen} position="bottom-end">
      <Menu.Target>
        <Button size="xs" variant="default" loading={move.isPending} aria-label={t("office.collections.move", { number: due.orderNumber })}>
          {t("office.collections.move_to")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: "auto" }}>
        {isOpen ? (
          <FreeSlots
            {...{ due, slot, day, placeId }}
            onChoose={(slotId) => move.act(slotId, () => showToast(t("office.collections.moved")))}
          />
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Asked for when somebody looks: others take them meanwhile. */
function FreeSlots({ due, slot, day, placeId, onChoose }: MoveChoiceProps & { readonly onChoose: (slotId: string) => void }) {
  const { data, isError } = useQuery({
    queryKey: ["work", placeId, "free", due.id],
    queryFn: ({ signal }) => api.ask("slots.list", { params: { id: placeId }, query: { fulfillmentId: due.id }, signal }),
    staleTime: 0,
  });
  if (isError) return <Menu.Item disabled>{t("office.collections.slots_unknown")}</Menu.Item>;
  if (!data) return <Menu.Item disabled>{t("office.collections.slots_asked")}</Menu.Item>;
  const free = slotsToMoveTo(data.items, day.slots, slot);
  if (free.length === 0) return <Menu.Item disabled>{t("office.collections.slots_full")}</Menu.Item>;
  return free.map(({ id, startsAt }) => (
    <Menu.Item key={id} onClick={() => onChoose(id)}>
      {formatTime(startsAt, { timeZone: day.timeZone })}
    </Menu.Item>
  ));
}
