import { Group } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { GIFT_CARD_STATES, type ListedGiftCardView } from "@weft/contracts/client";
import { formatDate, formatDateTime, formatMoney } from "@weft/ui/i18n/format.ts";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import type { ReactElement } from "react";
import { PagedTable, type Column } from "../common/data-table.tsx";
import { FilterChoice } from "../common/filter-choice.tsx";
import { FilterText } from "../common/filter-text.tsx";
import { giftCardsRoute } from "../routes.tsx";
import type { readGiftCardsSearch } from "../searches.ts";
import { t } from "../t.ts";
import { GiftCardBeside } from "./gift-card-beside.tsx";
import { giftCardsQuery, lastDay } from "./queries.ts";
import { StateBadge } from "./state-badge.tsx";

type Search = ReturnType<typeof readGiftCardsSearch>;

/** The gift cards that were sold, found by the end of their code: what is left on each, and what to do when one is lost. */
export function GiftCardsScreen(): ReactElement {
  const { query, state, open } = giftCardsRoute.useSearch();
  const navigate = giftCardsRoute.useNavigate();
  const cards = useInfiniteQuery(giftCardsQuery({ query, state }));
  return (
    <Page
      title={t("office.nav.gift_cards")}
      actions={
        <Group gap="xs">
          <FilterText
            label={t("office.gift_card.find")}
            value={query}
            isMain
            onChange={(next) => void navigate({ search: (now: Search) => ({ ...now, query: next }), replace: true })}
          />
          <FilterChoice
            label={t("office.orders.state")}
            value={state}
            options={GIFT_CARD_STATES.map((value) => ({ value, label: t(`office.gift_card.state.${value}`) }))}
            onChange={(next) => void navigate({ search: (now: Search) => ({ ...now, state: next }), replace: true })}
          />
        </Group>
      }
      beside={
        open === undefined ? null : (
          <GiftCardBeside
            key={open}
            id={open}
            onClose={() => void navigate({ search: (now: Search) => ({ ...now, open: undefined }), replace: true })}
          />
        )
      }
    >
      <PagedTable
        query={cards}
        label={t("office.nav.gift_cards")}
        columns={columns()}
        rowKey={({ cardId }) => cardId}
        linkOf={({ cardId }) => ({ to: "/gift-cards", search: { query, state, open: cardId } })}
        openKey={open}
        empty={{ title: t("office.gift_card.none"), text: t("office.gift_card.none_text") }}
        people={null}
      />
    </Page>
  );
}

function columns(): Column<ListedGiftCardView>[] {
  return [
    { key: "code", label: t("office.gift_card.code"), cell: ({ last4 }) => `…${last4}`, text: ({ last4 }) => last4 },
    {
      key: "left",
      label: t("office.gift_card.left"),
      align: "end",
      cell: ({ left }) => formatMoney(left),
      text: ({ left }) => formatMoney(left),
    },
    {
      key: "amount",
      label: t("office.gift_card.amount"),
      align: "end",
      isMinor: true,
      cell: ({ amount }) => formatMoney(amount),
      text: ({ amount }) => formatMoney(amount),
    },
    { key: "state", label: t("office.orders.state"), cell: ({ state }) => <StateBadge state={state} />, text: ({ state }) => state },
    {
      key: "place",
      label: t("office.gift_card.sold_at"),
      isMinor: true,
      cell: ({ placeName }) => placeName ?? "",
      text: ({ placeName }) => placeName ?? "",
    },
    {
      key: "until",
      label: t("office.gift_card.until"),
      isMinor: true,
      cell: ({ expiresAt }) => (expiresAt === null ? "" : formatDate(lastDay(expiresAt))),
      text: ({ expiresAt }) => (expiresAt === null ? "" : lastDay(expiresAt).toISOString().slice(0, 10)),
    },
    {
      key: "at",
      label: t("office.gift_card.sold"),
      isMinor: "on a phone",
      cell: ({ issuedAt }) => formatDateTime(issuedAt),
      text: ({ issuedAt }) => issuedAt,
    },
  ];
}
