import { useQuery } from "@tanstack/react-query";
import type { CartView, StoreView } from "@weft/contracts/client";
import { wallClock } from "@weft/kernel";
import { formatDate, formatTime } from "@weft/ui/i18n/format.ts";
import { ChoiceGroup } from "@weft/ui/shop/choice.tsx";
import { SelectField } from "@weft/ui/shop/select-field.tsx";
import { readyText } from "../product/availability-text.ts";
import { collectionTimes, NOTICE_MINUTES } from "../stores/hours.ts";
import { t } from "../t.ts";
import { useNow } from "../use-now.ts";
import type { Plan } from "./checkout-plan.ts";
import { SlotSelect } from "./slot-select.tsx";
import { freeSlots, slotsQuery, type Slot } from "./slots.ts";
import type { PlanState } from "./use-plan.ts";
import { inSlot } from "./when.ts";
import styles from "./checkout.module.css";

type Props = PlanState & {
  readonly store: StoreView;
  /** What is ordered: slots are those that have room for it. */
  readonly cart: Pick<CartView, "id" | "version" | "fulfillment" | "requirements">;
  /** What opens that cart, where it is not the visitor's own. */
  readonly token?: string;
  readonly promiseAt: string | null;
};

/** As soon as it can be ready (after a closed store opens, which the promise says), or at a time of choice. */
export function WhenChoice({ plan, change, store, cart, token, promiseAt }: Props) {
  const now = useNow();
  const { id: cartId, version, fulfillment } = cart;
  const slots = useQuery(slotsQuery(store.id, { what: { cartId }, version, ...(token !== undefined && { token }) })).data;
  const free = slots?.offered ? freeSlots(slots.items) : [];
  const times = slots?.offered === false ? collectionTimes(store.hours, store.timeZone, now, NOTICE_MINUTES) : [];
  const [first] = times;
  const later = free[0] ? inSlot(free[0]) : first && { kind: "later" as const, at: first.toISOString() };
  return (
    <div className={styles.when}>
      <ChoiceGroup
        label={t("shop.checkout.when")}
        value={plan.when.kind}
        onChange={(kind) => change({ when: kind === "later" && later ? later : { kind: "now" } })}
        choices={[
          {
            value: "now",
            label: t("shop.checkout.now"),
            note: promiseAt === null ? undefined : readyText(promiseAt, store.timeZone, now),
          },
          {
            value: "later",
            label: t("shop.checkout.later"),
            disabled: later === undefined,
            note: slots?.offered && free.length === 0 ? t("shop.slots.none") : undefined,
          },
        ]}
      />
      {plan.when.kind === "later" && slots?.offered ? (
        <SlotSelect
          slots={withChosen(free, fulfillment?.slot, plan.when.slotId)}
          timeZone={store.timeZone}
          value={plan.when.slotId ?? ""}
          onChoose={(slot) => change({ when: inSlot(slot) })}
        />
      ) : null}
      {fulfillment?.slot && fulfillment.slot.id === slotOf(plan) ? (
        <SlotKept slot={fulfillment.slot} nextAt={nextOf(cart.requirements)} timeZone={store.timeZone} now={now} />
      ) : null}
      {plan.when.kind === "later" && slots?.offered === false ? (
        <TimeSelect store={store} times={times} at={plan.when.at} onChange={(at) => change({ when: { kind: "later", at } })} />
      ) : null}
    </div>
  );
}

type HeldSlot = NonNullable<NonNullable<CartView["fulfillment"]>["slot"]>;

const slotOf = ({ when }: Plan): string | undefined => (when.kind === "later" ? when.slotId : undefined);

/** What was chosen is in the list also when it has no room by now: nobody is shown another one as theirs. */
function withChosen(free: readonly Slot[], slot: HeldSlot | undefined, chosen: string | undefined): readonly Slot[] {
  if (!slot || slot.id !== chosen || free.some(({ id }) => id === chosen)) return free;
  const { id, startsAt, endsAt } = slot;
  return [...free, { id, startsAt, endsAt, left: 0, because: null }].toSorted((a, b) => a.startsAt.localeCompare(b.startsAt));
}

/** When the next slot with room for all of it begins, where the chosen one has none; null: no other has any, undefined: the chosen one has. */
function nextOf(requirements: CartView["requirements"]): string | null | undefined {
  const full = requirements.find(({ code, lineId }) => lineId === null && code === "promise.slot_full");
  const next = full?.data?.["nextAt"];
  return full && (typeof next === "string" ? next : null);
}

type KeptProps = { readonly slot: HeldSlot; readonly nextAt: string | null | undefined; readonly timeZone: string; readonly now: Date };

/** Until when nobody else gets it, what it is once that has ended, and which one to take instead. */
function SlotKept({ slot: { heldUntil }, nextAt, timeZone, now }: KeptProps) {
  if (nextAt === null) return null;
  const isKept = heldUntil !== null && new Date(heldUntil) > now;
  const keptText = isKept ? t("shop.slots.kept", { at: formatTime(heldUntil, { timeZone }) }) : t("shop.slots.lapsed");
  const next = nextAt && { day: formatDate(nextAt, { timeZone, style: "day" }), at: formatTime(nextAt, { timeZone }) };
  return (
    <p className={styles.quiet} role="status">
      {next ? t("shop.slots.next", next) : keptText}
    </p>
  );
}

type TimeProps = {
  readonly store: StoreView;
  readonly times: readonly Date[];
  readonly at: string;
  readonly onChange: (at: string) => void;
};

function TimeSelect({ store: { timeZone }, times, at, onChange }: TimeProps) {
  const days = [...Map.groupBy(times, (time) => wallClock(time, timeZone).date).values()];
  return (
    <SelectField label={t("shop.checkout.time")} value={at} onChoose={onChange}>
      {days.map((day) => (
        <optgroup key={day[0]?.toISOString()} label={day[0] ? formatDate(day[0], { timeZone, style: "day" }) : ""}>
          {day.map((time) => (
            <option key={time.toISOString()} value={time.toISOString()}>
              {formatTime(time, { timeZone })}
            </option>
          ))}
        </optgroup>
      ))}
    </SelectField>
  );
}
