import { Button, NumberInput, TextInput } from "@mantine/core";
import type { CartLineView, CartView } from "@weft/contracts/client";
import { depositText } from "@weft/ui/app/deposit.ts";
import { goodsTotal } from "@weft/ui/app/goods-total.ts";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { MoneyText } from "@weft/ui/kit/money-text.tsx";
import { useState } from "react";
import form from "../common/form.module.css";
import { MoneyInput } from "../common/money-input.tsx";
import { inLanguage } from "../common/text.ts";
import { t } from "../t.ts";
import styles from "./offers.module.css";
import { useChangeCart } from "./queries.ts";
import { ServiceTime, ServiceTools } from "./service-line.tsx";

type Props = { readonly cart: CartView; readonly line: CartLineView; readonly mayChange: boolean };

/** A line with what it costs, how many, and the price that staff give. */
export function LineRow({ cart, line, mayChange }: Props) {
  const change = useChangeCart(cart);
  const [isPricing, setIsPricing] = useState(false);
  const name = inLanguage(line.name);
  return (
    <li className={form.stacked}>
      <div className={styles.line}>
        <span>
          {mayChange ? name : `${line.quantity} × ${name}`}
          {line.options.length === 0 ? null : <small> {line.options.map((option) => inLanguage(option.name)).join(", ")}</small>}
        </span>
        <span className={styles.amount}>
          <MoneyText money={goodsTotal(line)} />
          {line.deposit ? <small>{depositText(line.deposit)}</small> : null}
        </span>
        {mayChange && line.service ? (
          <ServiceTools cart={cart} line={line} service={line.service} />
        ) : mayChange ? (
          <div className={styles.tools}>
            <NumberInput
              aria-label={t("office.offer.units_of", { name })}
              w={96}
              min={0}
              max={9999}
              allowDecimal={false}
              value={line.quantity}
              onChange={(value) => {
                if (typeof value === "number" && value !== line.quantity)
                  change.mutate({ kind: "setQuantity", lineId: line.id, quantity: value });
              }}
            />
            <Button size="xs" variant="default" aria-expanded={isPricing} onClick={() => setIsPricing(!isPricing)}>
              {t("office.offer.price_of", { name })}
            </Button>
          </div>
        ) : null}
      </div>
      {line.service ? <ServiceTime service={line.service} /> : null}
      {line.override ? (
        <small>{t("office.offer.instead_of", { price: priceText(line.override.insteadOf), reason: line.override.reason })}</small>
      ) : null}
      {isPricing ? (
        <PriceForm
          line={line}
          isPending={change.isPending}
          onGive={(unitAmount, reason) =>
            change.mutate(
              { kind: "setPrice", lineId: line.id, unitAmount, ...(reason !== "" && { reason }) },
              { onSuccess: ({ results }) => setIsPricing(results[0]?.outcome === "refused") },
            )
          }
        />
      ) : null}
    </li>
  );
}

type UnitPrice = NonNullable<CartLineView["unitPrice"]>;

const minorOf = ({ amount, scale }: UnitPrice): number => Math.round(amount / 10 ** scale);
const priceText = (price: UnitPrice): string => formatMoney({ amount: minorOf(price), currency: price.currency });

type PriceFormProps = {
  readonly line: CartLineView;
  readonly isPending: boolean;
  readonly onGive: (unitAmount: number | null, reason: string) => void;
};

/** A lower price needs a reason, which its customer reads too. */
function PriceForm({ line: { unitPrice, override }, isPending, onGive }: PriceFormProps) {
  const [amount, setAmount] = useState<number | null>(unitPrice && minorOf(unitPrice));
  const [reason, setReason] = useState(override?.reason ?? "");
  if (!unitPrice) return null;
  return (
    <form
      className={form.row}
      onSubmit={(event) => {
        event.preventDefault();
        if (amount !== null) onGive(amount, reason.trim());
      }}
    >
      <MoneyInput label={t("office.offer.unit_price")} currency={unitPrice.currency} value={amount} onChange={setAmount} required />
      <TextInput
        label={t("office.offer.price_reason")}
        value={reason}
        maxLength={200}
        required
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
      <Button type="submit" size="xs" loading={isPending}>
        {t("office.offer.give_price")}
      </Button>
      {override ? (
        <Button size="xs" variant="default" onClick={() => onGive(null, "")}>
          {t("office.offer.list_price")}
        </Button>
      ) : null}
    </form>
  );
}
