import { Spotlight } from "@mantine/spotlight";
import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import IconBuilding from "@tabler/icons-react/dist/esm/icons/IconBuilding.mjs";
import IconPackage from "@tabler/icons-react/dist/esm/icons/IconPackage.mjs";
import IconReceipt from "@tabler/icons-react/dist/esm/icons/IconReceipt.mjs";
import IconSearch from "@tabler/icons-react/dist/esm/icons/IconSearch.mjs";
import IconUser from "@tabler/icons-react/dist/esm/icons/IconUser.mjs";
import { formatPhone } from "@weft/ui/i18n/phone.ts";
import { formatDateTime, formatMoney } from "@weft/ui/i18n/format.ts";
import { useState } from "react";
import { api } from "../api.ts";
import { fullName, inLanguage, priceText } from "../common/text.ts";
import { PAGE_GROUPS } from "../frame/pages.ts";
import { useMay } from "../session/session.ts";
import { useSettledText } from "../common/use-settled-text.ts";
import { t } from "../t.ts";

const SHOWN_OF_EACH = 5;

const customersLike = (query: string) =>
  queryOptions({
    queryKey: ["find", "customers", query],
    queryFn: ({ signal }) => api.ask("customers.find", { query: { query, limit: SHOWN_OF_EACH }, signal }),
    placeholderData: keepPreviousData,
  });

const companiesLike = (query: string) =>
  queryOptions({
    queryKey: ["find", "companies", query],
    queryFn: ({ signal }) => api.ask("companies.list", { query: { query, limit: SHOWN_OF_EACH }, signal }),
    placeholderData: keepPreviousData,
  });

const ordersLike = (query: string) =>
  queryOptions({
    queryKey: ["find", "orders", query],
    queryFn: ({ signal }) => api.ask("orders.list", { query: { query, limit: SHOWN_OF_EACH }, signal }),
    placeholderData: keepPreviousData,
  });

const productsLike = (query: string) =>
  queryOptions({
    queryKey: ["find", "products", query],
    queryFn: ({ signal }) => api.ask("products.list", { query: { query, limit: SHOWN_OF_EACH }, signal }),
    placeholderData: keepPreviousData,
  });

/** Ctrl-K: from any page to any customer, order, product or place of the office. */
export function FindAnything() {
  const [query, setQuery] = useState("");
  const settled = useSettledText(query);
  return (
    <Spotlight.Root query={query} onQueryChange={setQuery} tagsToIgnore={[]} scrollable maxHeight="70dvh" size="lg">
      <Spotlight.Search placeholder={t("office.find.placeholder")} leftSection={<IconSearch size={18} stroke={1.75} aria-hidden />} />
      <Spotlight.ActionsList>
        <Pages query={settled} />
        {settled === "" ? null : (
          <>
            <Customers query={settled} />
            <Companies query={settled} />
            <Orders query={settled} />
            <Products query={settled} />
            <Nothing query={settled} />
          </>
        )}
      </Spotlight.ActionsList>
      <Spotlight.Footer>{t("office.find.hint")}</Spotlight.Footer>
    </Spotlight.Root>
  );
}

function Customers({ query }: { readonly query: string }) {
  const may = useMay();
  const router = useRouter();
  const found = useQuery({ ...customersLike(query), enabled: may("customers.find") });
  if (!found.data || found.data.items.length === 0) return null;
  return (
    <Spotlight.ActionsGroup label={t("office.nav.customers")}>
      {found.data.items.map((customer) => (
        <Spotlight.Action
          key={customer.id}
          label={fullName(customer) || t("office.customer.unnamed")}
          description={[customer.email, customer.phone && formatPhone(customer.phone), customer.cardNumber].filter(Boolean).join(" · ")}
          leftSection={<IconUser size={18} stroke={1.75} aria-hidden />}
          onClick={() => void router.navigate({ to: "/customers/$id", params: { id: customer.id } })}
        />
      ))}
    </Spotlight.ActionsGroup>
  );
}

function Companies({ query }: { readonly query: string }) {
  const may = useMay();
  const router = useRouter();
  const found = useQuery({ ...companiesLike(query), enabled: may("companies.list") });
  if (!found.data || found.data.items.length === 0) return null;
  return (
    <Spotlight.ActionsGroup label={t("office.nav.companies")}>
      {found.data.items.map(({ id, name, vatNumber, address, state }) => (
        <Spotlight.Action
          key={id}
          label={name}
          description={[vatNumber, address?.city, state === "active" ? null : t(`office.companies.state.${state}`)]
            .filter(Boolean)
            .join(" · ")}
          leftSection={<IconBuilding size={18} stroke={1.75} aria-hidden />}
          onClick={() => void router.navigate({ to: "/companies/$id", params: { id } })}
        />
      ))}
    </Spotlight.ActionsGroup>
  );
}

function Orders({ query }: { readonly query: string }) {
  const may = useMay();
  const router = useRouter();
  const found = useQuery({ ...ordersLike(query), enabled: may("orders.list") });
  if (!found.data || found.data.items.length === 0) return null;
  return (
    <Spotlight.ActionsGroup label={t("office.nav.orders")}>
      {found.data.items.map((order) => (
        <Spotlight.Action
          key={order.id}
          label={[order.number, order.customerName].filter(Boolean).join(" · ")}
          description={[formatDateTime(order.placedAt), order.placeName, formatMoney(order.total)].filter(Boolean).join(" · ")}
          leftSection={<IconReceipt size={18} stroke={1.75} aria-hidden />}
          onClick={() => void router.navigate({ to: "/orders", search: { open: order.id } })}
        />
      ))}
    </Spotlight.ActionsGroup>
  );
}

function Products({ query }: { readonly query: string }) {
  const router = useRouter();
  const found = useQuery(productsLike(query));
  if (!found.data || found.data.items.length === 0) return null;
  return (
    <Spotlight.ActionsGroup label={t("office.find.products")}>
      {found.data.items.map((product) => (
        <Spotlight.Action
          key={product.id}
          label={inLanguage(product.name)}
          description={[product.defaultSku, product.price && priceText(product.price)].filter(Boolean).join(" · ")}
          leftSection={<IconPackage size={18} stroke={1.75} aria-hidden />}
          onClick={() => void router.navigate({ to: "/catalog", search: { open: product.id } })}
        />
      ))}
    </Spotlight.ActionsGroup>
  );
}

/** Said once everybody who was asked has answered: an empty list looks as if one had to wait. */
function Nothing({ query }: { readonly query: string }) {
  const may = useMay();
  const customers = useQuery({ ...customersLike(query), enabled: may("customers.find") });
  const companies = useQuery({ ...companiesLike(query), enabled: may("companies.list") });
  const orders = useQuery({ ...ordersLike(query), enabled: may("orders.list") });
  const products = useQuery(productsLike(query));
  const asked = [customers, companies, orders, products].filter(({ isEnabled }) => isEnabled);
  const isNothing =
    pagesLike(query, may).length === 0 && asked.every(({ data, isPlaceholderData }) => !isPlaceholderData && data?.items.length === 0);
  return isNothing ? <Spotlight.Empty role="status">{t("office.find.none", { query })}</Spotlight.Empty> : null;
}

function pagesLike(query: string, may: ReturnType<typeof useMay>) {
  const wanted = query.toLocaleLowerCase();
  return PAGE_GROUPS.flatMap((group) => group.pages.map((page) => ({ ...page, label: t(`office.nav.${page.key}`) }))).filter(
    (page) => may(page.needs) && page.label.toLocaleLowerCase().includes(wanted),
  );
}

function Pages({ query }: { readonly query: string }) {
  const may = useMay();
  const router = useRouter();
  const pages = pagesLike(query, may);
  if (pages.length === 0) return null;
  return (
    <Spotlight.ActionsGroup label={t("office.find.pages")}>
      {pages.map(({ key, to, icon: Icon, label }) => (
        <Spotlight.Action
          key={key}
          label={label}
          leftSection={<Icon size={18} stroke={1.75} aria-hidden />}
          onClick={() => void router.navigate({ to })}
        />
      ))}
    </Spotlight.ActionsGroup>
  );
}
