import type { BodyOf } from "@weft/contracts/client";
import { useState } from "react";
import { Field } from "../shop/field.tsx";
import { t } from "../t.ts";
import { AddressForm, type AddressRule } from "./address-form.tsx";

type Asked = BodyOf<"orders.askInvoice">;

type Props = {
  readonly rule: AddressRule;
  /** Who is known to have bought it. */
  readonly name?: string;
  /** Where it was sold, which most who ask live in. */
  readonly country: string;
  readonly isBusy: boolean;
  readonly onAsk: (asked: Asked) => void;
};

/** Whose names stand on invoices most: a traveler's company is at home anywhere in the single market and around it. */
const COUNTRIES: readonly string[] =
  "AD AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IT LI LT LU LV MC MT NL NO PL PT RO SE SI SK US".split(" ");

/** For whom the invoice of a sale is: a name, an address, and of a business its VAT number. */
export function InvoiceForm({ rule, name = "", country, isBusy, onAsk }: Props) {
  const [vatNumber, setVatNumber] = useState("");
  return (
    <AddressForm
      rule={rule}
      known={null}
      name={name}
      countries={COUNTRIES}
      country={country}
      nameLabel={t("ui.invoice.name")}
      submit={t("ui.invoice.ask")}
      isBusy={isBusy}
      isAlone
      more={
        <Field
          label={t("ui.invoice.vat")}
          hint={t("ui.invoice.vat_hint")}
          autoComplete="off"
          maxLength={20}
          value={vatNumber}
          onChange={({ target }) => setVatNumber(target.value)}
        />
      }
      onSend={({ name: who, ...address }) => onAsk({ name: who, address, ...(vatNumber.trim() !== "" && { vatNumber: vatNumber.trim() }) })}
    />
  );
}
