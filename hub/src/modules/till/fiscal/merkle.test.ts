import { expect, it } from "vitest";
import { inclusionProof, isIncluded, merkleRoot } from "./index.ts";

it("[FIS-11] every entry of a day is proven to be under its root, and nothing else is", async () => {
  for (const count of [1, 2, 3, 5, 8, 13]) {
    const leaves = Array.from({ length: count }, (_, n) => `T/${n + 1}/signature ${n}`);
    const root = await merkleRoot(leaves);
    for (const [at, leaf] of leaves.entries()) {
      const proof = await inclusionProof(leaves, at);
      if (!proof) throw new Error("it is there");
      expect(await isIncluded(leaf, proof, root)).toBe(true);
      expect(await isIncluded(`${leaf} `, proof, root)).toBe(false);
      expect(await isIncluded(leaf, proof, await merkleRoot([...leaves, "T/99/other"]))).toBe(false);
    }
  }
  expect(await inclusionProof(["T/1/a"], 1)).toBeUndefined();
});

it("[FIS-11] the root is that of RFC 6962: of nothing it is the hash of nothing, and a leaf's hash begins with 0", async () => {
  expect(await merkleRoot([])).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  expect(await merkleRoot([""])).toBe("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
});
