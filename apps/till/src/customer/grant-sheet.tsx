import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import type { GrantReason, TillCustomerView } from "@weft/contracts/client";
import { newId, type Id } from "@weft/kernel";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { problemCode } from "@weft/ui/api/problem-error.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Sheet } from "@weft/ui/shop/sheet.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { useFocus } from "../common/use-focus.ts";
import { changeTicket } from "../ticket/ticket.ts";
import { PinField } from "../common/pin-field.tsx";
import { t } from "../t.ts";
import styles from "./customer.module.css";

const STEPS = [10, 20, 50, 100] as const;
const REASONS: readonly GrantReason[] = ["goodwill", "missed_sale", "long_wait", "wrong_order"];
/** What the hub answers when somebody else's PIN is needed, or was wrong. */
const ASKS_FOR_PIN: ReadonlySet<string | undefined> = new Set([
  "loyalty.approval_needed",
  "loyalty.approval_refused",
  "access.too_many_tries",
]);

type GrantSheetProps = { readonly customer: TillCustomerView; readonly open: boolean; readonly onClose: () => void };

/** Points without a sale: how many, why, and a manager's PIN where the hub asks for one. */
export function GrantSheet({ customer, open, onClose }: GrantSheetProps) {
  return (
    <Sheet open={open} onClose={onClose} title={t("till.grant.title")}>
      {open ? <GrantForm customer={customer} onDone={onClose} /> : null}
    </Sheet>
  );
}

function GrantForm({ customer, onDone }: { readonly customer: TillCustomerView; readonly onDone: () => void }) {
  const [id] = useState(() => newId<Id<"points grant">>()); // however often it is sent, it is one
  const [points, setPoints] = useState<number>(STEPS[0]);
  const [reason, setReason] = useState<GrantReason>("goodwill");
  const [pin, setPin] = useState("");
  const focus = useFocus();
  const give = useMutation({
    mutationFn: () =>
      api.ask("loyalty.grant", {
        params: { id: customer.customerId },
        body: { id, points, reason, ...(pin !== "" && { pin }) },
      }),
    onSuccess: (given) => {
      changeTicket({ customer: { ...customer, points: given.balance, pointsAsOf: given.balanceAsOf } });
      showToast(t("till.grant.given", { points: formatNumber(given.points), count: given.points }));
      onDone();
    },
    onError: () => setPin(""),
  });
  const asksForPin = ASKS_FOR_PIN.has(problemCode(give.error));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    give.mutate();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Choice label={t("till.grant.points")} chosen={points} all={STEPS} name={(step) => `+${formatNumber(step)}`} onChoose={setPoints} />
      <Choice
        label={t("till.grant.why")}
        chosen={reason}
        all={REASONS}
        name={(known) => t(`till.grant.reason.${known}`)}
        onChoose={setReason}
      />
      {give.error ? <ProblemNote error={give.error} /> : null}
      {asksForPin ? (
        <PinField label={t("till.grant.pin")} hint={t("till.grant.pin_hint")} id={focus} value={pin} onChange={setPin} />
      ) : null}
      <Button type="submit" kind="primary" wide busy={give.isPending}>
        {t("till.grant.give", { points: formatNumber(points), count: points })}
      </Button>
    </form>
  );
}

type ChoiceProps<T> = {
  readonly label: string;
  readonly chosen: T;
  readonly all: readonly T[];
  readonly name: (one: T) => string;
  readonly onChoose: (one: T) => void;
};

function Choice<T extends string | number>({ label, chosen, all, name, onChoose }: ChoiceProps<T>) {
  return (
    <fieldset className={styles.choice}>
      <legend>{label}</legend>
      {all.map((one) => (
        <Button key={one} aria-pressed={one === chosen} onClick={() => onChoose(one)}>
          {name(one)}
        </Button>
      ))}
    </fieldset>
  );
}
