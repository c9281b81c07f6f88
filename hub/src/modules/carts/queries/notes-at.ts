import type { PlaceId } from "@weft/kernel";
import type { Snapshots } from "../../../platform/index.ts";
import { placesSnapshot } from "../../places/index.ts";
import type { NotePolicy } from "../domain/index.ts";

/** What customers may say of what they order at a place; before one is chosen, of what is made for them. No SQL. */
export async function notesAt(snapshots: Snapshots, placeId: PlaceId | null): Promise<NotePolicy> {
  const { places } = await snapshots.current(placesSnapshot);
  const said = placeId === null ? undefined : places.get(placeId)?.settings.customerNotes;
  return said === "all" || said === "none" ? said : "made";
}
