import { Field } from "@weft/ui/shop/field.tsx";

type PinFieldProps = {
  readonly label: string;
  readonly hint: string;
  readonly id?: string;
  readonly value: string;
  readonly onChange: (pin: string) => void;
};

/** The PIN of somebody who stands behind what is done here; it is never kept and never filled in. */
export function PinField({ onChange, ...field }: PinFieldProps) {
  return (
    <Field
      {...field}
      type="password"
      inputMode="numeric"
      pattern="[0-9]{4,8}"
      maxLength={8}
      autoComplete="off"
      required
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
