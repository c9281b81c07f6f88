import { TextInput } from "@mantine/core";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { useState } from "react";
import { t } from "../t.ts";
import form from "./form.module.css";
import { commonDigits } from "./currencies.ts";
import { moneyTyped, typedMoney } from "./typed-money.ts";

type Props = {
  readonly label: string;
  /** Where the label stands beside the field already. */
  readonly isLabelHidden?: boolean;
  /** In which the amount holds: that of a place, or those of all places below a group. */
  readonly currencies: readonly string[];
  /** Minor units, and so are its bounds. */
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly isReadOnly: boolean;
  readonly onSave: (value: number) => void;
};

/** An amount that is saved when its field is left or Enter is pressed. What is none, too fine or beyond its bounds is said and not saved [OFC-7]. */
export function SavedMoney({ currencies, ...props }: Props) {
  const digits = commonDigits(currencies);
  // Not known yet.
  if (currencies.length === 0) return null;
  if (digits === undefined)
    return <small className={form.quiet}>{t("office.money.by_store", { currencies: currencies.join(", ") })}</small>;
  return <MoneyField key={`${props.value} ${digits}`} {...props} currencies={currencies} digits={digits} />;
}

function MoneyField({
  label,
  isLabelHidden,
  currencies,
  digits,
  value,
  least,
  most,
  isReadOnly,
  onSave,
}: Props & { readonly digits: number }) {
  const shown = moneyTyped(value, digits);
  const [typed, setTyped] = useState(shown);
  const [error, setError] = useState<string | null>(null);
  const save = (): void => {
    // A field that was emptied says nothing: what held before goes on.
    if (typed.trim() === "") setTyped(shown);
    const read = typed.trim() === "" ? ({ kind: "amount", amount: value } as const) : typedMoney(typed, digits);
    const because = troubleOf(read, { currency: currencies[0] ?? "", least, most });
    setError(because);
    if (read.kind === "amount" && because === null && read.amount !== value) onSave(read.amount);
  };
  const named = `${label} (${currencies.join(", ")})`;
  return (
    <TextInput
      {...(isLabelHidden
        ? { "aria-label": named, rightSection: <small>{currencies.join(" ")}</small>, rightSectionWidth: `${currencies.length * 2.75}rem` }
        : { label: named, size: "xs", w: "9rem" })}
      inputMode="decimal"
      autoComplete="off"
      readOnly={isReadOnly}
      value={typed}
      error={error}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onBlur={save}
      onKeyDown={({ key }) => {
        if (key === "Enter") save();
      }}
    />
  );
}

type Bounds = { readonly currency: string; readonly least: number; readonly most: number };

function troubleOf(read: ReturnType<typeof typedMoney>, { currency, least, most }: Bounds): string | null {
  if (read.kind === "none") return t("office.money.none");
  if (read.kind === "too_fine") return t("office.money.too_fine", { count: read.digits });
  if (read.amount >= least && read.amount <= most) return null;
  return t("office.money.beyond", { least: formatMoney({ amount: least, currency }), most: formatMoney({ amount: most, currency }) });
}
