import { queryOptions, useQuery } from "@tanstack/react-query";
import type { CustomerPageView } from "@weft/contracts/client";
import { formatBusinessDate, formatDate, formatList } from "@weft/ui/i18n/format.ts";
import { channelName } from "@weft/ui/kit/channel-icon.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { api } from "../api.ts";
import me from "../me/me.module.css";
import { Link } from "../router/router.tsx";
import { pathTo } from "../routes.ts";
import { t } from "../t.ts";

const knownQuery = (customerId: string) =>
  queryOptions({
    queryKey: ["customer", customerId, "known"],
    queryFn: ({ signal }) => api.ask("customers.read", { params: { id: "me" }, signal }),
  });

/** What the retailer knows of the customer, and from which channel each of it came. */
export function Known({ customerId }: { readonly customerId: string }) {
  const known = useQuery(knownQuery(customerId));
  return (
    <section className={me.part} aria-labelledby="known-title">
      <h2 id="known-title">{t("shop.data.known")}</h2>
      {known.isPending ? <Skeleton height="10rem" /> : null}
      {known.isError ? <ProblemNote error={known.error} onRetry={known.refetch} /> : null}
      {known.data ? <Fields page={known.data} /> : null}
    </section>
  );
}

function Fields({ page }: { readonly page: CustomerPageView }) {
  const { fields, records, orderCount, points } = page;
  return (
    <>
      <ul className={me.accesses}>
        {fields.map((field) => (
          <li key={field.field}>
            <span>
              <small>{t(`shop.data.field.${field.field}`)}</small>
              <strong>{valueText(field)}</strong>
              <small>{t("shop.data.from", { channel: channelName(field.fromChannelKind), date: formatDate(field.at) })}</small>
            </span>
          </li>
        ))}
      </ul>
      <p>{t("shop.data.records", { count: records.length, list: formatList(records.map(({ channelName: name }) => name)) })}</p>
      <p>
        {t("shop.data.counts", { orders: orderCount, points })} <Link to={pathTo("orders")}>{t("shop.orders.title")}</Link>
      </p>
      <p>
        <Link to={pathTo("me")}>{t("shop.data.correct")}</Link>
      </p>
    </>
  );
}

/** A field as it is read: a date by the reader's language, an address in one line. */
function valueText({ field, value }: CustomerPageView["fields"][number]): string {
  if (typeof value === "string") return field === "birthDate" ? formatBusinessDate(value) : value;
  if (typeof value !== "object" || value === null) return String(value);
  return Object.values(value).filter(Boolean).join(", ");
}
