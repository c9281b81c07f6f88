import { queryOptions } from "@tanstack/react-query";
import type { AnswerOf, QueryOf } from "@weft/contracts/client";
import { wallClock } from "@weft/kernel";
import { formatDate, formatTime } from "@weft/ui/i18n/format.ts";
import { SelectField } from "@weft/ui/shop/select-field.tsx";
import { api } from "../api.ts";
import { t } from "../t.ts";

export type Slot = AnswerOf<"slots.list">["items"][number];

/** The slots of a store with room for something. Others take them meanwhile, so they are asked for whenever somebody looks. */
export const slotsQuery = (placeId: string, what: QueryOf<"slots.list">, token: string | null = null) =>
  queryOptions({
    queryKey: ["slots", placeId, what],
    queryFn: ({ signal }) =>
      api.ask("slots.list", { params: { id: placeId }, query: what, headers: token === null ? {} : { "weft-cart": token }, signal }),
    staleTime: 0,
  });

type SlotChoiceProps = {
  readonly slots: readonly Slot[];
  readonly timeZone: string;
  readonly value: string;
  readonly onChoose: (id: string) => void;
};

/** The slots that can be taken, by day, each with the room that is left. */
export function SlotChoice({ slots, timeZone, value, onChoose }: SlotChoiceProps) {
  const days = [...Map.groupBy(slots, ({ startsAt }) => wallClock(new Date(startsAt), timeZone).date).values()];
  return (
    <SelectField label={t("till.collect.slot")} value={value} onChoose={onChoose}>
      {days.map((day) => (
        <optgroup key={day[0]?.id} label={day[0] ? formatDate(day[0].startsAt, { timeZone, style: "day" }) : ""}>
          {day.map(({ id, startsAt, endsAt, left }) => (
            <option key={id} value={id}>
              {t("till.collect.room", { span: spanText({ startsAt, endsAt }, timeZone), count: left })}
            </option>
          ))}
        </optgroup>
      ))}
    </SelectField>
  );
}

/** `10:00 – 10:30`, by the clock of the store. */
export const spanText = ({ startsAt, endsAt }: Pick<Slot, "startsAt" | "endsAt">, timeZone: string): string =>
  t("till.collections.slot", { time: formatTime(startsAt, { timeZone }), until: formatTime(endsAt, { timeZone }) });
