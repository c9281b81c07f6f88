import { base64urlOf, bytesOf, canonical } from "./encoding.ts";
import { isSignedBy, type SigningKey } from "./signing.ts";
import type { FiscalEntry, Signer, UploadManifest } from "./types.ts";

/** What a register says of the entries that it sends, signed, so that it can be told whether all of them came [R11]. None for no entry. */
export async function uploadManifest(entries: readonly FiscalEntry[], signer: Signer): Promise<UploadManifest | undefined> {
  const [first, last] = [entries.at(0), entries.at(-1)];
  if (!first || !last) return undefined;
  const said = {
    registerId: first.registerId,
    fromSeq: first.journalSeq,
    toSeq: last.journalSeq,
    count: entries.length,
    headSignature: last.sig,
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
