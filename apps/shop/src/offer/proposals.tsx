import { queryOptions, useQuery } from "@tanstack/react-query";
import type { OfferView } from "@weft/contracts/client";
import { useLive } from "@weft/ui/api/context.tsx";
import { formatDateTime, formatMoney } from "@weft/ui/i18n/format.ts";
import { api } from "../api.ts";
import { useCustomer } from "../customer/session.ts";
import { Link } from "../router/router.tsx";
import { pathTo } from "../routes.ts";
import { t } from "../t.ts";
import styles from "./proposals.module.css";

/** What advisers proposed to the customer and still stands. */
const proposalsQuery = (customerId: string) =>
  queryOptions({
    queryKey: ["customer", customerId, "proposals"],
    queryFn: async ({ signal }) => (await api.ask("offers.ofCustomer", { params: { id: "me" }, signal })).items,
  });

/** Asked anew after one of them was taken over. */
export const askProposals = (): Promise<void> =>
  api.queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === "customer" && queryKey[2] === "proposals" });

/** Proposals of advisers, each with who made it where: beside the customer's own cart, which stays as it is. Nothing where there is none. */
export function Proposals() {
  const customer = useCustomer();
  useLive(customer ? `customer/${customer.customerId}` : undefined);
  const standing = useQuery({ ...proposalsQuery(customer?.customerId ?? ""), enabled: customer !== null }).data ?? [];
  if (customer === null || standing.length === 0) return null;
  return (
    <section className={styles.proposals} aria-label={t("shop.proposal.title")}>
      <h2>{t("shop.proposal.title")}</h2>
      <ul>
        {standing.map((offer) => (
          <Proposal key={offer.id} offer={offer} />
        ))}
      </ul>
    </section>
  );
}

function Proposal({ offer: { url, staffName, placeName, total, validUntil, note } }: { readonly offer: OfferView }) {
  const token = url?.split("/").at(-1);
  return (
    <li className={styles.proposal}>
      <span>
        <strong>{t("shop.proposal.by", { name: staffName.split(" ")[0] ?? staffName, place: placeName ?? "" })}</strong>
        {note === null ? null : <q>{note}</q>}
        <small>{t("shop.proposal.until", { amount: formatMoney(total), at: formatDateTime(validUntil) })}</small>
      </span>
      {token === undefined ? null : <Link to={pathTo("offer", { token })}>{t("shop.proposal.look")}</Link>}
    </li>
  );
}
