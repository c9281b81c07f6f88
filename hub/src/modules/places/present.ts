import type { LegalEntityView, PlaceGroupView, PlaceTreeView, PlaceView, StoreView } from "@weft/contracts";
import { tipPercentsOf } from "./domain/index.ts";
import { placeOpenState } from "./queries.ts";
import type { LegalEntity, Place, PlaceGroup, Places } from "./snapshot.ts";

/** Everything, as the office sees it. */
export function presentTree({ entities, groups, places }: Places, now: Date): PlaceTreeView {
  return {
    entities: [...entities.values()].map(presentEntity),
    groups: [...groups.values()].map(presentGroup),
    places: [...places.values()].map((place) => presentPlace(place, now)),
  };
}

function presentEntity({ id, name, country, vatId, currency, timeZone }: LegalEntity): LegalEntityView {
  return { id, name, country, vatId, currency, timeZone };
}

export function presentGroup({ id, parentId, name, settings }: PlaceGroup): PlaceGroupView {
  return { id, parentId, name, settings };
}

export function presentPlace(place: Place, now: Date): PlaceView {
  const { id, entityId, groupId, kind, name, code, address, latitude, longitude, timeZone, dayEnd, phone, status, services } = place;
  return {
    id,
    entityId,
    groupId,
    kind,
    name,
    code,
    address,
    latitude,
    longitude,
    timeZone,
    dayEnd,
    phone,
    status,
    services: [...services],
    hours: presentHours(place),
    open: presentOpenState(place, now),
    settings: [...place.inherited],
  };
}

/**
 * A store as customers see it; the same on every channel. `distanceMeters` is null where nobody said where they are. Its pace is known above, and
 * so is when an order is in hand.
 */
export function presentStore(
  place: Place,
  distanceMeters: number | null,
  at: Date,
  pace: StoreView["pace"],
  inHand: StoreView["inHand"] = null,
): StoreView {
  const { id, name, address, latitude, longitude, timeZone, phone, services } = place;
  return {
    id,
    name,
    address,
    latitude,
    longitude,
    timeZone,
    phone,
    hours: presentHours(place),
    open: presentOpenState(place, at),
    services: [...services],
    pace,
    tipPercents: tipPercentsOf(place.settings.tipPercents),
    distanceMeters: distanceMeters === null ? null : Math.round(distanceMeters),
    inHand,
  };
}

function presentHours({ hours }: Place): PlaceView["hours"] {
  return {
    weekly: hours.weekly.map((day) => [...day]),
    exceptions: hours.exceptions.map(({ date, name, intervals }) => ({ date, name, intervals: [...intervals] })),
  };
}

function presentOpenState(place: Place, at: Date): PlaceView["open"] {
  const { state, nextChange, because } = placeOpenState(place, at);
  return { state, nextChange: nextChange?.toISOString() ?? null, because };
}
