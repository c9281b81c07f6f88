import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { FulfillmentView } from "@weft/contracts/client";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { useTill } from "../device/till-context.ts";
import { t } from "../t.ts";
import { SlotChoice, slotsQuery } from "../ticket/slots.tsx";
import styles from "./collections.module.css";

/** While nobody has begun with it. */
const CHANGEABLE: ReadonlySet<string> = new Set(["planned", "assigned", "accepted"]);

type MoveSlotProps = { readonly fulfillment: FulfillmentView; readonly onMoved: (moved: FulfillmentView) => void };

/** Another slot for what is collected here, as long as nobody has begun with it; its customer is told. */
export function MoveSlot({ fulfillment: { id, placeId, slot, state }, onMoved }: MoveSlotProps) {
  const { timeZone } = useTill();
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const mayMove = slot !== null && CHANGEABLE.has(state);
  const slots = useQuery({ ...slotsQuery(placeId, { fulfillmentId: id }), enabled: mayMove && isOpen });
  const free = (slots.data?.items ?? []).filter((each) => each.left > 0 && each.id !== slot?.id);
  const to = free.find((each) => each.id === chosen) ?? free[0];
  const move = useMutation({
    mutationFn: (slotId: string) => api.ask("fulfillments.moveSlot", { params: { id }, body: { slotId }, headers: keyHeader(newKey()) }),
    onSuccess: (moved) => {
      setOpen(false);
      showToast(t("till.collect.moved"));
      onMoved(moved);
    },
    onSettled: () => Promise.all([["work"], ["slots", placeId]].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
  if (!mayMove) return null;
  if (!isOpen)
    return (
      <Button kind="quiet" onClick={() => setOpen(true)}>
        {t("till.collect.move")}
      </Button>
    );
  const problem = move.error ?? slots.error;
  return (
    <div className={styles.part}>
      {slots.data && !to ? <p role="status">{t("till.collect.full")}</p> : null}
      {to ? <SlotChoice slots={free} timeZone={timeZone} value={to.id} onChoose={setChosen} /> : null}
      {problem ? <ProblemNote error={problem} /> : null}
      <Button busy={move.isPending} disabled={!to} onClick={() => (to ? move.mutate(to.id) : undefined)}>
        {t("till.collect.move_now")}
      </Button>
    </div>
  );
}
