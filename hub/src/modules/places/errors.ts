import type { PlaceId, Problems } from "@weft/kernel";
import type { SettingProblem } from "./domain/index.ts";

export type PlacesError =
  | { code: "places.unknown"; placeId: PlaceId | string }
  | { code: "places.group_unknown"; groupId: string }
  | { code: "places.entity_unknown"; entityId: string }
  | { code: "places.code_taken"; placeCode: string }
  | { code: "places.time_zone_unknown"; timeZone: string }
  | { code: "places.group_circle"; groupId: string; parentId: string }
  | { code: "places.setting_invalid"; settings: readonly SettingProblem[] }
  | { code: "places.hours_invalid"; because: string }
  | { code: "places.out_of_reach"; placeId: string | null };

export const PLACES_PROBLEMS: Problems<PlacesError> = {
  "places.unknown": { status: 404, title: "There is no such place" },
  "places.group_unknown": { status: 404, title: "There is no such group of places" },
  "places.entity_unknown": { status: 404, title: "There is no such legal entity" },
  "places.code_taken": { status: 409, title: "Another place or group has this code" },
  "places.time_zone_unknown": { status: 422, title: "There is no such time zone" },
  "places.group_circle": { status: 409, title: "A group cannot stand below itself" },
  "places.setting_invalid": { status: 422, title: "A setting is unknown or its value is not accepted" },
  "places.hours_invalid": { status: 422, title: "These opening hours contradict each other" },
  "places.out_of_reach": { status: 403, title: "Your roles do not hold at this place" },
};
