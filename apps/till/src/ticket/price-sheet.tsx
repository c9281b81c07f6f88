import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import type { CartLineView } from "@weft/contracts/client";
import { lineTotal } from "@weft/kernel";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { Sheet } from "@weft/ui/shop/sheet.tsx";
import { amountOf } from "../common/amount.ts";
import { textOf } from "../common/text.ts";
import { useTill } from "../device/till-context.ts";
import { PinField } from "../common/pin-field.tsx";
import { t } from "../t.ts";
import { mayGive } from "../../../../hub/src/modules/till/domain/index.ts";
import { shortWeight } from "../weigh/weight.ts";
import { givenLine, givenPercent, givePrices, needsPin, priceBefore, type GivenLine } from "./given-prices.ts";
import styles from "./price-sheet.module.css";

const PERCENTS = [5, 10, 20, 30, 50] as const;
/** In percent. */
const ALL = 100;
const REASONS = ["damaged", "matched", "goodwill", "near_expiry"] as const;

/** A lower price of one line by hand: how much off, why, and a manager's PIN where one is needed [TIL-50]. */
export function PriceSheet({ line, onClose }: { readonly line: CartLineView; readonly onClose: () => void }) {
  return (
    <Sheet open onClose={onClose} title={t("till.price.line", { what: textOf(line.name) })}>
      <PriceForm lines={[line]} onDone={onClose} />
    </Sheet>
  );
}

/** The same on a sheet that is open already. */
export function PriceForm({ lines, onDone }: { readonly lines: readonly CartLineView[]; readonly onDone: () => void }) {
  const { register, shift, staff, currency } = useTill();
  const [percent, setPercent] = useState<number>();
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  const [pin, setPin] = useState("");
  const [first] = lines;
  const single = lines.length === 1 ? first : undefined;
  const given = wanted(lines, { single, percent, amount: typed === "" ? undefined : amountOf(typed, currency) });
  const isLower = given.length > 0 && given.every((one) => mayGive(one, ALL));
  const asksForPin = isLower && needsPin(given, staff);
  const give = useMutation({
    mutationFn: () => givePrices({ shiftId: shift.id, lines: given, reason: reason.trim(), staff, placeId: register.placeId, pin }),
    onSuccess: onDone,
    onError: () => setPin(""),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isLower) give.mutate();
  };
  if (lines.length === 0) return <p>{t("till.price.none")}</p>;
  return (
    <form className={styles.form} onSubmit={submit}>
      <fieldset className={styles.choice}>
        <legend>{t("till.price.off")}</legend>
        {PERCENTS.map((one) => (
          <Button
            key={one}
            aria-pressed={one === percent}
            onClick={() => {
              setPercent(one);
              setTyped("");
            }}
          >
            {t("till.price.percent", { percent: one })}
          </Button>
        ))}
      </fieldset>
      {single ? (
        <Field
          label={priceLabel(single)}
          inputMode="decimal"
          autoComplete="off"
          maxLength={10}
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value);
            setPercent(undefined);
          }}
        />
      ) : null}
      <fieldset className={styles.choice}>
        <legend>{t("till.price.why")}</legend>
        {REASONS.map((one) => {
          const text = t(`till.price.reason.${one}`);
          return (
            <Button key={one} aria-pressed={reason === text} onClick={() => setReason(text)}>
              {text}
            </Button>
          );
        })}
      </fieldset>
      <Field
        label={t("till.price.reason_text")}
        hint={t("till.price.reason_hint")}
        required
        maxLength={120}
        autoComplete="off"
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      <output className={styles.sum} aria-live="polite">
        {isLower ? t("till.price.becomes", sums(given)) : given.length > 0 ? t("till.price.not_lower") : ""}
      </output>
      {asksForPin ? <PinField label={t("till.unproven.pin")} hint={t("till.price.pin_hint")} value={pin} onChange={setPin} /> : null}
      {give.error ? (
        <p className={styles.problem} role="alert">
          {problemText(give.error)}
        </p>
      ) : null}
      <Button type="submit" kind="primary" wide disabled={!isLower || reason.trim() === ""} busy={give.isPending}>
        {t("till.price.give")}
      </Button>
    </form>
  );
}

type Choice = { readonly single: CartLineView | undefined; readonly percent: number | undefined; readonly amount: number | undefined };

function wanted(lines: readonly CartLineView[], { single, percent, amount }: Choice): readonly GivenLine[] {
  if (percent !== undefined) return givenPercent(lines, percent);
  return single && amount !== undefined ? givenLine(single, amount) : [];
}

/** What the price that is typed is for: one, a kilogram, or all of what a label was printed for. */
function priceLabel(line: CartLineView): string {
  const per = priceBefore(line)?.per;
  return per?.unit === "gram" ? t("till.price.of_weight", { weight: shortWeight(per.quantity) }) : t("till.price.unit");
}

/** What the lines cost by their lists, and at these prices. */
function sums(lines: readonly GivenLine[]) {
  const sum = (of: "from" | "to"): string => {
    const amount = lines.reduce((all, line) => all + lineTotal(line[of], line.quantity), 0);
    return formatMoney({ amount, currency: lines[0]?.from.currency ?? "EUR" });
  };
  return { before: sum("from"), after: sum("to") };
}
