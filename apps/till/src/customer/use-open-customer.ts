import { useMutation } from "@tanstack/react-query";
import type { TillCustomerView } from "@weft/contracts/client";
import { keyHeader } from "@weft/ui/api/api.ts";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { isAway } from "../local/kept.ts";
import { changeCart, changeTicket, ticket } from "../ticket/ticket.ts";
import { t } from "../t.ts";

/** Makes an opened customer the one of the ticket, so that the sale is theirs. */
export function attachCustomer(customer: TillCustomerView): void {
  changeTicket({ customer, newCustomer: null, shownCard: null });
  changeCart({ kind: "setCustomer", customerId: customer.customerId });
}

/** Tells the hub of somebody who was taken down while it could not be reached. What it says of them comes with the answer. */
export async function tellOfNewCustomer(): Promise<void> {
  const { newCustomer } = ticket();
  if (!newCustomer) return;
  const { key, ...said } = newCustomer;
  const result = await api.call("customers.createAtTill", { body: said, headers: keyHeader(key) });
  if (result.ok && ticket().newCustomer?.key === key) attachCustomer(result.value.customer);
}

/** Asks whose card it was that was shown while the hub could not say; one that cannot be read any more stays with the ticket as it was shown. */
export async function tellOfShownCard(): Promise<void> {
  const { shownCard } = ticket();
  if (!shownCard) return;
  const found = await api.call("customers.findAtTill", { query: { query: shownCard.text } });
  const [only, ...others] = found.ok ? found.value.candidates : [];
  if (!only || others.length > 0) return;
  const opened = await api.call("customers.openAtTill", { params: { id: only.customerId }, body: { shown: shownCard.text } });
  if (opened.ok && ticket().shownCard === shownCard) attachCustomer(opened.value);
}

/** Who is opened, and what they were found by: a card that is shown opens also whoever belongs to a channel that only hands over. */
export type Opening = { readonly customerId: string; readonly shown: string };

/** Opens one candidate. It is audited, and counted when no sale follows. */
export function useOpenCustomer() {
  return useMutation({
    mutationFn: ({ customerId, shown }: Opening) => api.ask("customers.openAtTill", { params: { id: customerId }, body: { shown } }),
    onSuccess: attachCustomer,
    onError: (error) => showToast(problemText(error)),
  });
}

/** A scanned member card names one person: opened without a choice. */
export function useFindAndOpen(): (token: string) => void {
  const open = useOpenCustomer();
  const find = useMutation({
    mutationFn: (query: string) => api.ask("customers.findAtTill", { query: { query } }),
    onSuccess: ({ candidates }, shown) => {
      const [only] = candidates;
      if (only && candidates.length === 1) open.mutate({ customerId: only.customerId, shown });
      else showToast(t("till.customer.card_unknown"));
    },
    onError: (error, shown) => {
      if (!isAway(error)) showToast(problemText(error));
      else changeTicket({ customer: null, newCustomer: null, shownCard: { text: shown, at: new Date().toISOString() } });
    },
    // A line that is cut is an answer, too: nobody waits for it with a card in the hand.
    networkMode: "always",
  });
  return (token) => find.mutate(token);
}
