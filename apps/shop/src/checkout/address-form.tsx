import type { DeliveryAddressView } from "@weft/contracts/client";
import { Button } from "@weft/ui/shop/button.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { SelectField } from "@weft/ui/shop/select-field.tsx";
import { useState } from "react";
import { addressProblems, tidyAddress, type AddressProblem } from "../../../../hub/src/modules/promises/domain/address.ts";
import { useCustomer } from "../customer/session.ts";
import { t } from "../t.ts";
import { countryName } from "./country-name.ts";
import styles from "./checkout.module.css";

type Props = {
  /** What it begins with. */
  readonly known: DeliveryAddressView | null;
  /** Where parcels go. */
  readonly countries: readonly string[];
  /** The one that is meant until somebody says another. */
  readonly country: string;
  readonly onSend: (address: DeliveryAddressView) => void;
};

/** Where the parcel goes: the browser fills it in where it may, and the hub's own rule says what is wrong before anything is sent. */
export function AddressForm({ known, countries, country, onSend }: Props) {
  const name = useCustomer()?.givenName ?? "";
  const [changed, setChanged] = useState<Partial<DeliveryAddressView>>({});
  const [isTried, setIsTried] = useState(false);
  const empty = { name, line1: "", line2: null, postcode: "", city: "", country };
  const given: DeliveryAddressView = { ...empty, ...known, ...changed };
  const address = tidyAddress(given);
  const problems = addressProblems(address);
  const errorOf = (path: AddressProblem["path"]): string | undefined => {
    const problem = problems.find((one) => one.path === path);
    if (!isTried || !problem) return undefined;
    return problem.code === "missing"
      ? t("shop.address.missing")
      : t("shop.address.postcode_shape", { country: countryName(address.country), example: problem.example ?? "" });
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
        if (problems.length === 0) onSend(address);
      }}
    >
      <Field label={t("shop.address.name")} autoComplete="shipping name" maxLength={120} {...field("name")} />
      <Field label={t("shop.address.line1")} autoComplete="shipping address-line1" maxLength={120} {...field("line1")} />
      <Field label={t("shop.address.line2")} autoComplete="shipping address-line2" maxLength={120} {...field("line2")} />
      <div className={styles.cityRow}>
        <Field label={t("shop.address.postcode")} autoComplete="shipping postal-code" maxLength={16} {...field("postcode")} />
        <Field label={t("shop.address.city")} autoComplete="shipping address-level2" maxLength={80} {...field("city")} />
      </div>
      <SelectField
        label={t("shop.address.country")}
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
      <Button type="submit">{t("shop.address.use")}</Button>
    </form>
  );
}
