import { useQuery } from "@tanstack/react-query";
import type { WishOfferView } from "@weft/contracts/client";
import { formatNumber, formatTime } from "@weft/ui/i18n/format.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import type { ReactElement } from "react";
import { api } from "../api.ts";
import { DataTable, type Column } from "../common/data-table.tsx";
import { inLanguage } from "../common/text.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";

/** For whom goods that are back are held now, and until when; nothing while there are none. */
export function Offers({ placeId }: { readonly placeId: string | undefined }): ReactElement | null {
  const mayRead = useMay()("wishes.offers");
  const offers = useQuery({
    queryKey: ["wish-offers", placeId ?? "all"],
    queryFn: ({ signal }) => api.ask("wishes.offers", { query: placeId === undefined ? {} : { storeId: placeId }, signal }),
    enabled: mayRead,
    refetchInterval: 15_000,
  });
  if (offers.isError) return <ProblemNote error={offers.error} onRetry={offers.refetch} />;
  const items = offers.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Section title={t("office.wish.offers")}>
      <DataTable
        label={t("office.wish.offers")}
        columns={columns()}
        rows={items}
        rowKey={({ wishId }) => wishId}
        linkOf={({ customerId }) => ({ to: "/customers/$id", params: { id: customerId } })}
      />
    </Section>
  );
}

function columns(): Column<WishOfferView>[] {
  const nameOf = ({ customerName }: WishOfferView): string => customerName ?? t("office.wish.offer.nameless");
  return [
    { key: "customer", label: t("office.wish.offer.customer"), cell: nameOf, text: nameOf },
    { key: "goods", label: t("office.wish.goods"), cell: ({ goods }) => inLanguage(goods.name), text: ({ goods }) => goods.sku },
    {
      key: "place",
      label: t("office.wish.offer.place"),
      isMinor: true,
      cell: ({ placeName }) => placeName,
      text: ({ placeName }) => placeName,
    },
    { key: "until", label: t("office.wish.offer.until"), cell: ({ until }) => formatTime(until), text: ({ until }) => until },
    {
      key: "waiting",
      label: t("office.wish.offer.waiting"),
      align: "end",
      cell: ({ waiting }) => formatNumber(waiting),
      text: ({ waiting }) => waiting,
    },
  ];
}
