import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { CompanyPageView } from "@weft/contracts/client";
import { formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { useState, type ReactElement } from "react";
import { Button } from "@mantine/core";
import { CompanyForm } from "../companies/form.tsx";
import { companyOrdersQuery, companyQuery } from "../companies/queries.ts";
import { PagedTable } from "../common/data-table.tsx";
import { Fact, Facts } from "../common/facts.tsx";
import { countryName } from "../common/text.ts";
import customer from "../customer/customer.module.css";
import { channelsQuery } from "../import/queries.ts";
import { orderColumns } from "../orders/columns.tsx";
import { companyRoute } from "../routes.tsx";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import styles from "./company.module.css";
import { Account } from "./account.tsx";
import { CompanyHead } from "./head.tsx";
import { People } from "./people.tsx";

/** One company: what its documents say, what it is given, who orders for it and what they ordered. */
export function CompanyScreen(): ReactElement {
  const { id } = companyRoute.useParams();
  const company = useQuery(companyQuery(id));
  if (company.isPending) return <ScreenSkeleton />;
  if (company.isError) return <ProblemNote error={company.error} onRetry={company.refetch} />;
  const { data } = company;
  return (
    <div className={customer.page}>
      <CompanyHead company={data} />
      <div className={customer.main}>
        <People company={data} />
        <Account company={data} />
        <Orders companyId={id} />
      </div>
      <div className={customer.side}>
        <Details company={data} />
      </div>
    </div>
  );
}

function Details({ company }: { readonly company: CompanyPageView }) {
  const [isEdited, setEdited] = useState(false);
  const may = useMay();
  const mayEdit = may("companies.update") && company.state === "active";
  return (
    <Section
      title={t("office.company.details")}
      actions={
        mayEdit && !isEdited ? (
          <Button size="compact-sm" variant="default" onClick={() => setEdited(true)}>
            {t("office.company.edit")}
          </Button>
        ) : null
      }
    >
      {isEdited ? <CompanyForm company={company} onDone={() => setEdited(false)} /> : <CompanyFacts company={company} />}
    </Section>
  );
}

function CompanyFacts({ company }: { readonly company: CompanyPageView }) {
  const { vatNumber, country, address, priceGroup, orderLimit, monthLimit, used, names } = company;
  const channels = useQuery(channelsQuery).data?.channels ?? [];
  const nameOf = (channelId: string): string => channels.find(({ id }) => id === channelId)?.name ?? "";
  return (
    <>
      <Facts>
        <Fact label={t("office.company.vat")}>{vatNumber === null ? null : <code>{vatNumber}</code>}</Fact>
        <Fact label={t("office.company.country")}>{countryName(country)}</Fact>
        <Fact label={t("office.company.address")}>
          {address ? [address.line1, address.line2, `${address.postcode} ${address.city}`].filter(Boolean).join(", ") : null}
        </Fact>
        <Fact label={t("office.company.price_group")}>{priceGroup ?? t("office.company.own_prices")}</Fact>
        <Fact label={t("office.company.order_limit")}>{orderLimit ? formatMoney(orderLimit) : t("office.company.no_limit")}</Fact>
        <Fact label={t("office.company.month_limit")}>{monthLimit ? formatMoney(monthLimit) : t("office.company.no_limit")}</Fact>
        <Fact label={t("office.company.names")}>
          {names.length === 0 ? null : (
            <ul>
              {names.map(({ channelId, externalId }) => (
                <li key={`${channelId} ${externalId}`}>
                  {nameOf(channelId)} <code>{externalId}</code>
                </li>
              ))}
            </ul>
          )}
        </Fact>
      </Facts>
      {used ? <Used used={used} limit={monthLimit} /> : null}
    </>
  );
}

type Amount = NonNullable<CompanyPageView["used"]>;

/** How much of the month's limit is gone, as a bar and in figures. */
function Used({ used, limit }: { readonly used: Amount; readonly limit: Amount | null }) {
  const said = limit ? t("office.company.used_of", { used: formatMoney(used), limit: formatMoney(limit) }) : formatMoney(used);
  return (
    <div className={styles.used}>
      <span id="company-used">{t("office.company.used")}</span>
      <strong>{said}</strong>
      {limit ? (
        <meter
          aria-labelledby="company-used"
          min={0}
          max={Math.max(limit.amount, 1)}
          high={limit.amount * 0.9}
          value={Math.min(used.amount, limit.amount)}
          title={formatNumber(limit.amount === 0 ? 1 : used.amount / limit.amount, { style: "percent" })}
        />
      ) : null}
    </div>
  );
}

function Orders({ companyId }: { readonly companyId: string }) {
  const orders = useInfiniteQuery(companyOrdersQuery(companyId));
  return (
    <Section title={t("office.nav.orders")}>
      <PagedTable
        query={orders}
        label={t("office.nav.orders")}
        people={{ list: "orders" }}
        columns={orderColumns()}
        rowKey={({ id }) => id}
        linkOf={({ id }) => ({ to: "/orders", search: { open: id } })}
        empty={{ title: t("office.company.no_orders") }}
      />
    </Section>
  );
}
