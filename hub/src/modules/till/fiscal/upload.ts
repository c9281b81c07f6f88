import { base64urlOf, bytesOf, canonical } from "./encoding.ts";
import { isSignedBy, type SigningKey } from "./signing.ts";
import type { FiscalEntry, Head, Signer, UploadManifest } from "./types.ts";

/** What a register says of the entries that it sends, signed, so that it can be told whether all of them came [R11]. None for no entry. */
export async function uploadManifest(entries: readonly FiscalEntry[], signer: Signer): Promise<UploadManifest | undefined> {
  const [first, last] = [entries.at(0), entries.at(-1)];
  if (!first || !last) return undefined;
  const head = { seq: last.journalSeq, sig: last.sig };
  return manifestUpTo({ registerId: first.registerId, fromSeq: first.journalSeq, head }, signer);
}

/** The same, of a register that need not have its entries any more: its journal has no gap, so its first and last number say how many. */
export async function manifestUpTo(
  { registerId, fromSeq, head }: { readonly registerId: string; readonly fromSeq: number; readonly head: Head },
  signer: Signer,
): Promise<UploadManifest> {
  const said = {
    registerId,
    fromSeq,
    toSeq: head.seq,
    count: head.seq - fromSeq + 1,
    headSignature: head.sig,
    keyId: signer.keyId,
  };
  return { ...said, sig: base64urlOf(await signer.sign(manifestBytes(said))) };
}

/** Whether a manifest is signed by this key. Whether it tells the truth, the one who has the entries compares. */
export function isManifestSigned(manifest: UploadManifest, key: SigningKey): Promise<boolean> {
  return isSignedBy(key, manifest.sig, manifestBytes(manifest));
}

function manifestBytes(manifest: Omit<UploadManifest, "sig">): Uint8Array<ArrayBuffer> {
  return bytesOf(canonical({ ...manifest, sig: undefined }));
}
