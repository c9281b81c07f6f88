import type { LocalizedText } from "@weft/contracts";
import type { BusinessDate, ProductId, StaffId, VariantId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";
import type { RecallId, StandingRecall } from "../domain/index.ts";

/** A recall as stored. */
export type StoredRecall = StandingRecall & {
  readonly advice: LocalizedText | null;
  readonly soldFrom: BusinessDate | null;
  readonly announcedAt: Date;
  readonly announcedBy: StaffId | null;
  readonly tellingSince: Date | null;
  readonly liftedAt: Date | null;
};

const COLUMNS = sql`
  id, product_id as "productId", variant_id as "variantId", batches, serials, reason, advice, sold_from::text as "soldFrom",
  announced_at as "announcedAt", announced_by as "announcedBy", telling_since as "tellingSince", lifted_at as "liftedAt"`;

type Reader = Pick<ReadCtx, "db">;

export async function recallById(ctx: Reader, id: RecallId, isLocked = false): Promise<StoredRecall | undefined> {
  const { rows } = await sql<StoredRecall>`
    select ${COLUMNS} from batches.recall where id = ${id} ${isLocked ? sql`for update` : sql``}`.execute(ctx.db);
  return rows[0];
}

export type RecallsPage = {
  /** Only those that stand, or those that were lifted; undefined: both. */
  readonly standing: boolean | undefined;
  readonly after: readonly [at: string, id: string] | null;
  readonly limit: number;
};

/** Recalls, the newest first. */
export async function recallsPage(ctx: Reader, { standing, after, limit }: RecallsPage): Promise<StoredRecall[]> {
  const { rows } = await sql<StoredRecall>`
    select ${COLUMNS} from batches.recall
     where (${standing ?? null}::boolean is null or (lifted_at is null) = ${standing ?? null}::boolean)
       and (${after?.[1] ?? null}::uuid is null or (announced_at, id) < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? null}::uuid))
     order by announced_at desc, id desc limit ${limit}`.execute(ctx.db);
  return rows;
}

/** What stands now of a product, the newest first. */
export async function standingRecalls(ctx: Reader, productId: ProductId | null = null): Promise<StoredRecall[]> {
  const { rows } = await sql<StoredRecall>`
    select ${COLUMNS} from batches.recall
     where lifted_at is null and (${productId}::uuid is null or product_id = ${productId}::uuid) order by announced_at desc, id desc`.execute(
    ctx.db,
  );
  return rows;
}

export type WantedRecall = Pick<StoredRecall, "productId" | "batches" | "serials" | "reason" | "advice" | "soldFrom"> & {
  readonly variantId: VariantId | null;
};
