import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { PlaceGroupView, PlaceTreeView, PlaceView } from "@weft/contracts/client";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Button } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { TableSkeleton } from "../common/data-table.tsx";
import { placesQuery } from "../common/places.ts";
import { storesRoute } from "../routes.tsx";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { GroupBeside } from "./group-beside.tsx";
import { NewGroupDialog } from "./new-group-dialog.tsx";
import { NewPlaceDialog } from "./new-place-dialog.tsx";
import { OpenBadge } from "./open-badge.tsx";
import { PlaceBeside } from "./place-beside.tsx";
import styles from "./stores.module.css";

/** Groups, stores and warehouses as a tree, each with what it sets itself. */
export function StoresScreen(): ReactElement {
  const places = useQuery(placesQuery);
  const { open } = storesRoute.useSearch();
  const navigate = storesRoute.useNavigate();
  const may = useMay();
  const [adding, setAdding] = useState<"place" | "group" | null>(null);
  const close = (): void => void navigate({ search: {}, replace: true });
  const tree = places.data;
  const group = tree?.groups.find(({ id }) => id === open);
  const place = tree?.places.find(({ id }) => id === open);
  return (
    <Page
      title={t("office.nav.stores")}
      actions={
        may("places.create") && places.data ? (
          <>
            <Button variant="default" onClick={() => setAdding("group")}>
              {t("office.stores.add_group")}
            </Button>
            <Button onClick={() => setAdding("place")}>{t("office.stores.add_place")}</Button>
          </>
        ) : null
      }
      beside={
        tree && place ? (
          <PlaceBeside key={place.id} place={place} tree={tree} onClose={close} />
        ) : tree && group ? (
          <GroupBeside key={group.id} group={group} tree={tree} onClose={close} />
        ) : null
      }
    >
      {places.isPending ? (
        <TableSkeleton />
      ) : places.isError ? (
        <ProblemNote error={places.error} onRetry={places.refetch} />
      ) : (
        <>
          <div className={styles.tree}>
            <Branch tree={places.data} parentId={null} />
          </div>
          <NewPlaceDialog tree={places.data} isOpen={adding === "place"} onClose={() => setAdding(null)} />
          <NewGroupDialog tree={places.data} isOpen={adding === "group"} onClose={() => setAdding(null)} />
        </>
      )}
    </Page>
  );
}

function Branch({ tree, parentId }: { readonly tree: PlaceTreeView; readonly parentId: string | null }) {
  const groups = tree.groups.filter((group) => group.parentId === parentId).sort(byName);
  const places = tree.places.filter((place) => place.groupId === parentId).sort(byName);
  return (
    <ul>
      {groups.map((group) => (
        <li key={group.id}>
          <GroupRow group={group} />
          <Branch tree={tree} parentId={group.id} />
        </li>
      ))}
      {places.map((place) => (
        <li key={place.id}>
          <PlaceRow place={place} entity={tree.entities.find(({ id }) => id === place.entityId)?.name} />
        </li>
      ))}
    </ul>
  );
}

function GroupRow({ group }: { readonly group: PlaceGroupView }) {
  const { open } = storesRoute.useSearch();
  const own = Object.keys(group.settings).length;
  return (
    <Link to="/stores" search={{ open: group.id }} className={styles.group} data-open={open === group.id || undefined}>
      <strong>{group.name}</strong>
      {own === 0 ? null : <small>{t("office.stores.own_settings", { count: own })}</small>}
    </Link>
  );
}

function PlaceRow({ place, entity }: { readonly place: PlaceView; readonly entity: string | undefined }) {
  const { open } = storesRoute.useSearch();
  const own = place.settings.filter(({ from }) => from === "place").length;
  return (
    <Link to="/stores" search={{ open: place.id }} className={styles.place} data-open={open === place.id || undefined}>
      <span>{place.name}</span>
      <small>
        {place.address.city} · {entity}
        {own === 0 ? null : ` · ${t("office.stores.own_settings", { count: own })}`}
      </small>
      {place.status === "closed" ? (
        <Badge>{t("office.stores.closed_down")}</Badge>
      ) : place.kind === "store" ? (
        <OpenBadge open={place.open} timeZone={place.timeZone} />
      ) : (
        <Badge>{t(`office.stores.kind.${place.kind}`)}</Badge>
      )}
    </Link>
  );
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name.localeCompare(b.name);
}
