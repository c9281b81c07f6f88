import IconBulb from "@tabler/icons-react/dist/esm/icons/IconBulb.mjs";
import { queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import type { CartView, OfferView, TillCustomerView } from "@weft/contracts/client";
import { useLive } from "@weft/ui/api/context.tsx";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { formatDateTime, formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { Sheet } from "@weft/ui/shop/sheet.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useTill } from "../device/till-context.ts";
import { t } from "../t.ts";
import { ProposalForm } from "./proposal-form.tsx";
import { useTakeOver } from "./use-claim.ts";
import styles from "./customer.module.css";

const proposalsQuery = (customerId: string) =>
  queryOptions({
    queryKey: ["customer", customerId, "proposals"],
    queryFn: async ({ signal }) => (await api.ask("offers.ofCustomer", { params: { id: customerId }, signal })).items,
  });

type Props = { readonly customer: TillCustomerView; readonly cart: CartView | undefined };

/** What was proposed to the customer and still stands, and the ticket as another proposal: they finish it here, at home or by its link. */
export function Proposals({ customer, cart }: Props) {
  const [isOpen, setOpen] = useState(false);
  useLive(`customer/${customer.customerId}`);
  const standing = useQuery(proposalsQuery(customer.customerId)).data ?? [];
  // What they filled themselves is theirs, and no proposal of ours.
  const own = cart && !cart.current && !cart.offer && cart.lines.length > 0 ? cart : undefined;
  if (standing.length === 0 && !own) return null;
  return (
    <>
      <Button wide onClick={() => setOpen(true)}>
        <IconBulb aria-hidden /> {t("till.proposal.open", { count: standing.length })}
      </Button>
      <Sheet open={isOpen} onClose={() => setOpen(false)} title={t("till.proposal.title")}>
        <div className={styles.form}>
          {standing.map((offer) => (
            <Standing key={offer.id} offer={offer} customer={customer} onDone={() => setOpen(false)} />
          ))}
          {own ? <ProposalForm cart={own} customer={customer} onDone={() => setOpen(false)} /> : null}
        </div>
      </Sheet>
    </>
  );
}

type StandingProps = { readonly offer: OfferView; readonly customer: TillCustomerView; readonly onDone: () => void };

function Standing({ offer: { id, cartId, staffName, placeName, total, validUntil, note }, customer, onDone }: StandingProps) {
  const { timeZone } = useTill();
  const takeOver = useTakeOver();
  const withdraw = useMutation({
    mutationFn: () => api.ask("offers.revoke", { params: { id } }),
    onSuccess: async () => {
      showToast(t("till.proposal.withdrawn"));
      await api.queries.invalidateQueries({ queryKey: proposalsQuery(customer.customerId).queryKey });
    },
    onError: (error) => showToast(problemText(error)),
  });
  return (
    <div className={styles.elsewhere}>
      <p>
        <strong>{formatMoney(total)}</strong> {t("till.proposal.by", { name: staffName, place: placeName ?? "" })} ·{" "}
        {t("till.proposal.until", { at: formatDateTime(validUntil, { timeZone }) })}
      </p>
      {note === null ? null : <p>{note}</p>}
      <div className={styles.pair}>
        <Button busy={takeOver.isPending} onClick={() => takeOver.mutate({ cartId, customer }, { onSuccess: onDone })}>
          {t("till.proposal.to_ticket")}
        </Button>
        <Button busy={withdraw.isPending} onClick={() => withdraw.mutate()}>
          {t("till.proposal.withdraw")}
        </Button>
      </div>
    </div>
  );
}
