import type { Db } from "../database/db.ts";

/** What is read thousands of times and changes rarely, such as prices or hours: how to load all of it, and which facts make it old. */
export type SnapshotDefinition<T> = {
  /** `module.noun`, for logs and metrics. */
  readonly name: string;
  /** Loads the whole value on the pool, never inside a command's transaction. What it answers is shared: nobody changes it. */
  readonly load: (db: Db) => Promise<T>;
  /** Definitions of events; only their type counts here. */
  readonly invalidatedBy: readonly { readonly type: string }[];
};

/** `defineSnapshot({ name: "places.all", load, invalidatedBy: [PlaceChanged] })`. */
export function defineSnapshot<T>(definition: SnapshotDefinition<T>): SnapshotDefinition<T> {
  return definition;
}
