import type { ChangeLinkView } from "@weft/contracts";
import { createHash } from "node:crypto";
import type { Id, OrderId, RecordId } from "@weft/kernel";
import { sql, type RawBuilder } from "kysely";
import type { Actor, Ctx, ReadCtx, Vault } from "../../../platform/index.ts";
import type { ChangeLinkId, ChangeWish } from "../prepare-change.ts";

export type ChangeLinkState = ChangeLinkView["state"];

/** A change of an order that is paid by a link, as kept. Amounts in minor units. */
export type ChangeLink = {
  readonly id: ChangeLinkId;
  readonly orderId: OrderId;
  readonly state: ChangeLinkState;
  /** What it changes; null once it has ended. */
  readonly wish: ChangeWish | null;
  readonly difference: number;
  readonly currency: string;
  readonly actor: Actor;
  readonly madeAt: Date;
  readonly validUntil: Date;
};

const COLUMNS = sql`id, order_id as "orderId", state, wish, difference::float8 as difference, currency, actor, made_at as "madeAt", valid_until as "validUntil"`;

type Reader = Pick<ReadCtx, "db">;

async function linksWhere(ctx: Reader, where: RawBuilder<unknown>): Promise<ChangeLink[]> {
  return (await sql<ChangeLink>`select ${COLUMNS} from checkout.change_link ${where}`.execute(ctx.db)).rows;
}

export const changeLinkById = async (ctx: Reader, id: ChangeLinkId): Promise<ChangeLink | undefined> =>
  (await linksWhere(ctx, sql`where id = ${id}`))[0];

/** The link whose address has this token. */
export const changeLinkByToken = async (ctx: Reader, token: string): Promise<ChangeLink | undefined> =>
  (await linksWhere(ctx, sql`where token_hash = ${hashOf(token)}`))[0];

/** The links that were made of an order, the newest first. */
export const changeLinksOf = (ctx: Reader, orderId: OrderId): Promise<ChangeLink[]> =>
  linksWhere(ctx, sql`where order_id = ${orderId} order by made_at desc limit 20`);

type NewLink = Pick<ChangeLink, "id" | "orderId" | "difference" | "currency" | "validUntil"> & {
  readonly recordId: RecordId | null;
  readonly wish: ChangeWish;
};

/** The caller holds the order's lock, and none other of it is open. */
export async function keepChangeLink(ctx: Ctx, vault: Vault, link: NewLink): Promise<void> {
  const { id, orderId, recordId, wish, difference, currency, validUntil } = link;
  await sql`
    insert into checkout.change_link (id, order_id, record_id, token_hash, wish, difference, currency, actor, made_at, valid_until)
    values (${id}, ${orderId}, ${recordId}, ${hashOf(changeLinkToken(vault, id))}, ${JSON.stringify(wish)}::jsonb, ${difference}, ${currency},
      ${JSON.stringify({ ...ctx.actor, cartToken: null })}::jsonb, ${ctx.now}, ${validUntil})`.execute(ctx.db);
}

/** Bytes of a token: 128 bits, as everything that opens something has. */
const TOKEN_BYTES = 16;

/** The token of a link: always the same, and made by this installation alone, so that it need not be kept. */
export const changeLinkToken = (vault: Vault, id: Id<"change link">): string =>
  vault.mac("change of an order", id).subarray(0, TOKEN_BYTES).toString("base64url");

/** SHA-256: a token has 128 bits that nobody can guess, so nothing slower is needed. */
const hashOf = (token: string): Buffer => createHash("sha256").update(token).digest();

/** The page of the shop that a link opens. */
export const changeLinkUrl = ({ publicUrl, vault }: { readonly publicUrl: string; readonly vault: Vault }, id: ChangeLinkId): string =>
  `${publicUrl}/shop/changes/${changeLinkToken(vault, id)}`;
