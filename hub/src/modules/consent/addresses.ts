import type { ContactKind } from "@weft/contracts";
import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { idList, type ReadCtx, type Vault } from "../../platform/index.ts";
import { normalizeEmail, normalizePhone } from "../customers/index.ts";

/** What can be left alone: places where a message can arrive that have an address of their own. */
export type AddressKind = Extract<ContactKind, "email" | "sms" | "phone">;

export type AddressMac = { readonly kind: AddressKind; readonly mac: Buffer };

/** The keyed hash of an address; a phone number is one for calls and another for texts. */
export function addressMac(vault: Vault, kind: AddressKind, address: string): Buffer {
  return vault.mac("suppressed address", `${kind} ${address}`);
}

/** An address as it is hashed: e-mail in lower case, phones as E.164 by the country; undefined when it is none. */
export function normalizeAddress(kind: AddressKind, address: string, country: string): string | undefined {
  return kind === "email" ? normalizeEmail(address) : normalizePhone(address, country);
}

/** The keyed hashes of every address that these records gave. */
export async function addressMacsOf(ctx: Pick<ReadCtx, "db">, vault: Vault, recordIds: readonly RecordId[]): Promise<AddressMac[]> {
  const { rows } = await sql<{ kind: string; address: string }>`
    select distinct kind, address from customers.read_contact where record_id = any(${idList(recordIds)}) order by 1, 2`.execute(ctx.db);
  return rows.flatMap((contact) => macsOf(vault, contact));
}

/** The same for each of many records. */
export async function addressMacsByRecord(
  ctx: Pick<ReadCtx, "db">,
  vault: Vault,
  recordIds: readonly RecordId[],
): Promise<Map<RecordId, AddressMac[]>> {
  if (recordIds.length === 0) return new Map();
  const { rows } = await sql<{ recordId: RecordId; kind: string; address: string }>`
    select distinct record_id as "recordId", kind, address from customers.read_contact where record_id = any(${idList(recordIds)})
     order by 1, 2, 3`.execute(ctx.db);
  return new Map(
    [...Map.groupBy(rows, ({ recordId }) => recordId)].map(([recordId, own]) => [
      recordId,
      own.flatMap((contact) => macsOf(vault, contact)),
    ]),
  );
}

function macsOf(vault: Vault, { kind, address }: { readonly kind: string; readonly address: string }): AddressMac[] {
  if (kind === "email") return [{ kind: "email", mac: addressMac(vault, "email", address) }];
  if (kind !== "phone") return [];
  return (["sms", "phone"] as const).map((one) => ({ kind: one, mac: addressMac(vault, one, address) }));
}
