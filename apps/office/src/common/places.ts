import { queryOptions, useQuery, type QueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { PlaceGroupView, PlaceTreeView, PlaceView } from "@weft/contracts/client";
import { api } from "../api.ts";
import { useStaff } from "../session/session.ts";
import { currenciesBelow } from "./currencies.ts";

/** Legal entities, groups and places with their settings. */
export const placesQuery = queryOptions({
  queryKey: ["places"],
  queryFn: ({ signal }) => api.ask("places.tree", { signal }),
  staleTime: 300_000,
});

/** Places by name, as a filter offers them. */
export function usePlaceOptions(): { value: string; label: string }[] {
  return (useQuery(placesQuery).data?.places ?? [])
    .map(({ id, name }) => ({ value: id, label: name }))
    .sort((a, b) => a.label.localeCompare(b.label));
}

/** The places that the reader works at, for what is done there: of all others the hub answers nothing. */
export function useOwnPlaceOptions(): { value: string; label: string }[] {
  const staff = useStaff();
  const places = usePlaceOptions();
  if (!staff || staff.placeIds.length === 0) return places;
  return places.filter(({ value }) => staff.placeIds.includes(value));
}

const LAST_PLACE = "weft.office.place";

/** The place that other pages about one place begin with, until the browser is closed. */
export function rememberPlace(id: string): void {
  sessionStorage.setItem(LAST_PLACE, id);
}

/** What a page about one place shows: the one that its address names, else the one that was looked at last, else the first. */
export function usePlaceOf(asked: string | undefined, places: readonly { readonly value: string }[]): string | undefined {
  useEffect(() => {
    if (asked !== undefined) rememberPlace(asked);
  }, [asked]);
  if (asked !== undefined) return asked;
  const last = sessionStorage.getItem(LAST_PLACE);
  return places.find(({ value }) => value === last)?.value ?? places[0]?.value;
}

/** A place by its id; undefined while it is asked, or when there is none. */
export function usePlace(id: string | undefined): PlaceView | undefined {
  return useQuery(placesQuery).data?.places.find((place) => place.id === id);
}

/** The currencies of all legal entities, for what is said once for the whole chain. */
export function useCurrencies(): readonly string[] {
  const tree = useQuery(placesQuery).data;
  return tree ? currenciesBelow(tree, null) : [];
}

/** Writes a place as a command answered it into the tree. */
export function keepPlace(queries: QueryClient, place: PlaceView): void {
  queries.setQueryData<PlaceTreeView>(
    placesQuery.queryKey,
    (tree) => tree && { ...tree, places: tree.places.map((own) => (own.id === place.id ? place : own)) },
  );
}

/** Writes a group as a command answered it into the tree; what places inherit from it is asked again. */
export function keepGroup(queries: QueryClient, group: PlaceGroupView): void {
  queries.setQueryData<PlaceTreeView>(
    placesQuery.queryKey,
    (tree) => tree && { ...tree, groups: tree.groups.map((own) => (own.id === group.id ? group : own)) },
  );
}

/** Puts a place that a command made into the tree. */
export function addPlaceToTree(queries: QueryClient, place: PlaceView): void {
  queries.setQueryData<PlaceTreeView>(placesQuery.queryKey, (tree) => tree && { ...tree, places: [...tree.places, place] });
}

/** Puts a group that a command made into the tree. */
export function addGroupToTree(queries: QueryClient, group: PlaceGroupView): void {
  queries.setQueryData<PlaceTreeView>(placesQuery.queryKey, (tree) => tree && { ...tree, groups: [...tree.groups, group] });
}
