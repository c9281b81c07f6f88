import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import type { CartView } from "@weft/contracts/client";
import { formatDate, formatTime } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { useNow } from "../common/use-now.ts";
import { useTill } from "../device/till-context.ts";
import { t } from "../t.ts";
import { SlotChoice, slotsQuery, spanText } from "./slots.tsx";
import { chooseCollect, ticket, useTicket } from "./ticket.ts";
import type { CollectWish } from "./shape.ts";
import styles from "./ticket-menu.module.css";

/** The ticket is made ready and fetched later: when, and for whom. Stores with slots name one; the others say as soon as it is ready. */
export function CollectForm({ onDone }: { readonly onDone: () => void }) {
  const { register, timeZone } = useTill();
  const { cart } = useTicket();
  const slots = useQuery(slotsQuery(register.placeId, cart && !cart.isLocal ? { cartId: cart.id } : {}, cart?.token ?? null));
  const [chosen, setChosen] = useState<string | null>(null);
  const [name, setName] = useState(ticket().collect?.name ?? "");
  if (slots.isError) return <ProblemNote error={slots.error} onRetry={slots.refetch} />;
  if (slots.isPending) return <ScreenSkeleton />;
  const free = slots.data.items.filter(({ left }) => left > 0);
  const slot = free.find(({ id }) => id === (chosen ?? ticket().collect?.slot?.id)) ?? free[0] ?? null;
  const isFull = slots.data.offered && slot === null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    chooseCollect({ slot: slots.data.offered ? slot : null, name: name.trim() });
    onDone();
  };
  return (
    <form className={styles.menu} onSubmit={submit}>
      {isFull ? <p role="status">{t("till.collect.full")}</p> : null}
      {slots.data.offered && slot ? <SlotChoice slots={free} timeZone={timeZone} value={slot.id} onChoose={setChosen} /> : null}
      {slots.data.offered ? null : <p>{t("till.collect.soon_text")}</p>}
      <Field
        label={t("till.collect.name")}
        maxLength={120}
        autoComplete="off"
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <Button type="submit" kind="primary" wide disabled={isFull}>
        {t("till.collect.choose")}
      </Button>
    </form>
  );
}

/** Until when its slot is kept for the ticket, and that it no longer is [PRM-23]; nothing of one that is in none. */
export function KeptUntil({ cart, timeZone }: { readonly cart: CartView | undefined; readonly timeZone: string }) {
  const now = useNow();
  const slot = cart?.fulfillment?.slot;
  if (!cart || !slot) return null;
  const { heldUntil } = slot;
  const isKept = heldUntil !== null && new Date(heldUntil) > now;
  const keptText = isKept ? t("till.collect.kept", { at: formatTime(heldUntil, { timeZone }) }) : t("till.collect.lapsed");
  const refused = cart.requirements.some(({ code, lineId }) => lineId === null && code.startsWith("promise.slot_"));
  return <small role="status"> · {refused ? t("till.collect.too_full") : keptText}</small>;
}

/** When a ticket is fetched, in words. */
export function collectText({ slot, name, isKiosk }: CollectWish, timeZone: string): string {
  if (isKiosk) return t("till.kiosk.called", { number: name });
  if (slot === null) return t("till.collect.soon");
  return t("till.collect.at", { day: formatDate(slot.startsAt, { timeZone, style: "day" }), span: spanText(slot, timeZone) });
}
