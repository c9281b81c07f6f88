import { NumberInput } from "@mantine/core";
import { currencyExponent } from "@weft/kernel";
import { formatNumber } from "@weft/ui/i18n/format.ts";

type Props = {
  readonly label: string;
  readonly currency: string;
  /** Minor units; null where nothing is said. */
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  /** Minor units. */
  readonly min?: number;
  readonly max?: number;
  readonly required?: boolean;
};

/** An amount as people type it, in major units with the decimal sign of their language; a point and a comma are both understood. */
export function MoneyInput({ label, currency, value, onChange, min = 0, max = Number.MAX_SAFE_INTEGER, required = false }: Props) {
  const exponent = currencyExponent(currency);
  const unit = 10 ** exponent;
  return (
    <NumberInput
      label={`${label} (${currency})`}
      required={required}
      min={min / unit}
      max={max / unit}
      decimalScale={exponent}
      fixedDecimalScale
      decimalSeparator={formatNumber(1.5).slice(1, 2)}
      allowedDecimalSeparators={[".", ","]}
      value={value === null ? "" : value / unit}
      onChange={(typed) => onChange(typed === "" ? null : Math.round(Number(typed) * unit))}
    />
  );
}
