import type { TaskKind } from "@weft/contracts";
import { asIdOrNull, type PlaceId } from "@weft/kernel";
import { z } from "zod";
import { readCursor, type Ctx } from "../../platform/index.ts";

const Cursor = z.tuple([z.iso.datetime({ offset: true }), z.uuid()]);

type Asked = {
  readonly kind?: TaskKind | undefined;
  readonly placeId?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
};

/** What a list by time is filtered by, within the places of whoever asks, and where its page begins; one row more tells of a next page. */
export function listFilter({ actor }: Pick<Ctx, "actor">, { kind, placeId, cursor, limit }: Asked) {
  const own = actor.staff?.placeIds ?? [];
  return {
    kind: kind ?? null,
    placeId: asIdOrNull<PlaceId>(placeId),
    reach: own.length > 0 ? own : null,
    after: readCursor(Cursor, cursor),
    limit: limit + 1,
  };
}
