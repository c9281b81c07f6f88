import type { DeliveryAddressView } from "@weft/contracts/client";
import { useState, type ReactNode } from "react";
import { countryName } from "../i18n/country-name.ts";
import { Button } from "../shop/button.tsx";
import { Field } from "../shop/field.tsx";
import { SelectField } from "../shop/select-field.tsx";
import { t } from "../t.ts";
import styles from "./address-form.module.css";

/** What is wrong with a part of an address: it is missing, or a postcode that its country does not write like that. */
type Problem = {
  readonly path: "name" | "line1" | "line2" | "postcode" | "city" | "country";
  readonly code: "missing" | "postcode_shape";
  readonly example?: string;
};

/** The hub's own rule of what a carrier finds, which each app gives from the domain that it runs. */
export type AddressRule = {
  readonly tidy: (address: DeliveryAddressView) => DeliveryAddressView;
  readonly problems: (address: DeliveryAddressView) => readonly Problem[];
};

type Props = {
  readonly rule: AddressRule;
  /** What it begins with. */
  readonly known: DeliveryAddressView | null;
  /** Whose parcel it is, where no address is known. */
  readonly name?: string;
  /** Where parcels go. */
  readonly countries: readonly string[];
  /** The one that is meant until somebody says another. */
  readonly country: string;
  /** What the button says; else that this address is used. */
  readonly submit?: string;
  /** What the field of the name is called, where it is more than a person's. */
  readonly nameLabel?: string;
  /** What else is asked, above the button. */
  readonly more?: ReactNode;
  readonly isBusy?: boolean;
  /** Nothing else is to be done where it stands. */
  readonly isAlone?: boolean;
  readonly onSend: (address: DeliveryAddressView) => void;
};

/** Where the parcel goes: the browser fills it in where it may, and the hub's own rule says what is wrong before anything is sent. */
export function AddressForm(props: Props) {
  const { rule, known, name = "", countries, country, submit, nameLabel, more, isBusy = false, isAlone = false, onSend } = props;
  const [changed, setChanged] = useState<Partial<DeliveryAddressView>>({});
  const [isTried, setIsTried] = useState(false);
  const empty = { name, line1: "", line2: null, postcode: "", city: "", country };
  const given: DeliveryAddressView = { ...empty, ...known, ...changed };
  const address = rule.tidy(given);
  const problems = rule.problems(address);
  const errorOf = (path: Problem["path"]): string | undefined => {
    const problem = problems.find((one) => one.path === path);
    if (!isTried || !problem) return undefined;
    return problem.code === "missing"
      ? t("ui.address.missing")
      : t("ui.address.postcode_shape", { country: countryName(address.country), example: problem.example ?? "" });
  };
  const field = (path: "name" | "line1" | "line2" | "postcode" | "city") => ({
    value: given[path] ?? "",
    error: errorOf(path),
    onChange: ({ target }: { target: HTMLInputElement }) => setChanged((held) => ({ ...held, [path]: target.value })),
  });
  return (
    <form
      className={styles.address}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setIsTried(true);
        if (problems.length === 0) return onSend(address);
        // What is wrong may be out of sight, above the button.
        const { currentTarget } = event;
        requestAnimationFrame(() => currentTarget.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
      }}
    >
      <Field label={nameLabel ?? t("ui.address.name")} autoComplete="shipping name" maxLength={120} {...field("name")} />
      <Field label={t("ui.address.line1")} autoComplete="shipping address-line1" maxLength={120} {...field("line1")} />
      <Field label={t("ui.address.line2")} autoComplete="shipping address-line2" maxLength={120} {...field("line2")} />
      <div className={styles.cityRow}>
        <Field label={t("ui.address.postcode")} autoComplete="shipping postal-code" maxLength={16} {...field("postcode")} />
        <Field label={t("ui.address.city")} autoComplete="shipping address-level2" maxLength={80} {...field("city")} />
      </div>
      <SelectField
        label={t("ui.address.country")}
        autoComplete="shipping country"
        value={given.country}
        onChoose={(chosen) => setChanged((held) => ({ ...held, country: chosen }))}
      >
        {(countries.includes(given.country) ? countries : [given.country, ...countries]).map((code) => (
          <option key={code} value={code}>
            {countryName(code)}
          </option>
        ))}
      </SelectField>
      {more}
      <Button type="submit" kind={isAlone ? "primary" : "secondary"} busy={isBusy}>
        {submit ?? t("ui.address.use")}
      </Button>
    </form>
  );
}
