import { TextInput, type TextInputProps } from "@mantine/core";

type Days = { readonly from: string; readonly to: string };
type Props = Pick<TextInputProps, "size" | "required"> & {
  readonly days: Days;
  readonly label: (end: keyof Days) => string;
  readonly onChange: (change: Partial<Days>) => void;
};

/** From one business day to another, which is not before it. */
export function DayRange({ days, label, onChange, ...field }: Props) {
  return (["from", "to"] as const).map((end) => (
    <TextInput
      key={end}
      {...field}
      type="date"
      label={label(end)}
      value={days[end]}
      {...(end === "from" ? { max: days.to } : { min: days.from })}
      onChange={({ currentTarget }) => onChange({ [end]: currentTarget.value })}
    />
  ));
}
