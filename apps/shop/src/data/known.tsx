import { queryOptions, useQuery } from "@tanstack/react-query";
import type { CustomerPageView } from "@weft/contracts/client";
import { formatBusinessDate, formatDate, formatList } from "@weft/ui/i18n/format.ts";
import { LOCALE_NAMES, LOCALES } from "@weft/ui/i18n/locales.ts";
import { channelName } from "@weft/ui/kit/channel-icon.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { api } from "../api.ts";
import me from "../me/me.module.css";
import { Link } from "../router/router.tsx";
import { pathTo } from "../routes.ts";
import { countryName } from "@weft/ui/i18n/country-name.ts";
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
        {fields.toSorted(byReading).map((field) => (
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

type KnownField = CustomerPageView["fields"][number];
const ORDER: readonly KnownField["field"][] = ["givenName", "familyName", "email", "phone", "birthDate", "address", "locale"];

const byReading = (one: KnownField, other: KnownField): number => ORDER.indexOf(one.field) - ORDER.indexOf(other.field);

/** A field as it is read: a date by the reader's language, a language by its name, an address in one line. */
function valueText({ field, value }: KnownField): string {
  if (field === "address" && typeof value === "object" && value !== null) {
    const { line1, line2, postcode, city, country } = value as Partial<Record<string, string>>; // an address, by the name of its field
    return [line1, line2, [postcode, city].filter(Boolean).join(" "), country && countryName(country)].filter(Boolean).join(", ");
  }
  if (typeof value !== "string") return String(value);
  if (field === "locale") return LOCALE_NAMES[LOCALES.find((one) => one === value) ?? "en"];
  return field === "birthDate" ? formatBusinessDate(value) : value;
}
