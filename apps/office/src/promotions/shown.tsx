import { NativeSelect } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { promotionLine } from "@weft/ui/app/shown-promotion.ts";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { Beside } from "../common/beside.tsx";
import form from "../common/form.module.css";
import { usePlaceOptions } from "../common/places.ts";
import { inLanguage } from "../common/text.ts";
import { t } from "../t.ts";
import { useChannelOptions } from "./names.ts";
import { PROMOTIONS_KEY } from "./queries.ts";

/** What customers are told of promotions now, in the words that they read, by channel and store. */
export function ShownPromotions({ onClose }: { readonly onClose: () => void }) {
  const channels = useChannelOptions();
  const places = usePlaceOptions();
  const [chosen, setChannel] = useState("");
  const [storeId, setStore] = useState("");
  const channelId = chosen || channels[0]?.value;
  const shown = useQuery({
    queryKey: [...PROMOTIONS_KEY, "shown", channelId, storeId],
    enabled: channelId !== undefined,
    queryFn: ({ signal }) =>
      api.ask("promotions.shown", { query: { ...(channelId && { channelId }), ...(storeId && { storeId }) }, signal }),
    placeholderData: keepPreviousData,
    // A happy hour begins while somebody looks.
    refetchInterval: 60_000,
  });
  return (
    <Beside title={t("office.promotions.shown")} onClose={onClose}>
      <div className={form.form}>
        <p className={form.quiet}>{t("office.promotions.shown_text")}</p>
        <NativeSelect
          label={t("office.promotions.channel")}
          value={channelId ?? ""}
          data={channels}
          onChange={({ currentTarget }) => setChannel(currentTarget.value)}
        />
        <NativeSelect
          label={t("office.orders.place")}
          value={storeId}
          data={[{ value: "", label: t("office.promotions.no_store") }, ...places]}
          onChange={({ currentTarget }) => setStore(currentTarget.value)}
        />
        {shown.isError ? (
          <ProblemNote error={shown.error} onRetry={shown.refetch} />
        ) : shown.isPending ? (
          <ScreenSkeleton />
        ) : shown.data.items.length === 0 ? (
          <EmptyState title={t("office.promotions.shown_none")} />
        ) : (
          <ul className={form.rows} aria-live="polite">
            {shown.data.items.map((promotion) => (
              <li key={promotion.id} className={form.stacked}>
                <strong>{inLanguage(promotion.name)}</strong>
                <span>{promotionLine(promotion)}</span>
                {promotion.goods.length > 0 ? <small>{promotion.goods.map(inLanguage).join(", ")}</small> : null}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Beside>
  );
}
