import { bytesOfHex, canonical, hexOf, bytesOf } from "./encoding.ts";
import type { Head } from "./types.ts";

/** Where the journal of a register stood at the end of a day. */
export type RegisterHead = { readonly registerId: string; readonly journal: Head };

/** From a leaf to the root: the hash beside it at each level, and on which side that stands. */
export type InclusionProof = readonly { readonly side: "left" | "right"; readonly hash: string }[];

/**
 * The Merkle tree over the heads of all registers [I8], by their ids, as in RFC 6962: a leaf's hash begins with 0 and a node's with 1, so
 * that neither passes for the other; the left part is the largest power of two.
 */
export async function merkleRoot(heads: readonly RegisterHead[]): Promise<string> {
  return hexOf(await rootOf(await leavesOf(heads)));
}

/** What proves that a head is under the root; none for a register that is not. */
export async function inclusionProof(heads: readonly RegisterHead[], registerId: string): Promise<InclusionProof | undefined> {
  const at = sorted(heads).findIndex((head) => head.registerId === registerId);
  return at === -1 ? undefined : proofOf(await leavesOf(heads), at);
}

/** Whether a head is under a root. */
export async function isIncluded(head: RegisterHead, proof: InclusionProof, root: string): Promise<boolean> {
  let hash = await leafOf(head);
  for (const step of proof) {
    const other = bytesOfHex(step.hash);
    hash = await (step.side === "left" ? nodeOf(other, hash) : nodeOf(hash, other));
  }
  return hexOf(hash) === root;
}

type Hash = Uint8Array<ArrayBuffer>;

const sorted = (heads: readonly RegisterHead[]): readonly RegisterHead[] =>
  heads.toSorted((a, b) => (a.registerId < b.registerId ? -1 : 1));
const leavesOf = (heads: readonly RegisterHead[]): Promise<Hash[]> => Promise.all(sorted(heads).map(leafOf));
const leafOf = ({ registerId, journal }: RegisterHead): Promise<Hash> =>
  sha256(0, bytesOf(canonical({ registerId, journal: { seq: journal.seq, sig: journal.sig } })));
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
  const bytes = Uint8Array.from([prefix, ...parts.flatMap((part) => [...part])]);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}
