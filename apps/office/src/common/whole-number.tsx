import { NumberInput, type NumberInputProps } from "@mantine/core";

type Props = Pick<NumberInputProps, "required" | "min" | "max" | "label"> & {
  readonly value: number;
  readonly onChange: (value: number) => void;
};

/** A number without decimals; emptied, it is 0. */
export function WholeNumber({ onChange, ...field }: Props) {
  return <NumberInput allowDecimal={false} {...field} onChange={(value) => onChange(Number(value))} />;
}
