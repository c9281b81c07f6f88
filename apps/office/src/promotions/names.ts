import { useQuery } from "@tanstack/react-query";
import { categoriesQuery } from "../catalog/categories.ts";
import { placesQuery } from "../common/places.ts";
import { inLanguage } from "../common/text.ts";
import { t } from "../t.ts";
import { useTierGroups } from "./customer-groups.ts";
import { channelsQuery, goodsQuery } from "./queries.ts";
import type { NameOf } from "./summary.ts";

/** What a promotion or a price list names by id, by its name; an id that nobody knows is left as it is. */
export function useNames(): NameOf {
  const categories = useQuery(categoriesQuery).data?.items ?? [];
  const goods = useQuery(goodsQuery).data ?? [];
  const places = useQuery(placesQuery).data;
  const channels = useQuery(channelsQuery).data?.channels ?? [];
  const names = new Map([
    ...useTierGroups(),
    ...[...categories, ...goods].map(({ id, name }): [string, string] => [id, inLanguage(name)]),
    ...[...(places?.places ?? []), ...(places?.groups ?? []), ...channels].map(({ id, name }): [string, string] => [id, name]),
  ]);
  return (id) => names.get(id) ?? id;
}

/** Categories and products to choose from, as a select with groups takes them. */
export function useGoodsOptions() {
  const categories = useQuery(categoriesQuery).data?.items ?? [];
  const goods = useQuery(goodsQuery).data ?? [];
  return [
    { group: t("office.promotions.categories"), items: categories.map(({ id, name }) => ({ value: `c:${id}`, label: inLanguage(name) })) },
    { group: t("office.promotions.products"), items: goods.map(({ id, name }) => ({ value: `p:${id}`, label: inLanguage(name) })) },
  ];
}

/** Channels to choose from. */
export function useChannelOptions(): { value: string; label: string }[] {
  return (useQuery(channelsQuery).data?.channels ?? []).map(({ id, name }) => ({ value: id, label: name }));
}
