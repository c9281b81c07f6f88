import type { StockDocumentView } from "@weft/contracts";
import { asId, err, ok, type PlaceId, type Result, type VariantId } from "@weft/kernel";
import { z } from "zod";
import { pageFrom, read, readCursor, write, type Ctx, type Route } from "../../platform/index.ts";
import { mayActAt } from "../access/index.ts";
import { placesSnapshot } from "../places/index.ts";
import {
  countLines,
  discardDocument,
  dispatchTransfer,
  postCount,
  receiveDelivery,
  receiveTransfer,
  startCount,
  wasteGoods,
} from "./commands/index.ts";
import type { DocumentId, StockDocument } from "./domain/index.ts";
import { STOCK_PROBLEMS, type StockError } from "./errors.ts";
import { presentDocument, presentRow } from "./present-document.ts";
import { documentPage, findDocument } from "./queries/documents.ts";
import { countedGoods, countedUnits, knownPlace, ownPlace, reachOf } from "./reach.ts";

const IdCursor = z.uuid();
const PROBLEMS = { problems: STOCK_PROBLEMS };

/** Deliveries, waste, transfers and counts. */
export const documentRoutes: readonly Route[] = [
  read(
    "stock.documents",
    async (ctx, { query }) => {
      const placeIds = reachOf(ctx.actor, query.placeId);
      if (!placeIds.ok) return placeIds;
      const rows = await documentPage(ctx, {
        kind: query.kind ?? null,
        isOpen: query.open ?? null,
        placeIds: placeIds.value,
        before: readCursor(IdCursor, query.cursor),
        limit: query.limit + 1,
      });
      const places = await ctx.snapshots.current(placesSnapshot);
      return ok(
        pageFrom(
          rows,
          query.limit,
          (row) => presentRow(row, places),
          ({ id }) => id,
        ),
      );
    },
    PROBLEMS,
  ),
  read(
    "stock.document",
    async (ctx, { params }) => {
      const document = await findDocument(ctx, asId<DocumentId>(params.id));
      if (!document || !reaches(ctx, document)) return err({ code: "stock.document_unknown" as const });
      return ok(await presentDocument(ctx, document));
    },
    PROBLEMS,
  ),
  write(
    "stock.receiveDelivery",
    async (ctx, { body }) => {
      const placeId = await ownPlace(ctx, body.placeId);
      if (!placeId.ok) return placeId;
      const lines = await countedUnits(ctx, body.lines);
      if (!lines.ok) return lines;
      return answer(ctx, await receiveDelivery(ctx, { ...body, placeId: placeId.value, lines: lines.value }));
    },
    PROBLEMS,
  ),
  write(
    "stock.wasteGoods",
    async (ctx, { body }) => {
      const placeId = await ownPlace(ctx, body.placeId);
      if (!placeId.ok) return placeId;
      const lines = await countedUnits(ctx, body.lines);
      if (!lines.ok) return lines;
      return answer(ctx, await wasteGoods(ctx, { ...body, placeId: placeId.value, lines: lines.value }));
    },
    PROBLEMS,
  ),
  write(
    "stock.dispatchTransfer",
    async (ctx, { body }) => {
      const fromPlaceId = await ownPlace(ctx, body.fromPlaceId);
      if (!fromPlaceId.ok) return fromPlaceId;
      const placeId = await knownPlace(ctx, body.placeId);
      if (!placeId.ok) return placeId;
      const lines = await countedUnits(ctx, body.lines);
      if (!lines.ok) return lines;
      const wish = {
        note: body.note,
        expectedOn: body.expectedOn,
        fromPlaceId: fromPlaceId.value,
        placeId: placeId.value,
        lines: lines.value,
      };
      return answer(ctx, await dispatchTransfer(ctx, wish));
    },
    PROBLEMS,
  ),
  write(
    "stock.receiveTransfer",
    async (ctx, { params, body }) => {
      const id = await ownDocument(ctx, params.id, ({ placeId }) => placeId);
      if (!id.ok) return id;
      const lines = await countedUnits(ctx, body.lines);
      if (!lines.ok) return lines;
      return answerAfter(ctx, id.value, await receiveTransfer(ctx, id.value, lines.value));
    },
    PROBLEMS,
  ),
  write(
    "stock.startCount",
    async (ctx, { body }) => {
      const placeId = await ownPlace(ctx, body.placeId);
      return placeId.ok ? answer(ctx, await startCount(ctx, placeId.value, body.note)) : placeId;
    },
    PROBLEMS,
  ),
  write(
    "stock.countLines",
    async (ctx, { params, body }) => {
      const id = await ownDocument(ctx, params.id, ({ placeId }) => placeId);
      if (!id.ok) return id;
      const lines = await countedUnits(ctx, body.lines);
      if (!lines.ok) return lines;
      return answerAfter(ctx, id.value, await countLines(ctx, id.value, lines.value));
    },
    PROBLEMS,
  ),
  write(
    "stock.postCount",
    async (ctx, { params, body }) => {
      const id = await ownDocument(ctx, params.id, ({ placeId }) => placeId);
      if (!id.ok) return id;
      const only = body.skus && (await variantsOf(ctx, body.skus));
      if (only && !only.ok) return only;
      return answerAfter(ctx, id.value, await postCount(ctx, id.value, only?.value ?? null));
    },
    PROBLEMS,
  ),
  write(
    "stock.discardDocument",
    async (ctx, { params }) => {
      // Who sent goods takes them back; who counts ends the count.
      const id = await ownDocument(ctx, params.id, ({ placeId, fromPlaceId }) => fromPlaceId ?? placeId);
      return id.ok ? answerAfter(ctx, id.value, await discardDocument(ctx, id.value)) : id;
    },
    PROBLEMS,
  ),
];

/** Whoever reaches one of its places reads a document. */
function reaches({ actor }: Pick<Ctx, "actor">, { placeId, fromPlaceId }: StockDocument): boolean {
  return mayActAt(actor, placeId) || (fromPlaceId !== null && mayActAt(actor, fromPlaceId));
}

/** A document that the caller acts on, at the place where the act happens. Errors: `stock.document_unknown`, `stock.out_of_reach`. */
async function ownDocument(ctx: Ctx, id: string, where: (document: StockDocument) => PlaceId): Promise<Result<DocumentId, StockError>> {
  const document = await findDocument(ctx, asId<DocumentId>(id));
  if (!document || !reaches(ctx, document)) return err({ code: "stock.document_unknown" });
  const placeId = where(document);
  return mayActAt(ctx.actor, placeId) ? ok(document.id) : err({ code: "stock.out_of_reach", placeId });
}

async function variantsOf(ctx: Ctx, skus: readonly string[]): Promise<Result<VariantId[], StockError>> {
  const variantIds: VariantId[] = [];
  for (const sku of skus) {
    const variantId = await countedGoods(ctx, sku);
    if (!variantId.ok) return variantId;
    variantIds.push(variantId.value);
  }
  return ok(variantIds);
}

async function answer(ctx: Ctx, done: Result<DocumentId, StockError>): Promise<Result<StockDocumentView, StockError>> {
  return done.ok ? answerAfter(ctx, done.value, ok(undefined)) : done;
}

async function answerAfter(ctx: Ctx, id: DocumentId, done: Result<void, StockError>): Promise<Result<StockDocumentView, StockError>> {
  if (!done.ok) return done;
  const document = await findDocument(ctx, id);
  return document ? ok(await presentDocument(ctx, document)) : err({ code: "stock.document_unknown" });
}
