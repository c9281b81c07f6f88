import { wallClock } from "@weft/kernel";
import { formatDate, formatTime } from "@weft/ui/i18n/format.ts";
import { SelectField } from "@weft/ui/shop/select-field.tsx";
import { t } from "../t.ts";
import type { Slot } from "./slots.ts";

/** Fewer places than this are said, so that nobody is surprised by the last one. */
const FEW = 3;

type SlotSelectProps = {
  readonly slots: readonly Slot[];
  readonly timeZone: string;
  readonly value: string;
  readonly onChoose: (slot: Slot) => void;
};

/** The slots that can be taken, by day, each from when until when, and how many are left where these are few. */
export function SlotSelect({ slots, timeZone, value, onChoose }: SlotSelectProps) {
  const days = [...Map.groupBy(slots, ({ startsAt }) => wallClock(new Date(startsAt), timeZone).date).values()];
  const chosen = slots.find(({ id }) => id === value);
  // The list that is closed shows a time and not its day.
  const label = chosen ? t("shop.slots.label_on", { day: formatDate(chosen.startsAt, { timeZone, style: "day" }) }) : t("shop.slots.label");
  const choose = (id: string): void => {
    const slot = slots.find((each) => each.id === id);
    if (slot) onChoose(slot);
  };
  return (
    <SelectField label={label} value={value} onChoose={choose}>
      {days.map((day) => (
        <optgroup key={day[0]?.id} label={day[0] ? formatDate(day[0].startsAt, { timeZone, style: "day" }) : ""}>
          {day.map((slot) => (
            <option key={slot.id} value={slot.id}>
              {slotText(slot, timeZone)}
            </option>
          ))}
        </optgroup>
      ))}
    </SelectField>
  );
}

function slotText(slot: Slot, timeZone: string): string {
  const span = slotSpan(slot, timeZone);
  return slot.left <= FEW ? t("shop.slots.few", { span, count: slot.left }) : span;
}

/** `10:00 – 10:30`, by the clock of the store. */
export function slotSpan({ startsAt, endsAt }: Pick<Slot, "startsAt" | "endsAt">, timeZone: string): string {
  return t("shop.slots.span", { from: formatTime(startsAt, { timeZone }), until: formatTime(endsAt, { timeZone }) });
}
