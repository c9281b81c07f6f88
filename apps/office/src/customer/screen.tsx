import { useQuery } from "@tanstack/react-query";
import { useLive } from "@weft/ui/api/context.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import type { ReactElement } from "react";
import { BookingsOf } from "../bookings/of-customer.tsx";
import { Consents } from "../consents/section.tsx";
import { customerRoute } from "../routes.tsx";
import { useMay } from "../session/session.ts";
import { CompaniesOf } from "./companies.tsx";
import { OrdersOfCustomer } from "./orders.tsx";
import styles from "./customer.module.css";
import { CustomerHead } from "./head.tsx";
import { Identifiers } from "./identifiers.tsx";
import { LiveCart } from "./live-cart.tsx";
import { Points } from "./points.tsx";
import { Profile } from "./profile.tsx";
import { customerQuery } from "./queries.ts";
import { Records } from "./records.tsx";
import { SavedOf } from "./saved.tsx";
import { StoreCredit } from "./store-credit.tsx";
import { Timeline } from "./timeline.tsx";

/** One person, whichever channels they came by: what happened, what they have open, and where each thing that is known comes from. */
export function CustomerScreen(): ReactElement {
  const { id } = customerRoute.useParams();
  const customer = useQuery(customerQuery(id));
  const may = useMay();
  useLive(`customer/${id}`);
  if (customer.isPending) return <ScreenSkeleton />;
  if (customer.isError) return <ProblemNote error={customer.error} onRetry={customer.refetch} />;
  const { data } = customer;
  return (
    <div className={styles.page}>
      <CustomerHead customer={data} />
      <div className={styles.main}>
        <Timeline customerId={id} kinds={channelKinds(data.records)} />
        <OrdersOfCustomer customerId={id} />
      </div>
      <div className={styles.side}>
        {data.openCartId !== null && may("carts.read") ? <LiveCart cartId={data.openCartId} /> : null}
        {may("bookings.ofCustomer") ? <BookingsOf customerId={id} /> : null}
        {may("lists.ofCustomer") ? <SavedOf customerId={id} /> : null}
        <Profile fields={data.fields} />
        {may("companies.ofCustomer") ? <CompaniesOf customerId={id} /> : null}
        <Records customer={data} />
        <Identifiers identifiers={data.identifiers} records={data.records} />
        <Points customerId={id} />
        {may("storeCredit.read") ? <StoreCredit customerId={id} /> : null}
        {may("consent.read") ? <Consents customerId={id} /> : null}
      </div>
    </div>
  );
}

function channelKinds<Kind>(records: readonly { readonly channelKind: Kind }[]): Kind[] {
  return [...new Set(records.map(({ channelKind }) => channelKind))];
}
