import IconCurrentLocation from "@tabler/icons-react/dist/esm/icons/IconCurrentLocation.mjs";
import { useQuery } from "@tanstack/react-query";
import { formatDistance } from "@weft/ui/i18n/format.ts";
import type { StoreView as Store } from "@weft/contracts/client";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { Button } from "@weft/ui/shop/button.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Sheet } from "@weft/ui/shop/sheet.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { useDeferredValue, useState } from "react";
import { t } from "../t.ts";
import { useNow } from "../use-now.ts";
import { openText, openTone } from "./open-text.ts";
import { chooseStore, storesQuery, useStore } from "./stores.ts";
import { usePosition } from "./use-position.ts";
import styles from "./store-picker.module.css";

/** Chooses the store to buy at, by name, city, or how near it is. */
export function StorePicker({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  return (
    <Sheet open={open} onClose={onClose} title={t("shop.store.choose")}>
      <PickerBody onClose={onClose} />
    </Sheet>
  );
}

function PickerBody({ onClose }: { readonly onClose: () => void }) {
  const [text, setText] = useState("");
  const query = useDeferredValue(text.trim());
  const { position, state, ask } = usePosition();
  const stores = useQuery(storesQuery({ near: position, query }));
  return (
    <div className={styles.picker}>
      <Field label={t("shop.stores.search")} type="search" maxLength={100} value={text} onChange={({ target }) => setText(target.value)} />
      <Button busy={state === "asking"} onClick={ask}>
        <IconCurrentLocation size={20} stroke={1.75} aria-hidden />
        {t("shop.stores.near_me")}
      </Button>
      {state === "refused" ? <p role="status">{t("shop.stores.no_position")}</p> : null}
      {stores.error && !stores.data ? <ProblemNote error={stores.error} onRetry={stores.refetch} /> : null}
      {stores.isPending ? <Skeleton height="12rem" /> : null}
      {stores.data?.length === 0 ? <p role="status">{t("shop.stores.none")}</p> : null}
      <StoreChoices stores={stores.data ?? []} onClose={onClose} />
    </div>
  );
}

function StoreChoices({ stores, onClose }: { readonly stores: readonly Store[]; readonly onClose: () => void }) {
  const now = useNow();
  const { store: chosen } = useStore();
  return (
    <ul className={styles.stores}>
      {stores.map((store) => (
        <li key={store.id}>
          <button
            type="button"
            aria-pressed={store.id === chosen?.id}
            onClick={() => {
              chooseStore(store.id);
              onClose();
            }}
          >
            <span>
              <strong>{store.name}</strong>
              <span>
                {store.address.line1}, {store.address.city}
                {store.distanceMeters === null ? null : ` · ${formatDistance(store.distanceMeters)}`}
              </span>
            </span>
            <Badge tone={openTone(store)}>{openText(store, now)}</Badge>
          </button>
        </li>
      ))}
    </ul>
  );
}
