export * from "./domain/index.ts";
export { addGroup, addPlace, type AddedPlace } from "./add.ts";
export {
  changeGroup,
  changePlace,
  upsertEntities,
  upsertGroups,
  upsertPlaces,
  type NewEntity,
  type NewPlace,
  type PlaceChange,
} from "./commands.ts";
export { placesInvariants } from "./invariants.ts";
export { PLACES_PROBLEMS, type PlacesError } from "./errors.ts";
export {
  businessDateAt,
  documentPlace,
  entityOf,
  findStores,
  houseZone,
  placeOf,
  placeOpenState,
  type DocumentPlace,
  type FoundStore,
  type Position,
  type StoreSearch,
} from "./queries.ts";
export { presentStore } from "./present.ts";
export { placesRoutes } from "./routes.ts";
export { placesInScope, type Scope, type WantedScope } from "./scope.ts";
export { loadPlaces, placesSnapshot, type LegalEntity, type Place, type PlaceGroup, type Places } from "./snapshot.ts";
