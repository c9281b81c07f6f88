import { shareOut, type Id, type RegisterId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx, ReadCtx } from "../../../platform/index.ts";
import { joinedRates } from "../domain/index.ts";
import { paidIn, type TaxLine, type TicketTender } from "../fiscal/index.ts";
import type { KnownRegister } from "../queries/registers.ts";

type Plain = Readonly<Record<string, unknown>>;

/** What the hub did for a register that signs its journal itself, and that is not in there yet [JRN-9]. */
export type UnsignedDocument = {
  readonly commandId: string;
  readonly kind: string;
  readonly at: Date;
  readonly operatorId: string | null;
  readonly document: Plain;
};

/** Leaves a document to be signed by its register; it goes when its entry comes. */
export async function leaveUnsigned(
  ctx: Ctx,
  register: KnownRegister,
  { commandId, kind, at, operatorId, document }: UnsignedDocument,
): Promise<void> {
  const id = ctx.newId<Id<"unsigned document">>();
  await sql`
    insert into till.unsigned_document (id, register_id, command_id, kind, at, operator_id, document)
    values (${id}, ${register.id}, ${commandId}, ${kind}, ${at}, ${operatorId}, ${JSON.stringify(document)}::jsonb)`.execute(ctx.db);
}

/** What a register still has to sign, the oldest first; of one command, or of all. */
export async function unsignedOf(
  ctx: Pick<ReadCtx, "db">,
  registerId: RegisterId,
  commandId: string | null = null,
): Promise<UnsignedDocument[]> {
  const { rows } = await sql<UnsignedDocument>`
    select command_id as "commandId", kind, at, operator_id as "operatorId", document from till.unsigned_document
    where register_id = ${registerId} and (${commandId}::uuid is null or command_id = ${commandId}::uuid)
    order by at, id limit 200`.execute(ctx.db);
  return rows;
}

/** The entries of these commands are in the journal. */
export async function forgetUnsigned(ctx: Ctx, registerId: RegisterId, commandIds: readonly string[]): Promise<void> {
  await sql`
    delete from till.unsigned_document where register_id = ${registerId} and command_id = any(${[...commandIds]}::uuid[])`.execute(ctx.db);
}

/**
 * The document of a ticket as the journal of a register sums it: its total is what was taken or given back here, so of an order that was paid
 * in parts it is this part, and its VAT split is shared out alike. What the order came to stands beside it.
 */
export function ticketFactsOf(document: Plain, commandId: string): Plain {
  const tenders = document["tenders"] as readonly TicketTender[]; // of a ticket, here and below
  const back = document["cameBack"] as { readonly taxes: readonly TaxLine[] } | undefined;
  const own = document["taxes"] as readonly TaxLine[]; // of a ticket
  const taxes = joinedRates([...own, ...(back?.taxes ?? [])]);
  const total = paidIn(tenders);
  return { ...document, commandId, documentTotal: document["total"], total, taxes: splitTo(total, taxes) };
}

/** A split that adds up to `total`: as it is where it does, else in proportion. */
function splitTo(total: number, taxes: readonly TaxLine[]): readonly TaxLine[] {
  if (taxes.reduce((sum, { gross }) => sum + gross, 0) === total) return taxes;
  const weights = taxes.map(({ gross }) => Math.abs(gross));
  const shares = shareOut(total, weights);
  return taxes.map(({ rate, net, gross }, index) => {
    const share = shares[index] ?? 0;
    const part = gross === 0 ? share : Math.round((net * share) / gross);
    return { rate, net: part, tax: share - part, gross: share };
  });
}
