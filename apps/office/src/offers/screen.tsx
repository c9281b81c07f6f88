import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { OFFER_KINDS, OFFER_STATES, type OfferView } from "@weft/contracts/client";
import { formatDateTime, formatMoney } from "@weft/ui/i18n/format.ts";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import type { ReactElement } from "react";
import { PagedTable, type Column } from "../common/data-table.tsx";
import { FilterChoice } from "../common/filter-choice.tsx";
import { offersRoute } from "../routes.tsx";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { NewCartBeside } from "./new-cart.tsx";
import { offersQuery } from "./queries.ts";
import { OfferState } from "./state-badge.tsx";

/** Carts that staff made for customers: payment links and quotes, with what became of each. */
export function OffersScreen(): ReactElement {
  const { open, customer, state, kind } = offersRoute.useSearch();
  const navigate = offersRoute.useNavigate();
  const may = useMay();
  const offers = useInfiniteQuery(offersQuery({ state, kind }));
  const filters = { ...(state && { state }), ...(kind && { kind }) };
  return (
    <Page
      title={t("office.nav.offers")}
      actions={
        <>
          <FilterChoice
            label={t("office.orders.state")}
            value={state}
            options={OFFER_STATES.map((value) => ({ value, label: t(`office.offer.state.${value}`) }))}
            onChange={(next) => void navigate({ search: { ...filters, state: next }, replace: true })}
          />
          <FilterChoice
            label={t("office.offer.kind")}
            value={kind}
            options={OFFER_KINDS.map((value) => ({ value, label: t(`office.offer.kind.${value}`) }))}
            onChange={(next) => void navigate({ search: { ...filters, kind: next }, replace: true })}
          />
          {may("carts.openForCustomer") ? (
            <Button size="xs" onClick={() => void navigate({ search: { ...filters, open: "new" } })}>
              {t("office.offer.new_cart")}
            </Button>
          ) : null}
        </>
      }
      beside={
        open === "new" ? <NewCartBeside customerId={customer} onClose={() => void navigate({ search: filters, replace: true })} /> : null
      }
    >
      <PagedTable
        query={offers}
        label={t("office.nav.offers")}
        columns={columns()}
        rowKey={({ id }) => id}
        linkOf={({ cartId }) => ({ to: "/offers/$id", params: { id: cartId } })}
        empty={{ title: t("office.offer.none"), text: t("office.offer.none_text") }}
      />
    </Page>
  );
}

/** Who it is for, as far as somebody is known. */
export const forWhom = ({ customer, companyName }: OfferView): string =>
  [companyName, customer && (customer.givenName ?? t("office.customer.unnamed"))].filter(Boolean).join(" · ") || t("office.offer.nobody");

function columns(): Column<OfferView>[] {
  return [
    { key: "number", label: t("office.offer.number"), cell: ({ number }) => number, text: ({ number }) => number },
    {
      key: "kind",
      label: t("office.offer.kind"),
      isMinor: "on a phone",
      cell: ({ kind }) => t(`office.offer.kind.${kind}`),
      text: ({ kind }) => kind,
    },
    { key: "for", label: t("office.offer.for"), cell: forWhom, text: forWhom },
    { key: "state", label: t("office.orders.state"), cell: ({ state }) => <OfferState state={state} />, text: ({ state }) => state },
    {
      key: "total",
      label: t("office.offer.total"),
      align: "end",
      cell: ({ total }) => formatMoney(total),
      text: ({ total }) => total.amount,
    },
    {
      key: "until",
      label: t("office.offer.valid_until"),
      isMinor: "on a phone",
      cell: ({ validUntil }) => formatDateTime(validUntil),
      text: ({ validUntil }) => validUntil,
    },
    {
      key: "staff",
      label: t("office.offer.made_by"),
      isMinor: true,
      cell: ({ staffName }) => staffName,
      text: ({ staffName }) => staffName,
    },
  ];
}
