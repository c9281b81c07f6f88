import type { PlaceId, Problems } from "@weft/kernel";
import type { SettingProblem } from "./domain/index.ts";

export type PlacesError =
  | { code: "places.unknown"; placeId: PlaceId | string }
  | { code: "places.group_unknown"; groupId: string }
  | { code: "places.setting_invalid"; settings: readonly SettingProblem[] }
  | { code: "places.hours_invalid"; because: string }
  | { code: "places.out_of_reach"; placeId: string | null };

export const PLACES_PROBLEMS: Problems<PlacesError> = {
  "places.unknown": { status: 404, title: "There is no such place" },
  "places.group_unknown": { status: 404, title: "There is no such group of places" },
  "places.setting_invalid": { status: 422, title: "A setting is unknown or its value is not accepted" },
  "places.hours_invalid": { status: 422, title: "These opening hours contradict each other" },
  "places.out_of_reach": { status: 403, title: "Your roles do not hold at this place" },
};
