import { SegmentedControl } from "@mantine/core";
import { TASK_KINDS, type TaskView } from "@weft/contracts/client";
import { FilterChoice } from "../common/filter-choice.tsx";
import { useOwnPlaceOptions } from "../common/places.ts";
import { t } from "../t.ts";

type ChoiceProps<Value> = { readonly value: Value | undefined; readonly onChange: (value: Value | undefined) => void };

/** Of what kind the tasks are. */
export function KindChoice(props: ChoiceProps<TaskView["kind"]>) {
  const options = TASK_KINDS.map((each) => ({ value: each, label: t(`office.task.kind.${each}`) }));
  return <FilterChoice label={t("office.task.what")} options={options} {...props} />;
}

/** Of which of the reader's own places. */
export function PlaceChoice(props: ChoiceProps<string>) {
  return <FilterChoice label={t("office.orders.place")} options={useOwnPlaceOptions()} {...props} />;
}

type ListProps<List extends string> = {
  readonly lists: readonly List[];
  readonly value: List;
  readonly label: (list: List) => string;
  readonly onChange: (list: List | undefined) => void;
};

/** Which of the lists is shown. */
export function ListChoice<List extends string>({ lists, value, label, onChange }: ListProps<List>) {
  return (
    <SegmentedControl
      size="xs"
      aria-label={t("office.task.lists")}
      value={value}
      data={lists.map((each) => ({ value: each, label: label(each) }))}
      onChange={(next) => onChange(lists.find((each) => each === next))}
    />
  );
}
