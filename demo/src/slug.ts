/** A name as it may stand in an address: lower case, words joined by hyphens, accents and other signs dropped. */
export function slug(text: string): string {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/ß/g, "ss").replace(/ı/g, "i").toLowerCase();
  return plain
    .replace(/[’']/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
