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
import styles from "./checkout.module.css";

type Props = PlanState & {
  readonly store: StoreView;
  /** What is ordered: slots are those that have room for it. */
  readonly cart: Pick<CartView, "id" | "version">;
  /** What opens that cart, where it is not the visitor's own. */
  readonly token?: string;
  readonly promiseAt: string | null;
};

/** As soon as it can be ready (after a closed store opens, which the promise says), or at a time of choice. */
export function WhenChoice({ plan, change, store, cart, token, promiseAt }: Props) {
  const now = useNow();
  const { id: cartId, version } = cart;
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
          slots={free}
          timeZone={store.timeZone}
          value={plan.when.slotId ?? ""}
          onChoose={(slot) => change({ when: inSlot(slot) })}
        />
      ) : null}
      {plan.when.kind === "later" && slots?.offered === false ? (
        <TimeSelect store={store} times={times} at={plan.when.at} onChange={(at) => change({ when: { kind: "later", at } })} />
      ) : null}
    </div>
  );
}

const inSlot = ({ id, startsAt }: Slot): Plan["when"] => ({ kind: "later", at: startsAt, slotId: id });

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
