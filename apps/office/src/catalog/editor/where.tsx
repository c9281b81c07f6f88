import { Checkbox, Switch } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { CatalogEntryView, ProductDraftView } from "@weft/contracts/client";
import { api } from "../../api.ts";
import { useAct } from "../../common/act.ts";
import form from "../../common/form.module.css";
import { useOwnPlaceOptions } from "../../common/places.ts";
import { channelsQuery } from "../../import/queries.ts";
import { t } from "../../t.ts";
import styles from "./editor.module.css";
import { entryQuery } from "./queries.ts";

type Props = {
  readonly entry: CatalogEntryView | null;
  readonly draft: ProductDraftView;
  readonly onChange: (change: Partial<ProductDraftView>) => void;
};

/** Which stores and channels sell it: all, but for those that do not. Stores are switched at once, the rest is saved with the product. */
export function WherePart({ entry, draft, onChange }: Props) {
  const channels = useQuery(channelsQuery).data?.channels ?? [];
  const selling = channels.filter(({ kind }) => kind === "web" || kind === "app" || kind === "store");
  const sells = (id: string): boolean => !draft.notOnChannelIds.includes(id);
  return (
    <>
      <fieldset className={styles.group}>
        <legend>{t("office.catalog.on_channels")}</legend>
        <div className={styles.places}>
          {selling.map(({ id, name }) => (
            <Checkbox
              key={id}
              size="xs"
              label={name}
              checked={sells(id)}
              onChange={() =>
                onChange({
                  notOnChannelIds: sells(id) ? [...draft.notOnChannelIds, id] : draft.notOnChannelIds.filter((one) => one !== id),
                })
              }
            />
          ))}
        </div>
      </fieldset>
      <Switch
        size="xs"
        label={t("office.catalog.sold_everywhere")}
        checked={draft.soldEverywhere}
        onChange={({ currentTarget }) => onChange({ soldEverywhere: currentTarget.checked })}
      />
      {entry === null ? <p className={form.quiet}>{t("office.catalog.places_later")}</p> : <Stores entry={entry} />}
    </>
  );
}

/** Where a store differs; each switch is done when it is pressed. */
function Stores({ entry }: { readonly entry: CatalogEntryView }) {
  const queries = useQueryClient();
  const places = useOwnPlaceOptions();
  const set = useAct(
    ({ placeId, isSold }: { placeId: string; isSold: boolean }) =>
      api.ask("catalog.setAssortment", { params: { placeId }, body: isSold ? { add: [entry.id] } : { remove: [entry.id] } }),
    [["catalog"]],
    (_queries, _answer, { placeId, isSold }) =>
      queries.setQueryData(entryQuery(entry.id).queryKey, (seen) => seen && { ...seen, places: placesWith(seen, placeId, isSold) }),
  );
  const isSoldAt = (placeId: string): boolean =>
    entry.places.find((one) => one.placeId === placeId)?.included ?? entry.product.soldEverywhere;
  return (
    <fieldset className={styles.group}>
      <legend>{t("office.catalog.at_stores")}</legend>
      <div className={styles.places}>
        {places.map(({ value, label }) => (
          <Checkbox
            key={value}
            size="xs"
            label={label}
            checked={set.isPending && set.variables.placeId === value ? set.variables.isSold : isSoldAt(value)}
            onChange={({ currentTarget }) => set.mutate({ placeId: value, isSold: currentTarget.checked })}
          />
        ))}
      </div>
    </fieldset>
  );
}

function placesWith(entry: CatalogEntryView, placeId: string, isSold: boolean): CatalogEntryView["places"] {
  const others = entry.places.filter((one) => one.placeId !== placeId);
  return isSold === entry.product.soldEverywhere ? others : [...others, { placeId, included: isSold }];
}
