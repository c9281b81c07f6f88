import { bytesOf, bytesOfHex, canonical, hexOf } from "./encoding.ts";
import type { Chain } from "./types.ts";

/** From a leaf to the root: the hash beside it at each level, and on which side that stands. */
export type InclusionProof = readonly { readonly side: "left" | "right"; readonly hash: string }[];

/** An entry as a leaf: its place, and its signature (or the hash of one that is not signed). */
export const entryLeaf = (entry: { readonly chain: Chain; readonly seq: number; readonly mark: string }): string =>
  `${entry.chain}/${entry.seq}/${entry.mark}`;

/** A register's day as a leaf: the root over its entries, and where its chains stood. */
export const registerLeaf = (register: {
  readonly registerId: string;
  readonly entries: string;
  readonly heads: { readonly [chain: string]: { readonly seq: number; readonly mark: string } };
}): string => canonical(register);

/**
 * The root of the Merkle tree over texts in their order [I8], as in RFC 6962: a leaf's hash begins with the byte 0 and a node's with 1, so
 * that neither passes for the other; the left part is the largest power of two.
 */
export async function merkleRoot(leaves: readonly string[]): Promise<string> {
  return hexOf(await rootOf(await Promise.all(leaves.map(leafOf))));
}

/** What proves that the leaf at this place is under the root; none where there is no such leaf. */
export async function inclusionProof(leaves: readonly string[], at: number): Promise<InclusionProof | undefined> {
  return at in leaves ? proofOf(await Promise.all(leaves.map(leafOf)), at) : undefined;
}

/** Whether a leaf is under a root. */
export async function isIncluded(leaf: string, proof: InclusionProof, root: string): Promise<boolean> {
  let hash = await leafOf(leaf);
  for (const step of proof) {
    const other = bytesOfHex(step.hash);
    hash = await (step.side === "left" ? nodeOf(other, hash) : nodeOf(hash, other));
  }
  return hexOf(hash) === root;
}

type Hash = Uint8Array<ArrayBuffer>;

const leafOf = (text: string): Promise<Hash> => sha256(0, bytesOf(text));
const nodeOf = (left: Hash, right: Hash): Promise<Hash> => sha256(1, left, right);

async function rootOf(leaves: readonly Hash[]): Promise<Hash> {
  const [only] = leaves;
  if (only === undefined) return new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array()));
  if (leaves.length === 1) return only;
  const split = splitAt(leaves.length);
  return nodeOf(await rootOf(leaves.slice(0, split)), await rootOf(leaves.slice(split)));
}

async function proofOf(leaves: readonly Hash[], at: number): Promise<InclusionProof> {
  if (leaves.length === 1) return [];
  const split = splitAt(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return at < split
    ? [...(await proofOf(left, at)), { side: "right", hash: hexOf(await rootOf(right)) }]
    : [...(await proofOf(right, at - split)), { side: "left", hash: hexOf(await rootOf(left)) }];
}

/** The largest power of two that is smaller. */
const splitAt = (count: number): number => 2 ** Math.ceil(Math.log2(count) - 1);

async function sha256(prefix: number, ...parts: readonly Uint8Array[]): Promise<Hash> {
  const bytes = new Uint8Array(1 + parts.reduce((sum, { length }) => sum + length, 0));
  bytes[0] = prefix;
  let at = 1;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}
