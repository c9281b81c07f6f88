import { NativeSelect } from "@mantine/core";
import { t } from "../t.ts";

type FilterChoiceProps<Value extends string> = {
  readonly label: string;
  readonly value: Value | undefined;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value | undefined) => void;
};

/** A filter with a few values, or all. */
export function FilterChoice<Value extends string>({ label, value, options, onChange }: FilterChoiceProps<Value>) {
  return (
    <NativeSelect
      size="xs"
      aria-label={label}
      value={value ?? ""}
      data={[{ value: "", label: t("office.list.all", { what: label }) }, ...options]}
      onChange={({ currentTarget }) => onChange(options.find((option) => option.value === currentTarget.value)?.value)}
    />
  );
}
