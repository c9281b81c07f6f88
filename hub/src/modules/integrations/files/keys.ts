import { createHash } from "node:crypto";
import type { ChannelId } from "@weft/kernel";
import type { Vault } from "../../../platform/index.ts";
import type { CustomerRow, EventRow, Who } from "./read-row.ts";

const PURPOSE = "imported line";
/** Half of a SHA-256: rows of one file are told apart with it, and nobody can make two that are alike. */
const KEY_BYTES = 16;

/**
 * What a person without an id of the source is known by, so that the same line read again is the same record [IMP-7]: the card, else a
 * contact with the name, because a family shares one, else name, day of birth and address. Keyed: an id must not tell an address.
 */
export function ownId(vault: Vault, channelId: ChannelId, who: Who, attributes: CustomerRow["attributes"] = {}): string {
  const { givenName = "", familyName = "", birthDate = "", address } = attributes;
  const name = `${givenName} ${familyName}`.toLowerCase().normalize("NFKC").trim();
  const known = who.cardNumber ?? who.email ?? who.phone;
  const parts =
    who.cardNumber !== undefined
      ? [known]
      : known !== undefined
        ? [known, name]
        : [name, birthDate, address?.postcode, address?.line1?.toLowerCase()];
  const mac = vault.mac(PURPOSE, JSON.stringify([channelId, ...parts]));
  return `file:${mac.subarray(0, KEY_BYTES).toString("hex")}`;
}

/** An event without an id of its own is known by all that it says. */
export function eventKey(vault: Vault, { who, event, at, data }: EventRow): string {
  return vault
    .mac(PURPOSE, JSON.stringify(["event", who, event, at.toISOString(), data]))
    .subarray(0, KEY_BYTES)
    .toString("hex");
}

/** What a bad line is known by in whichever file it comes. */
export function lineKey(vault: Vault, channelId: ChannelId, kind: string, text: string): Buffer {
  return vault.mac(PURPOSE, JSON.stringify(["line", channelId, kind, text])).subarray(0, KEY_BYTES);
}

/**
 * By what somebody who is erased while a file waits is known again in it, as `eraseFiles` writes it. Hashed with the import's id, because the
 * hooks of an erasure hold no key; it is gone with the file.
 */
export function erasedMarks(importId: string, channelId: ChannelId, { externalId, email, phone, cardNumber }: Who): string[] {
  const values = [externalId === undefined ? undefined : `${channelId}:${externalId}`, email, phone, cardNumber];
  return values.flatMap((value) =>
    value === undefined
      ? []
      : [
          createHash("sha256")
            .update(`${importId}\n${value}`)
            .digest("hex")
            .slice(0, KEY_BYTES * 2),
        ],
  );
}
