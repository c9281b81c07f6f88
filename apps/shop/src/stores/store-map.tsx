import type { StoreView } from "@weft/contracts/client";
import { useQuery } from "@tanstack/react-query";
import { divIcon, geoJSON, latLngBounds, map as createMap, marker, type Map as LeafletMap, type Marker } from "leaflet";
import "leaflet/dist/leaflet.css";
import { useEffect, useRef } from "react";
import { t } from "../t.ts";
import styles from "./stores.module.css";

/** The retailer's own drawing of its countries: no tile server learns where the shop's customers look. */
const OUTLINE_URL = "/brand/outline.json";
/** An outline is right to some tens of kilometers: closer than this it would say more than it knows. */
const CLOSEST_ZOOM = 8;
const FIRST_ZOOM = 5.5;

/** GeoJSON as Leaflet takes it. */
type Outline = NonNullable<Parameters<typeof geoJSON>[0]>;
type Props = { readonly stores: readonly StoreView[]; readonly selected: string | null; readonly onSelect: (id: string) => void };

/** Stores on the outline of their countries. The list beside it says the same in words. */
export function StoreMap({ stores, selected, onSelect }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const map = useRef<LeafletMap | null>(null);
  const outline = useQuery({ queryKey: ["outline"], queryFn: readOutline, staleTime: Number.POSITIVE_INFINITY }).data;
  const select = useRef(onSelect);
  useEffect(() => {
    select.current = onSelect;
  }, [onSelect]);

  useEffect(() => {
    if (!element.current) return undefined;
    const made = createMap(element.current, {
      attributionControl: false,
      maxZoom: CLOSEST_ZOOM,
      minZoom: 3,
      zoomSnap: 0.5,
      scrollWheelZoom: false,
      // Who leaves while Leaflet zooms would leave it with a map that is gone.
      zoomAnimation: false,
      trackResize: false,
    });
    made.setView([46.5, 5], 4.5);
    map.current = made;
    // Its place changes after the window does, when the screen has laid itself out anew.
    const size = new ResizeObserver(() => void made.invalidateSize({ pan: false }));
    size.observe(element.current);
    return () => {
      size.disconnect();
      map.current = null;
      // A change of size is told a moment later, also when the map has been removed.
      made.off().remove();
    };
  }, []);

  useEffect(() => {
    if (!map.current || !outline) return undefined;
    const layer = geoJSON(outline, {
      interactive: false,
      style: (feature) => ({
        className: feature?.properties?.["hasStores"] === true ? (styles.home ?? "") : (styles.land ?? ""),
        weight: 1,
      }),
    }).addTo(map.current);
    return () => void layer.remove();
  }, [outline]);

  useEffect(() => {
    if (!map.current) return undefined;
    const markers = stores.map((store) => markerOf(store, store.id === selected, () => select.current(store.id)));
    for (const each of markers) each.addTo(map.current);
    return () => {
      for (const each of markers) each.remove();
    };
  }, [stores, selected]);

  useEffect(() => {
    const { current } = map;
    if (!current) return undefined;
    const show = (): void => frame(current, stores, selected);
    show();
    // A phone that is turned has another map: Leaflet would keep the corner instead of the stores.
    current.on("resize", show);
    return () => void current.off("resize", show);
  }, [stores, selected]);
  return <div ref={element} className={styles.canvas} role="application" aria-label={t("shop.stores.map")} />;
}

function markerOf(store: StoreView, isSelected: boolean, onSelect: () => void): Marker {
  const state = isSelected ? styles.pinSelected : store.open.state === "closed" ? styles.pinClosed : "";
  const icon = divIcon({ className: `${styles.pin} ${state}`, iconSize: [44, 44], iconAnchor: [22, 40] });
  const pin = marker([store.latitude, store.longitude], {
    icon,
    title: store.name,
    alt: store.name,
    // Stores that are near each other overlap on the map; the list is where a keyboard chooses.
    keyboard: false,
    zIndexOffset: isSelected ? 1000 : 0,
  });
  return pin.on("click", onSelect);
}

/** Shows the selected store, else all of them. */
function frame(map: LeafletMap, stores: readonly StoreView[], selected: string | null): void {
  if (stores.length === 0) return;
  const chosen = stores.find(({ id }) => id === selected);
  if (chosen) map.setView([chosen.latitude, chosen.longitude], Math.max(map.getZoom(), FIRST_ZOOM));
  else
    map.fitBounds(latLngBounds(stores.map(({ latitude, longitude }) => [latitude, longitude])), { padding: [32, 40], maxZoom: FIRST_ZOOM });
}

async function readOutline(): Promise<Outline> {
  const response = await fetch(OUTLINE_URL);
  if (!response.ok) throw new Error(`the outline answered ${response.status}`);
  return (await response.json()) as Outline; // GeoJSON, by the brand's own drawing
}
