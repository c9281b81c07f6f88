import { useMutation } from "@tanstack/react-query";
import type { CartView, TillCustomerView } from "@weft/contracts/client";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { SelectField } from "@weft/ui/shop/select-field.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { leaveTicket, moveTicket, ticket } from "../ticket/ticket.ts";
import { t } from "../t.ts";
import styles from "./customer.module.css";

/** For how many days it may stand. */
const DAYS = [3, 7, 14, 30] as const;
const DAY_MS = 86_400_000;

type Props = { readonly cart: CartView; readonly customer: TillCustomerView; readonly onDone: () => void };

/** The ticket becomes a proposal to the customer on it, with a word of its adviser and an end; the next customer has an empty ticket. */
export function ProposalForm({ cart, customer, onDone }: Props) {
  const [note, setNote] = useState("");
  const [days, setDays] = useState<number>(DAYS[1]);
  const propose = useMutation({
    mutationFn: (isSent: boolean) => proposeTicket(cart.id, { note: note.trim() === "" ? null : note.trim(), days, isSent }),
    onSuccess: async () => {
      await api.queries.invalidateQueries({ queryKey: ["customer", customer.customerId, "proposals"] });
      showToast(t("till.proposal.made", { name: customer.givenName ?? t("till.customer.label") }));
      onDone();
    },
    onError: (error) => showToast(problemText(error)),
  });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        propose.mutate(false);
      }}
    >
      <strong>{t("till.proposal.new", { total: formatMoney(cart.totals.total) })}</strong>
      <Field label={t("till.proposal.note")} maxLength={500} value={note} onChange={({ target }) => setNote(target.value)} />
      <SelectField label={t("till.proposal.days")} value={String(days)} onChoose={(value) => setDays(Number(value))}>
        {DAYS.map((count) => (
          <option key={count} value={count}>
            {t("till.proposal.days_count", { count })}
          </option>
        ))}
      </SelectField>
      <Button kind="primary" type="submit" busy={propose.isPending}>
        {t("till.proposal.make")}
      </Button>
      <Button busy={propose.isPending} onClick={() => propose.mutate(true)}>
        {t("till.proposal.make_and_send")}
      </Button>
    </form>
  );
}

type Terms = { readonly note: string | null; readonly days: number; readonly isSent: boolean };

/** Everything that was tapped is at the hub first; then it is its customer's to see, and the ticket is empty. */
async function proposeTicket(cartId: string, { note, days, isSent }: Terms): Promise<void> {
  const made = await moveTicket(async () => {
    const token = ticket().cart?.token ?? null;
    const validUntil = new Date(Date.now() + days * DAY_MS).toISOString();
    const offer = await api.ask("offers.propose", {
      params: { id: cartId },
      body: { validUntil, note },
      headers: token === null ? {} : { "weft-cart": token },
    });
    leaveTicket();
    return offer;
  });
  // It stands in the shop whether or not there is an address to write to.
  if (isSent) await api.ask("offers.send", { params: { id: made.id }, body: {} });
}
